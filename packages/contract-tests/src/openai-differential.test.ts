import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth, lastRequest } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

let both: BothClients;

beforeAll(async () => {
  both = await connectBoth();
});

afterAll(() => both[Symbol.asyncDispose]());

function compare(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<unknown> {
  return compareCalls(both, { ours, theirs });
}

const MODEL = 'gpt-4o-mini';
const QUESTION =
  '[1] A ledger keeps every entry.\n[2] A journal is kept daily.\n\nWhat is kept daily?';
const MESSAGES = [
  { role: 'system' as const, content: 'Quote the passages.' },
  { role: 'user' as const, content: QUESTION },
];

describe('chat.completions.create', () => {
  it.each([
    ['plain', {}],
    ['several answers', { n: 3 }],
    ['cut by length', { max_completion_tokens: 3 }],
    ['cut by a stop sequence', { stop: ['daily'] }],
    [
      'every plain parameter',
      { temperature: 0.2, top_p: 0.9, seed: 4, user: 'u', presence_penalty: 1 },
    ],
    ['nulls', { temperature: null, stop: null }],
    ['text beyond ASCII', { metadata: { city: 'Zürich', sign: '€ 😀' } }],
  ])('%s', async (_what, parameters) => {
    const request = { model: MODEL, messages: MESSAGES, ...parameters };
    await compare(
      (client) => client.chat.completions.create(request),
      (client) => client.chat.completions.create(request),
    );
  });

  it('passes unknown fields through, both ways', async () => {
    const request = { model: MODEL, messages: MESSAGES, some_new_field: { deep: [1, null] } };
    await compare(
      (client) => client.chat.completions.create(request),
      (client) => client.chat.completions.create(request),
    );
  });

  it.each([
    ['plain', {}],
    ['with usage', { stream_options: { include_usage: true } }],
    ['several answers', { n: 2 }],
  ])('streams the same chunks: %s', async (_what, parameters) => {
    const request = { model: MODEL, messages: MESSAGES, stream: true as const, ...parameters };
    const chunks = await compare(
      async (client) => collectItems(await client.chat.completions.create(request)),
      async (client) => collectItems(await client.chat.completions.create(request)),
    );
    expect((chunks as unknown[]).length).toBeGreaterThan(2);
  });

  it('puts the same completion together from a stream', async () => {
    const request = { model: MODEL, messages: MESSAGES, stream_options: { include_usage: true } };
    await compare(
      async (client) => (await client.chat.createStream(request)).finalCompletion(),
      async (client) => {
        const final = await client.chat.completions.stream(request).finalChatCompletion();
        // Their helper adds `parsed`, for structured outputs that were not asked for.
        for (const { message } of final.choices) delete (message as { parsed?: unknown }).parsed;
        return final;
      },
    );
  });
});

describe('embeddings.create', () => {
  const input = ['A ledger keeps every entry.', 'Zürich, 😀', 'x'];

  it.each([
    ['several texts', { input }],
    ['one text', { input: 'one' }],
    ['tokens', { input: [1, 2, 3] }],
    ['lists of tokens', { input: [[1, 2], [3]] }],
    ['shortened', { input, dimensions: 16 }],
    ['as JSON numbers', { input, encoding_format: 'float' as const }],
    ['as base64', { input, encoding_format: 'base64' as const }],
  ])('%s', async (_what, parameters) => {
    const request = { model: 'text-embedding-3-small', ...parameters };
    await compare(
      (client) => client.embeddings.create(request),
      (client) => client.embeddings.create(request),
    );
  });
});

describe('models', () => {
  it('list', async () => {
    await compare(
      (client) => client.models.list(),
      async (client) => {
        const { object, data } = await client.models.list();
        return { object, data };
      },
    );
  });

  it('retrieve', async () => {
    await compare(
      (client) => client.models.retrieve(MODEL),
      (client) => client.models.retrieve(MODEL),
    );
  });

  it('retrieve, with an id that needs encoding', async () => {
    const id = 'ft:gpt-4o/our team?#1';
    await Promise.allSettled([both.ours.models.retrieve(id), both.theirs.models.retrieve(id)]);
    expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
  });
});

describe('withOptions', () => {
  it('changes what it names, and keeps the rest', async () => {
    await compareFailures(both, {
      ours: (client) => client.withOptions({ apiKey: 'wrong-key' }).models.retrieve(MODEL),
      theirs: (client) => client.withOptions({ apiKey: 'wrong-key' }).models.retrieve(MODEL),
    });
  });
});

describe('errors', () => {
  it.each([400, 401, 403, 404, 409, 422, 429, 500, 503])('status %i', async (status) => {
    const faults = [both.oursSees, both.theirsSees].map((server) =>
      server.inject({ times: 1, fault: { status } }),
    );
    const error = await compareFailures(both, {
      ours: (client) => client.models.list(),
      theirs: (client) => client.models.list(),
    });
    for (const fault of faults) fault.remove();
    expect(error).toMatchObject({ status });
  });

  it('an unknown model', async () => {
    const request = { model: 'no-such-model', messages: MESSAGES };
    const error = await compareFailures(both, {
      ours: (client) => client.chat.completions.create(request),
      theirs: (client) => client.chat.completions.create(request),
    });
    expect(error).toMatchObject({ code: 'model_not_found' });
  });
});
