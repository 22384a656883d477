import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import { collectItems, compareCalls, compareFailures } from './compare-calls.test.support.ts';

const MODEL = 'gpt-3.5-turbo-instruct';
const PROMPT = '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?';

let both: BothClients;

beforeAll(async () => {
  both = await connectBoth();
});

afterAll(() => both[Symbol.asyncDispose]());

const PARAMETERS: [string, Partial<OpenAI.CompletionCreateParamsNonStreaming>][] = [
  ['plain', {}],
  ['several prompts and texts', { prompt: [PROMPT, 'another'], n: 2 }],
  ['tokens', { prompt: [1, 2, 3] }],
  ['lists of tokens', { prompt: [[1, 2], [3]] }],
  ['with the prompt, cut by length', { echo: true, max_tokens: 2 }],
  ['cut by a stop sequence', { stop: 'every' }],
  ['nulls', { temperature: null, stop: null, logprobs: null }],
];

describe('completions.create', () => {
  it.each(PARAMETERS)('%s', async (_what, parameters) => {
    const request = { model: MODEL, prompt: PROMPT, ...parameters };
    await compareCalls(both, {
      ours: (client) => client.completions.create(request),
      theirs: (client) => client.completions.create(request),
    });
  });

  it.each(PARAMETERS)('streamed: %s', async (_what, parameters) => {
    const request = {
      model: MODEL,
      prompt: PROMPT,
      ...parameters,
      stream: true as const,
      stream_options: { include_usage: true },
    };
    const events = await compareCalls(both, {
      ours: async (client) => collectItems(await client.completions.create(request)),
      theirs: async (client) => collectItems(await client.completions.create(request)),
    });
    expect((events as unknown[]).length).toBeGreaterThan(2);
  });

  it('a chat model', async () => {
    const request = { model: 'gpt-4o-mini', prompt: PROMPT };
    const error = await compareFailures(both, {
      ours: (client) => client.completions.create(request),
      theirs: (client) => client.completions.create(request),
    });
    expect(error).toMatchObject({ status: 404, param: 'model' });
  });
});
