import { ProtocolError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const MODEL = 'text-embedding-3-small';

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

describe('embeddings.create', () => {
  it('asks for base64 and gives plain arrays', async () => {
    const { data, usage } = await client.embeddings.create({ model: MODEL, input: ['one', 'two'] });
    expect(simulator.requests[0]?.body).toMatchObject({ encoding_format: 'base64' });
    expect(data.map(({ index }) => index)).toEqual([0, 1]);
    expect(Array.isArray(data[0]?.embedding)).toBe(true);
    expect(data[0]?.embedding).toHaveLength(1536);
    expect(usage.prompt_tokens).toBeGreaterThan(0);
  });

  it('gives Float32Array on request, with the same numbers', async () => {
    const request = { model: MODEL, input: 'one' };
    const typed = await client.embeddings.create(request, { vectors: 'float32' });
    const plain = await client.embeddings.create(request);
    expect(typed.data[0]?.embedding).toBeInstanceOf(Float32Array);
    expect([...(typed.data[0]?.embedding ?? [])]).toEqual(plain.data[0]?.embedding);
  });

  it('gives the same numbers when they travel as JSON', async () => {
    const request = { model: MODEL, input: 'one', dimensions: 8 };
    const asJson = await client.embeddings.create({ ...request, encoding_format: 'float' });
    const asBase64 = await client.embeddings.create(request);
    asBase64.data[0]?.embedding.forEach((number, at) => {
      expect(asJson.data[0]?.embedding[at]).toBeCloseTo(number, 6);
    });
    const typed = await client.embeddings.create(
      { ...request, encoding_format: 'float' },
      { vectors: 'float32' },
    );
    expect(typed.data[0]?.embedding).toBeInstanceOf(Float32Array);
  });

  it('gives the strings themselves to those who ask for base64', async () => {
    const { data } = await client.embeddings.create({
      model: MODEL,
      input: 'one',
      encoding_format: 'base64',
    });
    expect(data[0]?.embedding).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  it('takes tokens', async () => {
    const { data } = await client.embeddings.create({ model: MODEL, input: [[1, 2], [3]] });
    expect(data).toHaveLength(2);
  });

  it.each([
    [{ model: '', input: 'a' }, 'model'],
    [{ model: MODEL, input: '' }, 'input'],
    [{ model: MODEL, input: [] }, 'input'],
    [{ model: MODEL, input: 7 as never }, 'input'],
    [{ model: MODEL, input: ['a', ''] }, 'input[1]'],
    [{ model: MODEL, input: ['a', 5] as never }, 'input[1]'],
    [{ model: MODEL, input: [5, 'a'] as never }, 'input[1]'],
    [{ model: MODEL, input: [5, 1.5] }, 'input[1]'],
    [{ model: MODEL, input: [[5], []] }, 'input[1]'],
    [{ model: MODEL, input: [[5], [6, 'a']] as never }, 'input[1][1]'],
    [{ model: MODEL, input: Array.from({ length: 2049 }, () => 'a') }, 'input'],
    [{ model: MODEL, input: 'a', dimensions: 0 }, 'dimensions'],
  ])('sends nothing for %#', async (request, field) => {
    const error: unknown = await client.embeddings
      .create(request)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ path }) => path)).toEqual([field]);
    expect(simulator.requests).toHaveLength(0);
  });

  it('takes the numbers of servers that know no base64', async () => {
    const transport = new MockHttpTransport().respond({
      json: {
        object: 'list',
        model: MODEL,
        data: [{ object: 'embedding', index: 0, embedding: [0.5, -0.5] }],
      },
    });
    const other = createOpenAIClient({ apiKey: 'test-key', transport });
    const { data } = await other.embeddings.create({ model: MODEL, input: 'a' });
    expect(data[0]?.embedding).toEqual([0.5, -0.5]);
  });

  it.each([
    ['a broken vector', [{ object: 'embedding', index: 0, embedding: 'AAA=' }]],
    ['no list of vectors', { not: 'a list' }],
    ['an entry without a vector', [{ object: 'embedding', index: 0 }]],
  ])('refuses an answer with %s', async (_what, data) => {
    const transport = new MockHttpTransport().respond({ json: { object: 'list', data } });
    const other = createOpenAIClient({ apiKey: 'test-key', transport });
    await expect(other.embeddings.create({ model: MODEL, input: 'a' })).rejects.toBeInstanceOf(
      ProtocolError,
    );
  });
});
