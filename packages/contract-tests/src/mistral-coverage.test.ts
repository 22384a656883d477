import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mistral } from '@mistralai/mistralai';
import { describe, expect, it } from 'vitest';
import { countCalls, listedMethods } from './client-methods.test.support.ts';

/** What the official client calls the methods that it has under other names. */
const THEIR_NAMES: Readonly<Record<string, string>> = {
  'agents.aliases.delete': 'beta.agents.deleteVersionAlias',
  'agents.aliases.list': 'beta.agents.listVersionAliases',
  'agents.aliases.set': 'beta.agents.createVersionAlias',
  'agents.completeStream': 'agents.stream',
  'agents.listPages': 'beta.agents.listPages',
  'agents.versions.get': 'beta.agents.getVersion',
  'agents.versions.list': 'beta.agents.listVersions',
  'audio.speech.create': 'audio.speech.complete',
  'audio.transcriptions.create': 'audio.transcriptions.complete',
  'audio.transcriptions.createStream': 'audio.transcriptions.stream',
  'audio.voices.sample': 'audio.voices.getSampleAudio',
  'chat.create': 'chat.complete',
  'chat.createStream': 'chat.stream',
  'conversations.history': 'beta.conversations.getHistory',
  'conversations.messages': 'beta.conversations.getMessages',
  'fim.create': 'fim.complete',
  'fim.createStream': 'fim.stream',
  'files.signedUrl': 'files.getSignedUrl',
  'libraries.accesses.set': 'beta.libraries.accesses.updateOrCreate',
  'libraries.documents.signedUrl': 'beta.libraries.documents.getSignedUrl',
  'models.get': 'models.retrieve',
  'prompts.update': 'beta.prompts.updateMetadata',
  'prompts.versions.create': 'beta.prompts.createVersion',
  'prompts.versions.get': 'beta.prompts.getVersion',
  'prompts.versions.list': 'beta.prompts.listVersions',
  'prompts.versions.update': 'beta.prompts.updateVersionMetadata',
};

/** Resources that they keep elsewhere. */
const THEIR_PLACES: readonly (readonly [ours: string, theirs: string])[] = [
  ['agents.', 'beta.agents.'],
  ['batch.', 'batch.jobs.'],
  ['conversations.', 'beta.conversations.'],
  ['libraries.', 'beta.libraries.'],
  ['prompts.', 'beta.prompts.'],
];

/** Methods without a counterpart, and why. */
const ONLY_OURS: Readonly<Record<string, string>> = {
  'audio.speech.createStream': 'theirs is speech.complete with `stream: true`',
  'batch.process': 'a whole batch in one call',
  'batch.results': 'the answers of a batch, read as they come',
  'batch.waitFor': 'waits by the clock of the client',
  'chat.runTools': 'they have no runner of tools',
  'conversations.runTools': 'they have no runner of tools',
  'embeddings.createMany': 'more inputs than one request takes',
  'fineTuning.cancel': 'retired, and removed from theirs',
  'fineTuning.create': 'retired, and removed from theirs',
  'fineTuning.get': 'retired, and removed from theirs',
  'fineTuning.list': 'retired, and removed from theirs',
  'fineTuning.start': 'retired, and removed from theirs',
  'libraries.documents.waitFor': 'waits by the clock of the client',
  withOptions: 'theirs is made anew',
};

const official: unknown = new Mistral({ apiKey: 'test-key' });

function isMethod(path: string): boolean {
  const found = path
    .split('.')
    .reduce<unknown>(
      (part, step) => (part as Readonly<Record<string, unknown>> | undefined)?.[step],
      official,
    );
  return typeof found === 'function';
}

/** What the official client calls a method of ours; undefined where it has none. */
function theirName(name: string): string | undefined {
  const candidates = [
    THEIR_NAMES[name],
    ...THEIR_PLACES.filter(([ours]) => name.startsWith(ours)).map(
      ([ours, theirs]) => theirs + name.slice(ours.length),
    ),
    name,
  ];
  return candidates.find((candidate) => candidate !== undefined && isMethod(candidate));
}

const README = readFileSync(join(import.meta.dirname, '../../mistral/README.md'), 'utf8');
const METHODS = listedMethods(README);
const SOURCES = readdirSync(import.meta.dirname)
  .filter((name) => /^mistral-.+-differential\.test\.ts$/.test(name))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
const CALLS = countCalls(SOURCES.join('\n'));

describe('the differential tests against the official client', () => {
  it('call every method that both have, with either', () => {
    const missing = METHODS.flatMap((name) => {
      const theirs = theirName(name);
      if (theirs === undefined) return [];
      const least = theirs === name ? 2 : 1;
      const isCompared = (CALLS.get(name) ?? 0) >= least && (CALLS.get(theirs) ?? 0) >= least;
      return isCompared ? [] : [`${name} (theirs: ${theirs})`];
    });
    expect(missing).toEqual([]);
  });

  it('know which methods are only ours', () => {
    const own = METHODS.filter((name) => theirName(name) === undefined);
    expect(own.toSorted()).toEqual(Object.keys(ONLY_OURS).toSorted());
  });

  it('know the names of the official client', () => {
    expect(Object.values(THEIR_NAMES).filter((name) => !isMethod(name))).toEqual([]);
    expect(METHODS.length).toBeGreaterThan(90);
  });
});
