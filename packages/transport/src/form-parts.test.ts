import { ValidationError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { formParts } from './form-parts.ts';

async function* nothing(): AsyncGenerator<Uint8Array> {}

const FILE = { name: 'a.txt', stream: nothing };

describe('formParts', () => {
  it('names texts, numbers, booleans, lists, objects and files as the API expects them', () => {
    const form = {
      purpose: 'batch',
      n: 2,
      stream: false,
      absent: undefined,
      file: FILE,
      image: [FILE, FILE],
      include: ['a', 'b'],
      none: [],
      expires_after: { anchor: 'created_at', seconds: 3600, deep: { list: [{ x: 1 }] } },
    };
    expect(formParts(form)).toEqual([
      { name: 'purpose', value: 'batch' },
      { name: 'n', value: '2' },
      { name: 'stream', value: 'false' },
      { name: 'file', value: FILE },
      { name: 'image[]', value: FILE },
      { name: 'image[]', value: FILE },
      { name: 'include[]', value: 'a' },
      { name: 'include[]', value: 'b' },
      { name: 'expires_after[anchor]', value: 'created_at' },
      { name: 'expires_after[seconds]', value: '3600' },
      { name: 'expires_after[deep][list][][x]', value: '1' },
    ]);
  });

  it('repeats the name of a list where it is told to', () => {
    const form = { words: ['a', 'b'], none: [], deep: { list: [FILE] } };
    expect(formParts(form, undefined, 'repeated')).toEqual([
      { name: 'words', value: 'a' },
      { name: 'words', value: 'b' },
      { name: 'deep[list]', value: FILE },
    ]);
  });

  it('asks for files in its own way where it is told how', () => {
    const parts = formParts({ a: new Date(0) }, (value) =>
      value instanceof Date ? FILE : undefined,
    );
    expect(parts).toEqual([{ name: 'a', value: FILE }]);
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'is null'],
    ['NaN', Number.NaN, 'is NaN'],
    ['a function', () => 1, 'is a function'],
    ['a bigint', 1n, 'is a bigint'],
    ['a date', new Date(0), 'is neither a text'],
    ['a map', new Map(), 'is neither a text'],
  ])('refuses %s and says where', (_name, value, problem) => {
    const refused = (): unknown => formParts({ outer: { inner: [value] } });
    expect(refused).toThrow(ValidationError);
    expect(refused).toThrow(`\`outer[inner][]\` ${problem}`);
  });
});
