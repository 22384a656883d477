import { BadRequestError } from '@integrations/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareMistralCalls,
  compareMistralFailures,
} from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

const MODERATION = 'mistral-moderation-latest';
const CLASSIFIER = 'ft:classifier:ministral-3b-latest:587a6b29:20250601:1f4c2a90';
const CHAT = [{ role: 'user', content: 'you idiot' }] as const;

let both: BothMistralClients;

beforeEach(async () => {
  both = await connectBothMistral();
});

afterEach(() => both[Symbol.asyncDispose]());

/** The official client drops the usage that the API tells. */
async function withoutUsage(answer: PromiseLike<object>): Promise<object> {
  const { usage, ...rest } = (await answer) as { readonly usage?: object };
  expect(usage).toMatchObject({ prompt_tokens: expect.any(Number) as number });
  return rest;
}

describe('classifiers', () => {
  it.each(['you idiot', ['good morning', 'you idiot']])('moderate texts: %j', async (input) => {
    await compareMistralCalls(both, {
      ours: (client) =>
        withoutUsage(
          client.classifiers.moderate({ model: MODERATION, input, metadata: { team: 'a' } }),
        ),
      theirs: (client) =>
        client.classifiers.moderate({ model: MODERATION, inputs: input, metadata: { team: 'a' } }),
    });
  });

  it('moderate chats', async () => {
    await compareMistralCalls(both, {
      ours: (client) =>
        withoutUsage(client.classifiers.moderateChat({ model: MODERATION, input: [CHAT, CHAT] })),
      theirs: (client) =>
        client.classifiers.moderateChat({ model: MODERATION, inputs: [[...CHAT], [...CHAT]] }),
    });
  });

  it('classify texts', async () => {
    await compareMistralCalls(both, {
      ours: (client) =>
        withoutUsage(client.classifiers.classify({ model: CLASSIFIER, input: ['good', 'bad'] })),
      theirs: (client) =>
        client.classifiers.classify({ model: CLASSIFIER, inputs: ['good', 'bad'] }),
    });
  });

  it('classify chats', async () => {
    await compareMistralCalls(both, {
      ours: (client) =>
        withoutUsage(
          client.classifiers.classifyChat({ model: CLASSIFIER, input: [{ messages: CHAT }] }),
        ),
      theirs: (client) =>
        client.classifiers.classifyChat({ model: CLASSIFIER, input: [{ messages: [...CHAT] }] }),
    });
  });

  it('fail alike for a model that judges nothing', async () => {
    const model = 'mistral-small-latest';
    const error = await compareMistralFailures(both, {
      ours: (client) => client.classifiers.moderate({ model, input: 'x' }),
      theirs: (client) => client.classifiers.moderate({ model, inputs: 'x' }),
    });
    expect(error).toBeInstanceOf(BadRequestError);
  });
});
