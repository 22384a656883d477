import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../post.test.support.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator();
});
afterAll(() => simulator.close());

interface EmbeddingList {
  readonly data: readonly { readonly index: number; readonly embedding: readonly number[] }[];
  readonly usage: { readonly prompt_tokens: number; readonly total_tokens: number };
}

const MODEL = 'text-embedding-3-small';

function embed(body: object): Promise<Response> {
  return post(simulator, '/v1/embeddings', { model: MODEL, ...body });
}

async function listOf(body: object): Promise<EmbeddingList> {
  return (await embed(body).then((response) => response.json())) as EmbeddingList;
}

describe('POST /v1/embeddings', () => {
  it('answers with every field the API sends', async () => {
    expect(await listOf({ input: 'Hello, world!' })).toEqual({
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: expect.any(Array) }],
      model: MODEL,
      usage: { prompt_tokens: 4, total_tokens: 4 },
    });
  });

  it('embeds each of several texts, in their order, the same as alone', async () => {
    const { data, usage } = await listOf({ input: ['one text', 'another text'] });
    const alone = await listOf({ input: 'another text' });
    expect(data.map(({ index }) => index)).toEqual([0, 1]);
    expect(data[1]?.embedding).toEqual(alone.data[0]?.embedding);
    expect(data[0]?.embedding).not.toEqual(data[1]?.embedding);
    expect(usage.prompt_tokens).toBe(5);
  });

  it('takes tokens for text', async () => {
    expect((await listOf({ input: [1212, 318, 257] })).usage.prompt_tokens).toBe(3);
    const lists = await listOf({ input: [[1212, 318], [257]] });
    expect(lists.data).toHaveLength(2);
    expect(lists.usage.prompt_tokens).toBe(3);
  });

  it('gives the same numbers as base64 of little-endian single floats', async () => {
    const body: unknown = await embed({ input: 'a text', encoding_format: 'base64' }).then(
      (response) => response.json(),
    );
    const [first] = (body as { readonly data: readonly { readonly embedding: string }[] }).data;
    const bytes = Buffer.from(first?.embedding ?? '', 'base64');
    const numbers = Array.from({ length: bytes.length / 4 }, (_, index) =>
      bytes.readFloatLE(index * 4),
    );
    const { data } = await listOf({ input: 'a text' });
    expect(numbers).toEqual(data[0]?.embedding.map(Math.fround));
  });

  it.each([
    [MODEL, undefined, 1536],
    ['text-embedding-ada-002', undefined, 1536],
    ['text-embedding-3-large', undefined, 3072],
    ['text-embedding-3-large', 256, 256],
  ])('gives %s with dimensions %s as %i numbers', async (model, dimensions, length) => {
    const { data } = await listOf({ model, input: 'a text', dimensions });
    expect(data[0]?.embedding).toHaveLength(length);
  });

  it.each([
    ['input', {}, 'missing_required_parameter'],
    ['input', { input: '' }, 'empty_string'],
    ['input', { input: [] }, 'empty_array'],
    ['input', { input: ['text', 4] }, 'invalid_type'],
    ['input', { input: { text: 'x' } }, 'invalid_type'],
    ['input', { input: Array.from({ length: 2049 }, () => 'x') }, 'array_above_max_length'],
    [
      'input',
      { input: Array.from({ length: 40 }, () => Array.from({ length: 8000 }, () => 1)) },
      'max_tokens_per_request',
    ],
    ['input', { input: 'word '.repeat(9000) }, 'invalid_value'],
    ['encoding_format', { input: 'x', encoding_format: 'hex' }, 'invalid_value'],
    ['dimensions', { input: 'x', dimensions: 1537 }, 'invalid_value'],
    ['dimensions', { input: 'x', dimensions: 0 }, 'integer_below_min_value'],
    ['dimensions', { input: 'x', dimensions: 5, model: 'text-embedding-ada-002' }, 'invalid_value'],
  ])('refuses a wrong %s with 400', async (param, body, code) => {
    const response = await embed(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { param, code, type: 'invalid_request_error' },
    });
  });

  it('refuses models it does not have, and such that make no embeddings', async () => {
    expect((await embed({ input: 'x', model: 'none' })).status).toBe(404);
    expect((await embed({ input: 'x', model: 'gpt-4o' })).status).toBe(403);
  });
});
