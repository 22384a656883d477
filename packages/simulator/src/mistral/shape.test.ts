import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestRefused } from '../refusal.ts';
import {
  anything,
  dictionary,
  either,
  filledText,
  flag,
  integer,
  list,
  nullable,
  number,
  oneOf,
  optional,
  readBody,
  record,
  type Shape,
  tagged,
  text,
} from './shape.ts';

/** What a body is refused for, as `place: type`. */
function problemsOf(shape: Shape<unknown>, body: unknown): string[] {
  try {
    readBody(shape, body);
    return [];
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
    expect(error.refusal).toMatchObject({ status: 422, body: { type: 'invalid_request_error' } });
    const { message } = error.refusal.body as {
      readonly message: {
        readonly detail: readonly { readonly loc: readonly unknown[]; readonly type: string }[];
      };
    };
    return message.detail.map(({ loc, type }) => `${loc.join('.')}: ${type}`);
  }
}

describe('readBody', () => {
  const shape = record({
    model: filledText,
    n: nullable(integer({ from: 1, to: 3 })),
    stream: optional(flag),
    stop: optional(either(text, list(text))),
  });

  it('reads what fits, and tells nothing from null where that is allowed', () => {
    const read = { model: 'm', n: undefined, stream: undefined, stop: undefined };
    expect(readBody(shape, { model: 'm', n: null })).toEqual(read);
    expect(readBody(shape, { model: 'm', n: 3, stream: true, stop: ['.'] })).toEqual({
      model: 'm',
      n: 3,
      stream: true,
      stop: ['.'],
    });
  });

  it('lists all that is wrong at once', () => {
    expect(problemsOf(shape, { n: 4, stream: null, stop: [1], user: 'x' })).toEqual([
      'body.model: missing',
      'body.n: less_than_equal',
      'body.stream: bool_type',
      'body.stop: string_type',
      'body.stop.0: string_type',
      'body.user: extra_forbidden',
    ]);
  });

  it.each([
    [text, 1, 'string_type'],
    [text, null, 'string_type'],
    [filledText, '', 'string_too_short'],
    [flag, 'true', 'bool_type'],
    [number(), '1', 'float_type'],
    [number({ from: 0 }), -0.5, 'greater_than_equal'],
    [integer(), 1.5, 'int_type'],
    [oneOf('a', 'b'), 'c', 'literal_error'],
    [list(text), 'a', 'list_type'],
    [list(text, { least: 1 }), [], 'too_short'],
    [list(text, { most: 1 }), ['a', 'b'], 'too_long'],
    [dictionary, [], 'dict_type'],
    [anything, undefined, 'missing'],
    [record({}), undefined, 'missing'],
    [tagged('type', { a: dictionary }), {}, 'union_tag_not_found'],
    [tagged('type', { a: dictionary }), { type: 'b' }, 'union_tag_invalid'],
    [tagged('type', { a: dictionary }), { type: 'constructor' }, 'union_tag_invalid'],
  ] as const)('refuses by type (%#)', (wanted, body, type) => {
    expect(problemsOf(wanted, body)).toEqual([`body: ${type}`]);
  });

  it('keeps what an open record has besides', () => {
    expect(readBody(record({ a: text }, { open: true }), { a: 'x', b: 1 })).toEqual({
      a: 'x',
      b: 1,
    });
  });

  it('reads any JSON or refuses it with 422, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const problems = problemsOf(shape, body);
        expect(problems.every((problem) => problem.startsWith('body'))).toBe(true);
      }),
    );
  });
});
