import { ProtocolError, UnprocessableError, ValidationError } from '@integrations/errors';
import { EmbeddingBatchError } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { EmbeddingDtype, EmbeddingResponse } from './embedding.ts';

const MODEL = 'mistral-embed';
const CODE = { model: 'codestral-embed', input: ['one', 'two'], output_dimension: 64 } as const;

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({
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
  simulator.clearFaults();
  simulator.clearRequests();
});

/** A client that is answered with these vectors. */
function answeredWith(data: unknown): MistralClient {
  const json = { id: 'e', object: 'list', model: MODEL, data };
  const transport = new MockHttpTransport().respond({ json });
  return createMistralClient({ apiKey: 'test-key', transport, maxRetries: 0 });
}

/** A body that was sent. */
function textOf(body: unknown): string {
  return Buffer.from(body as Uint8Array).toString();
}

describe('embeddings.create', () => {
  it('asks for base64 and gives plain arrays', async () => {
    const { id, data, usage } = await client.embeddings.create({
      model: MODEL,
      input: ['one', 'two'],
    });
    expect(simulator.requests[0]).toMatchObject({ method: 'POST', path: '/v1/embeddings' });
    expect(simulator.requests[0]?.body).toEqual({
      model: MODEL,
      input: ['one', 'two'],
      encoding_format: 'base64',
    });
    expect(id).toEqual(expect.any(String));
    expect(data.map(({ index }) => index)).toEqual([0, 1]);
    expect(data[0]?.embedding).toEqual(expect.any(Array));
    expect(data[0]?.embedding).toHaveLength(1024);
    expect(usage.prompt_tokens).toBeGreaterThan(0);
  });

  it('gives Float32Array on request, with the same numbers', async () => {
    const request = { model: MODEL, input: 'one' };
    const typed = await client.embeddings.create(request, { vectors: 'float32' });
    expectTypeOf(typed).toExtend<EmbeddingResponse<Float32Array>>();
    const plain = await client.embeddings.create(request);
    expect(typed.data[0]?.embedding).toBeInstanceOf(Float32Array);
    expect([...(typed.data[0]?.embedding ?? [])]).toEqual(plain.data[0]?.embedding);
  });

  it('gives the same numbers when they travel as JSON', async () => {
    const asJson = await client.embeddings.create({ ...CODE, encoding_format: 'float' });
    expect(simulator.requests[0]?.body).toEqual({ ...CODE, encoding_format: 'float' });
    const asBase64 = await client.embeddings.create(CODE);
    expect(asJson.data[1]?.embedding.map(Math.fround)).toEqual(asBase64.data[1]?.embedding);
  });

  it('gives the strings themselves to those who ask for base64', async () => {
    const { data } = await client.embeddings.create({ ...CODE, encoding_format: 'base64' });
    expectTypeOf(data[0]?.embedding).toEqualTypeOf<string | undefined>();
    expect(data[0]?.embedding).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  it.each<[EmbeddingDtype, number]>([
    ['int8', 64],
    ['uint8', 64],
    ['binary', 8],
    ['ubinary', 8],
  ])('gives numbers of the type %s, however they travel', async (output_dtype, length) => {
    const request = { ...CODE, output_dtype };
    const { data } = await client.embeddings.create(request);
    expect(simulator.requests[0]?.body).toEqual(request);
    const [vector] = data.map(({ embedding }) => embedding);
    expect(vector).toHaveLength(length);
    const typed = await client.embeddings.create(request, { vectors: 'float32' });
    expect(typed.data[0]?.embedding).toEqual(Float32Array.from(vector ?? []));
    const asBase64 = { ...request, encoding_format: 'base64' } as const;
    const strings = await client.embeddings.create(asBase64);
    expect(strings.data[0]?.embedding).toEqual(expect.any(String));
    const decoded = await client.embeddings.create(asBase64, { vectors: 'float32' });
    expect(decoded.data[0]?.embedding).toEqual(Float32Array.from(vector ?? []));
  });

  it('decodes rounded numbers that come as base64 unasked', async () => {
    const bytes = Buffer.from([0, 127, 128, 255]).toString('base64');
    const data = [{ object: 'embedding', index: 0, embedding: bytes }];
    const of = async (output_dtype: EmbeddingDtype): Promise<unknown> => {
      const response = await answeredWith(structuredClone(data)).embeddings.create({
        model: MODEL,
        input: 'a',
        output_dtype,
      });
      return response.data[0]?.embedding;
    };
    expect(await of('int8')).toEqual([0, 127, -128, -1]);
    expect(await of('binary')).toEqual([0, 127, -128, -1]);
    expect(await of('uint8')).toEqual([0, 127, 128, 255]);
    expect(await of('ubinary')).toEqual([0, 127, 128, 255]);
  });

  it('takes the numbers of servers that know no base64', async () => {
    const other = answeredWith([{ object: 'embedding', index: 0, embedding: [0.5, -0.5] }]);
    const { data } = await other.embeddings.create({ model: MODEL, input: 'a' });
    expect(data[0]?.embedding).toEqual([0.5, -0.5]);
  });

  it('can do without base64 where a server refuses it', async () => {
    const vectors = { data: [{ object: 'embedding', index: 0, embedding: [1, 2] }], model: MODEL };
    const transport = new MockHttpTransport({
      handler: ({ body }) =>
        textOf(body).includes('"base64"') ? { status: 422, json: {} } : { json: vectors },
    });
    const other = createMistralClient({ apiKey: 'test-key', transport, maxRetries: 0 });
    const request = { model: MODEL, input: 'a' };
    await expect(other.embeddings.create(request)).rejects.toBeInstanceOf(UnprocessableError);
    const { data } = await other.embeddings.create({ ...request, encoding_format: 'float' });
    expect(data[0]?.embedding).toEqual([1, 2]);
  });

  it.each([
    [{ model: '', input: 'a' }, 'model'],
    [{ model: MODEL }, 'input'],
    [{ model: MODEL, input: '' }, 'input'],
    [{ model: MODEL, input: [] }, 'input'],
    [{ model: MODEL, input: ['a', ''] }, 'input[1]'],
    [{ model: MODEL, input: 'a', output_dimension: 0 }, 'output_dimension'],
    [{ model: MODEL, input: 'a', output_dtype: 'float16' }, 'output_dtype'],
    [undefined, 'model'],
  ])('sends nothing for %#', async (request, field) => {
    const call = client.embeddings.create(request as { model: string; input: string });
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ path }) => path)).toContain(field);
    expect(simulator.requests).toHaveLength(0);
  });

  it.each<[string, unknown, EmbeddingDtype]>([
    ['a broken vector', [{ object: 'embedding', index: 0, embedding: 'AAA=' }], 'float'],
    ['no list of vectors', { not: 'a list' }, 'float'],
    ['an entry without a vector', [{ object: 'embedding', index: 0 }], 'float'],
    ['no list of rounded vectors', { not: 'a list' }, 'int8'],
    ['an entry without a rounded vector', [{ object: 'embedding', index: 0 }], 'int8'],
  ])('refuses an answer with %s', async (_what, data, output_dtype) => {
    const call = answeredWith(data).embeddings.create({ model: MODEL, input: 'a', output_dtype });
    await expect(call).rejects.toBeInstanceOf(ProtocolError);
  });
});

