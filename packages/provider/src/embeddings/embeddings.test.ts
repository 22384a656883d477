import { ProtocolError, RateLimitError, ValidationError } from '@integrations/errors';
import type { MockHandler } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { AcmeHarness } from '../acme.test.support.ts';
import { EmbeddingBatchError } from './embedding-batch-error.ts';
import {
  callForEmbeddings,
  embeddingEndpoints,
  type WireEmbeddingRequest,
} from './embedding-endpoints.ts';
import { embedMany, type EmbedManyOptions } from './embed-many.ts';

interface AcmeRequest extends WireEmbeddingRequest {
  readonly output_dimension?: number | undefined;
}

const ENDPOINTS = embeddingEndpoints<AcmeRequest>({
  provider: 'acme',
  path: '/v1/embeddings',
  dimensionsOf: ({ output_dimension: length }) => length,
});

const REQUEST = { model: 'vectors', input: ['one', 'two'] };

function encode(...numbers: number[]): string {
  return Buffer.from(Float32Array.from(numbers).buffer).toString('base64');
}

function answer(...vectors: unknown[]): object {
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  return { object: 'list', model: 'vectors-2', data, usage: { prompt_tokens: 4, total_tokens: 4 } };
}

function sent(h: AcmeHarness): AcmeRequest[] {
  return h.transport.requests.map(({ body }) => JSON.parse(body as string));
}

describe('callForEmbeddings', () => {
  it('asks for base64, and gives numbers', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer(encode(1, 0.5), [2, 3]) });
    const { data } = await callForEmbeddings(h.caller, ENDPOINTS, REQUEST);
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [1, 0.5],
      [2, 3],
    ]);
    expect(sent(h)).toEqual([{ ...REQUEST, encoding_format: 'base64' }]);
  });

  it('gives typed arrays', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer(encode(1, 0.5), [2, 3]) });
    const { data } = await callForEmbeddings(h.caller, ENDPOINTS, REQUEST, { vectors: 'float32' });
    expect(data.map(({ embedding }) => embedding)).toEqual([
      Float32Array.from([1, 0.5]),
      Float32Array.from([2, 3]),
    ]);
  });

  it('leaves vectors as they came where base64 was asked for, and asks for numbers where told', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer('AAAA') }).respond({ json: answer([1]) });
    const request = { ...REQUEST, encoding_format: 'base64' } as const;
    const { data } = await callForEmbeddings(h.caller, ENDPOINTS, request);
    expect(data[0]?.embedding).toBe('AAAA');
    const numbers = { ...REQUEST, encoding_format: 'float' } as const;
    await callForEmbeddings(h.caller, ENDPOINTS, numbers);
    expect(sent(h)[1]).toEqual(numbers);
  });

  it.each([
    [{ data: 7 }, 'acme embeddings.create: `data` in the answer is not a list.'],
    [{ data: [{ index: 1 }] }, 'acme embeddings.create: input 1 has no vector in the answer.'],
    [answer('AAA='), /^acme embeddings\.create: a vector has 2 bytes/],
  ])('refuses the answer %j', async (json, message) => {
    const h = new AcmeHarness();
    h.transport.respond({ json });
    const failed = callForEmbeddings(h.caller, ENDPOINTS, REQUEST);
    await expect(failed).rejects.toBeInstanceOf(ProtocolError);
    await expect(failed).rejects.toThrow(message);
  });

  it('tells of the call', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer([1]) });
    await callForEmbeddings(h.caller, ENDPOINTS, { ...REQUEST, output_dimension: 1 });
    const root = h.tracer.spans.find(({ name }) => name === 'acme.embeddings.create');
    expect(root?.attributes).toMatchObject({
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.request.model': 'vectors',
      'gen_ai.embeddings.dimension.count': 1,
      'gen_ai.usage.input_tokens': 4,
    });
  });

  it.each([
    ['a text of 40 characters'.padEnd(40), 10],
    [['four', 'eight by'], 3],
    [[1, 2, 3], 3],
    [[[1, 2], [3]], 3],
  ])('estimates the tokens of %j', (input, tokens) => {
    expect(ENDPOINTS.arrays.estimateTokens?.({ model: 'vectors', input })).toBe(tokens);
  });
});

describe('embedMany', () => {
  const LIMITS = { inputs: 2, tokens: 10, inputTokens: 8 };

  function many(
    h: AcmeHarness,
    inputs: readonly string[],
    options: Partial<EmbedManyOptions> = {},
    dimensions?: number,
  ): ReturnType<typeof embedMany> {
    return embedMany(
      inputs,
      { model: 'vectors', concurrency: 1, ...options },
      {
        call: 'acme embeddings.createMany',
        limits: LIMITS,
        dimensions,
        embed: (input, callOptions) =>
          callForEmbeddings(h.caller, ENDPOINTS, { model: 'vectors', input }, callOptions),
      },
    );
  }

  it('keeps within the limits of the provider', async () => {
    const h = new AcmeHarness();
    const vectors: MockHandler = ({ body }) => {
      const { input } = JSON.parse(body as string) as { input: string[] };
      return { json: answer(...input.map((text) => [text.length])) };
    };
    h.transport.reply(vectors).reply(vectors).reply(vectors);
    const inputs = ['a', 'bb', 'ccc', 'd'.repeat(14), 'e'.repeat(14)];
    const { data, usage, model } = await many(h, inputs, {}, 1);
    expect(sent(h).map(({ input }) => (input as string[]).length)).toEqual([2, 2, 1]);
    expect(data.map(({ index, embedding }) => [index, embedding[0]])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 14],
      [4, 14],
    ]);
    expect(usage).toEqual({ prompt_tokens: 12, total_tokens: 12 });
    expect(model).toBe('vectors-2');
  });

  it('passes nothing to the calls but their options', async () => {
    const h = new AcmeHarness();
    const seen: object[] = [];
    await embedMany(
      ['a'],
      { model: 'vectors', vectors: 'float32', priority: 3, concurrency: 2 },
      {
        call: 'acme embeddings.createMany',
        limits: LIMITS,
        embed: (input, callOptions) => {
          seen.push(callOptions);
          h.transport.respond({ json: answer([1]) });
          return callForEmbeddings(h.caller, ENDPOINTS, { model: 'vectors', input });
        },
      },
    );
    expect(seen).toEqual([{ priority: 3, signal: expect.any(AbortSignal) }]);
  });

  it('names the inputs that are too long for the provider', async () => {
    const h = new AcmeHarness();
    const failed = many(h, ['a', 'x'.repeat(65), '']);
    await expect(failed).rejects.toBeInstanceOf(ValidationError);
    await expect(failed).rejects.toThrow(
      'acme embeddings.createMany: nothing was sent. [1]: has 9 tokens or more; the API takes 8: cut it into parts; [2]: must not be empty.',
    );
  });

  it('keeps what succeeded, and begins no other after a failure', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer([1], [2]) }).respond({ status: 429, json: {} });
    const failed = await many(h, ['a', 'b', 'c', 'd', 'e']).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(EmbeddingBatchError);
    expect(failed).toMatchObject({
      code: 'rate_limit',
      failed: [{ inputs: [2, 3], error: expect.any(RateLimitError) }],
      unsent: [4],
      message: expect.stringMatching(/^acme embeddings\.createMany: 2 of 5 inputs have vectors/),
    });
    expect((failed as EmbeddingBatchError).succeeded.map(({ index }) => index)).toEqual([0, 1]);
  });
});
