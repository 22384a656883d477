import {
  ConfigurationError,
  type IntegrationError,
  ProtocolError,
  RateLimitError,
  ValidationError,
} from '@integrations/errors';
import {
  EmbeddingBatchError,
  type EmbeddingInput,
  type EmbeddingResponse,
  InvalidVectorError,
} from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const MODEL = 'text-embedding-3-small';
const SMALL = { model: MODEL, dimensions: 4 } as const;

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    circuitBreaker: false,
    rateLimit: false,
  });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearRequests();
  simulator.clearFaults();
});

function texts(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `text ${at}`);
}

/** Three inputs, each a request of its own. */
const THREE = { ...SMALL, concurrency: 1, countTokens: () => 8192 } as const;

function threeRequests(): { inputs: EmbeddingInput[]; options: typeof THREE } {
  // 36 inputs of 8192 tokens are within 300,000 tokens, 37 are not.
  return { inputs: texts(36 * 3), options: THREE };
}

async function failing(work: Promise<unknown>): Promise<EmbeddingBatchError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EmbeddingBatchError);
  return error as EmbeddingBatchError;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

describe('embeddings.createMany', () => {
  it('gives what single calls give, in the order of the inputs', async () => {
    const inputs = texts(5000);
    const { data, usage, model } = await client.embeddings.createMany(inputs, SMALL);
    expect(simulator.requests.map(({ body }) => (body as { input: [] }).input.length)).toEqual([
      2048, 2048, 904,
    ]);
    expect(data.map(({ index }) => index)).toEqual(range(0, 5000));
    const single = await client.embeddings.create({ ...SMALL, input: inputs[4321] ?? '' });
    expect(data[4321]?.embedding).toEqual(single.data[0]?.embedding);
    expect(model).toBe(single.model);
    expect(usage.prompt_tokens).toBe(usage.total_tokens);
    expect(usage.total_tokens).toBeGreaterThan(5000);
  });

  it('gives Float32Array on request, also of tokens', async () => {
    const inputs = [[1, 2], [3]];
    const response = await client.embeddings.createMany(inputs, { ...SMALL, vectors: 'float32' });
    expectTypeOf(response).toEqualTypeOf<EmbeddingResponse<Float32Array>>();
    expect(response.data.map(({ embedding }) => embedding)).toEqual([
      expect.any(Float32Array),
      expect.any(Float32Array),
    ]);
    expect(simulator.requests[0]?.body).toEqual({
      ...SMALL,
      input: inputs,
      encoding_format: 'base64',
    });
  });

  it('sends nothing for no inputs', async () => {
    expect(await client.embeddings.createMany([], SMALL)).toEqual({
      object: 'list',
      data: [],
      model: MODEL,
      usage: { prompt_tokens: 0, total_tokens: 0 },
    });
    expect(simulator.requests).toHaveLength(0);
  });

  it('cuts by tokens too, and tells how far it has come', async () => {
    const { inputs, options } = threeRequests();
    const seen: object[] = [];
    await client.embeddings.createMany(inputs, {
      ...options,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen).toEqual([36, 72, 108].map((completed) => ({ completed, total: 108 })));
    expect(simulator.requests).toHaveLength(3);
  });

  it('names every input that cannot be sent', async () => {
    const inputs = ['a', '', 'word '.repeat(20_000), Array.from({ length: 8193 }, () => 1)];
    const error: unknown = await client.embeddings
      .createMany(inputs, SMALL)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues).toEqual([
      { path: '[1]', message: 'must not be empty' },
      { path: '[2]', message: expect.stringContaining('12500 tokens') },
      { path: '[3]', message: expect.stringContaining('8193 tokens') },
    ]);
    expect(simulator.requests).toHaveLength(0);
  });

  it('believes the tokens that it is told', async () => {
    const counted = client.embeddings.createMany(['short'], { ...SMALL, countTokens: () => 8193 });
    await expect(counted).rejects.toBeInstanceOf(ValidationError);
  });

  it('keeps what succeeded when a request fails, and begins no other', async () => {
    const { inputs, options } = threeRequests();
    simulator.inject({ skip: 1, times: 1, fault: { status: 429, retryAfter: 7 } });
    const error = await failing(client.embeddings.createMany(inputs, options));
    expect(error).toMatchObject({
      code: 'rate_limit',
      status: 429,
      retryable: true,
      retryAfterMs: 7000,
      failed: [{ inputs: range(36, 72), error: expect.any(RateLimitError) }],
      unsent: range(72, 108),
      message: expect.stringContaining('36 of 108 inputs have vectors, 36 failed and 36 were left'),
    });
    expect(error.succeeded.map(({ index }) => index)).toEqual(range(0, 36));
    expect(error.usage.total_tokens).toBeGreaterThan(0);
    expect(JSON.stringify(error)).not.toContain('embedding"');
    expect(simulator.requests).toHaveLength(2);
  });

  it('lets requests finish that are under way when one fails', async () => {
    const { inputs, options } = threeRequests();
    simulator.inject({ times: 1, fault: { status: 500 } });
    const work = client.embeddings.createMany(inputs, { ...options, concurrency: 3 });
    const { failed, unsent, succeeded } = await failing(work);
    expect(failed).toHaveLength(1);
    expect(unsent).toEqual([]);
    expect(succeeded).toHaveLength(72);
  });

  it('keeps what succeeded when it is aborted', async () => {
    const { inputs, options } = threeRequests();
    const abort = new AbortController();
    const work = client.embeddings.createMany(inputs, {
      ...options,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    const error = await failing(work);
    expect(error.code).toBe('aborted');
    expect(error.succeeded).toHaveLength(36);
    expect(error.unsent).toEqual(range(36, 108));
    expect(error.failed).toEqual([]);
  });

  it('ends with what its watcher throws', async () => {
    const { inputs, options } = threeRequests();
    const wrong = new TypeError('no such bar');
    const onProgress = (): void => {
      throw wrong;
    };
    const work = client.embeddings.createMany(inputs, { ...options, onProgress });
    await expect(work).rejects.toBe(wrong);
  });

  it('refuses a wrong concurrency', async () => {
    const work = client.embeddings.createMany(['a'], { ...SMALL, concurrency: 0 });
    await expect(work).rejects.toBeInstanceOf(ConfigurationError);
  });
});

/** The first failure of a call that is answered with these vectors. */
async function failureFor(
  vectors: readonly { index: number; embedding: unknown }[],
  dimensions?: number,
): Promise<IntegrationError | undefined> {
  const data = vectors.map((vector) => ({ object: 'embedding', ...vector }));
  const transport = new MockHttpTransport().respond({ json: { object: 'list', model: 'm', data } });
  const other = createOpenAIClient({ apiKey: 'test-key', transport });
  const error = await failing(
    other.embeddings.createMany(['a', 'b'], { model: MODEL, dimensions }),
  );
  expect(error).toMatchObject({ code: 'protocol', succeeded: [] });
  return error.failed[0]?.error;
}

describe('the vectors of embeddings.createMany', () => {
  const [a, b] = [
    { index: 0, embedding: [1, 2] },
    { index: 1, embedding: [3, 4] },
  ];
  const nan = Buffer.from(Float32Array.from([1, Number.NaN]).buffer).toString('base64');

  it.each([
    ['one is missing', [a], undefined, 1, 'is missing'],
    ['one comes twice', [a, a], undefined, 1, 'is missing'],
    ['one is shorter', [a, { ...b, embedding: [3] }], undefined, 1, 'has 1 numbers, not 2'],
    ['they are not of the length asked for', [a, b], 3, 0, 'has 2 numbers, not 3'],
    ['one has NaN', [a, { ...b, embedding: nan }], 2, 1, 'has NaN at position 1'],
    ['one has no number', [{ ...a, embedding: [1, 'x'] }, b], 2, 0, 'has x at position 1'],
  ])('are refused where %s', async (_what, vectors, dimensions, input, message) => {
    const error = await failureFor(vectors, dimensions);
    expect(error).toBeInstanceOf(InvalidVectorError);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ input, message: expect.stringContaining(message) });
  });

  it('are put in order where the answer has another', async () => {
    const data = [b, a].map((vector) => ({ object: 'embedding', ...vector }));
    const transport = new MockHttpTransport().respond({
      json: { object: 'list', model: 'm', data },
    });
    const other = createOpenAIClient({ apiKey: 'test-key', transport });
    const response = await other.embeddings.createMany(['a', 'b'], { model: MODEL });
    expect(response.data.map(({ embedding }) => embedding)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});