describe('embeddings.createMany', () => {
  const texts = (count: number): string[] => Array.from({ length: count }, (_, at) => `text ${at}`);

  it('gives what single calls give, in the order of the inputs', async () => {
    const inputs = texts(1100);
    const { data, usage } = await client.embeddings.createMany(inputs, {
      model: 'codestral-embed',
      output_dimension: 8,
    });
    expect(simulator.requests.map(({ body }) => (body as { input: [] }).input.length)).toEqual([
      512, 512, 76,
    ]);
    expect(data.map(({ index }) => index)).toEqual(inputs.map((_, at) => at));
    const single = await client.embeddings.create({
      model: 'codestral-embed',
      input: inputs[1000] ?? '',
      output_dimension: 8,
    });
    expect(data[1000]?.embedding).toEqual(single.data[0]?.embedding);
    expect(usage.total_tokens).toBeGreaterThan(1100);
  });

  it('cuts by tokens too', async () => {
    await client.embeddings.createMany(texts(5), { model: MODEL, countTokens: () => 8000 });
    expect(simulator.requests.map(({ body }) => (body as { input: [] }).input.length)).toEqual([
      2, 2, 1,
    ]);
  });

  it.each(['int8', 'ubinary'] as const)('takes vectors of the type %s', async (output_dtype) => {
    const options = { model: CODE.model, output_dimension: 64, output_dtype } as const;
    const { data } = await client.embeddings.createMany(['one'], options);
    const single = await client.embeddings.create({
      model: CODE.model,
      input: 'one',
      output_dimension: 64,
      output_dtype,
    });
    expect(data[0]?.embedding).toEqual(single.data[0]?.embedding);
  });

  it('gives Float32Array on request', async () => {
    const { data } = await client.embeddings.createMany(['a'], {
      model: MODEL,
      vectors: 'float32',
    });
    expectTypeOf(data[0]?.embedding).toEqualTypeOf<Float32Array | undefined>();
    expect(data[0]?.embedding).toBeInstanceOf(Float32Array);
  });

  it('names the inputs that cannot be sent', async () => {
    const work = client.embeddings.createMany(['a', '', 'x'.repeat(70_000)], { model: MODEL });
    const error: unknown = await work.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ path }) => path)).toEqual(['[1]', '[2]']);
    expect((error as ValidationError).message).toContain('mistral embeddings.createMany');
    expect(simulator.requests).toHaveLength(0);
  });

  it('keeps what succeeded when a request fails', async () => {
    simulator.inject({ skip: 1, times: 1, fault: { status: 429 } });
    const work = client.embeddings.createMany(texts(600), { model: MODEL, concurrency: 1 });
    const error: unknown = await work.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EmbeddingBatchError);
    expect((error as EmbeddingBatchError).succeeded).toHaveLength(512);
    expect((error as EmbeddingBatchError).message).toContain('mistral embeddings.createMany');
  });
});
