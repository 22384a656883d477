import { isIntegrationError } from '@integrations/errors';
import { APIError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth, lastRequest, withoutTime } from './both-clients.ts';

let both: BothClients;

beforeAll(async () => {
  both = await connectBoth();
});

afterAll(() => both[Symbol.asyncDispose]());

/** Makes a call with each client; wire request and result must be equal. */
async function compare(
  ours: (client: BothClients['ours']) => PromiseLike<unknown>,
  theirs: (client: BothClients['theirs']) => PromiseLike<unknown>,
): Promise<unknown> {
  const [mine, official] = await Promise.all([ours(both.ours), theirs(both.theirs)]);
  expect(lastRequest(both.oursSees)).toEqual(lastRequest(both.theirsSees));
  expect(withoutTime(mine)).toEqual(withoutTime(official));
  return mine;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
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
      async (client) => collect(await client.chat.completions.create(request)),
      async (client) => collect(await client.chat.completions.create(request)),
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

/** What both clients can say of an error answer. */
async function failures(
  ours: (client: BothClients['ours']) => PromiseLike<unknown>,
  theirs: (client: BothClients['theirs']) => PromiseLike<unknown>,
): Promise<{ mine: object; official: object }> {
  const [mine, official] = await Promise.allSettled([ours(both.ours), theirs(both.theirs)]);
  const mineReason: unknown = mine.status === 'rejected' ? mine.reason : undefined;
  const officialReason: unknown = official.status === 'rejected' ? official.reason : undefined;
  if (!isIntegrationError(mineReason) || !(officialReason instanceof APIError)) {
    throw new Error('both calls should have failed with an error of their client');
  }
  const { status, requestId, apiCode, type, param } = mineReason as typeof mineReason & {
    readonly apiCode?: string;
    readonly type?: string;
    readonly param?: string;
  };
  return {
    mine: { status, requestId, code: apiCode, type, param },
    official: {
      status: officialReason.status,
      requestId: officialReason.requestID,
      code: officialReason.code ?? undefined,
      type: officialReason.type ?? undefined,
      param: officialReason.param ?? undefined,
    },
  };
}

describe('errors', () => {
  it.each([400, 401, 403, 404, 409, 422, 429, 500, 503])('status %i', async (status) => {
    const faults = [both.oursSees, both.theirsSees].map((server) =>
      server.inject({ times: 1, fault: { status } }),
    );
    const { mine, official } = await failures(
      (client) => client.models.list(),
      (client) => client.models.list(),
    );
    for (const fault of faults) fault.remove();
    expect(mine).toEqual(official);
  });

  it('an unknown model', async () => {
    const request = { model: 'no-such-model', messages: MESSAGES };
    const { mine, official } = await failures(
      (client) => client.chat.completions.create(request),
      (client) => client.chat.completions.create(request),
    );
    expect(mine).toEqual(official);
    expect(mine).toMatchObject({ code: 'model_not_found' });
  });
});
