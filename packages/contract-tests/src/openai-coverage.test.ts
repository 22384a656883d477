import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  comparedMethods,
  countCalls,
  isOfficial,
  listedMethods,
} from './client-methods.test.support.ts';

/** Why methods that the official client has too are not compared. */
const NOT_COMPARED: Readonly<Record<string, string>> = {};

/** Why methods have no counterpart of the same name. */
const ONLY_OURS: Readonly<Record<string, string>> = {
  'batches.process': 'a whole batch in one call',
  'batches.results': 'the answers of a batch, read as they come',
  'batches.waitFor': 'waits by the clock of the client',
  'chat.create': 'a short name of chat.completions.create',
  'chat.createStream': 'a short name of chat.completions.create with a stream',
  'embeddings.createMany': 'more inputs than one request takes',
  'files.waitFor': 'waits by the clock of the client',
  'fineTuning.jobs.waitFor': 'waits by the clock of the client',
  'responses.createStream': 'responses.create with a stream',
  'responses.runTools': 'theirs is a helper of other parameters',
  'uploads.uploadFile': 'a file in parts, in one call',
  'vectorStores.fileBatches.waitFor': 'waits by the clock of the client',
  'vectorStores.files.waitFor': 'waits by the clock of the client',
};

const README = readFileSync(join(import.meta.dirname, '../../openai/README.md'), 'utf8');
const METHODS = listedMethods(README);
const COMPARED = comparedMethods(import.meta.dirname);

describe('the differential tests', () => {
  it('call every method that the official client has too, or say why not', () => {
    const missing = METHODS.filter((name) => isOfficial(name) && !COMPARED.has(name));
    expect(missing).toEqual(Object.keys(NOT_COMPARED).toSorted());
  });

  it('know which methods are only ours', () => {
    const own = METHODS.filter((name) => !isOfficial(name));
    expect(own).toEqual(Object.keys(ONLY_OURS).toSorted());
  });
});

describe('what the coverage is read off', () => {
  it('is the list of methods of the README', () => {
    expect(METHODS.length).toBeGreaterThan(100);
    expect(
      listedMethods('## Methods\n\n| `client.a.b` | `GET /a` |\n\n## More\n\n| `client.c` |'),
    ).toEqual(['a.b']);
  });

  it('is each call in a source, but for comments', () => {
    const source = `
      // client.files.list()
      await both.ours.files.create(request);
      both.theirs.files.create(request), client.chat.completions
        .parse<Format>({});
      /* client.files.list() */ client.files.retrieve;
    `;
    expect([...countCalls(source)]).toEqual([
      ['files.create', 2],
      ['chat.completions.parse', 1],
    ]);
  });

  it('is what the official client can do', () => {
    expect(isOfficial('chat.completions.create')).toBe(true);
    expect(isOfficial('chat.completions.invent')).toBe(false);
    expect(isOfficial('nothing.at.all')).toBe(false);
  });
});
