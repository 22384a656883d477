import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../simulator.ts';
import { ask } from '../ask.test.support.ts';
import { encodeEmbedding } from './encoded-embedding.ts';

const PATH = '/v1/embeddings';

/** The embeddings that a request is answered with. */
async function embed(request: object): Promise<readonly unknown[]> {
  await using simulator = await createSimulator({ provider: 'mistral' });
  const { body } = await ask(simulator, 'POST', PATH, { model: 'codestral-embed', ...request });
  return (body['data'] as readonly { readonly embedding: unknown }[]).map(
    ({ embedding }) => embedding,
  );
}

describe('POST /v1/embeddings', () => {
  it('embeds a text or several, in their order', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { body } = await ask(simulator, 'POST', PATH, {
      model: 'mistral-embed',
      input: ['a', 'b'],
    });
    expect(body).toMatchObject({
      object: 'list',
      model: 'mistral-embed',
      data: [
        { object: 'embedding', index: 0 },
        { object: 'embedding', index: 1 },
      ],
      usage: { prompt_tokens: 2, completion_tokens: 0, total_tokens: 2 },
    });
    const data = body['data'] as readonly { readonly embedding: readonly number[] }[];
    expect(data.map(({ embedding }) => embedding.length)).toEqual([1024, 1024]);
    const one = await ask(simulator, 'POST', PATH, { model: 'mistral-embed', input: 'b' });
    expect(one.body['data']).toMatchObject([{ embedding: data[1]?.embedding }]);
  });

  it('gives the dimensions that are asked for', async () => {
    const [usual] = await embed({ input: 'a' });
    const [most] = await embed({ input: 'a', output_dimension: 3072 });
    expect(usual).toHaveLength(1536);
    expect(most).toHaveLength(3072);
  });

  it('gives the same vector as base64', async () => {
    const [numbers] = await embed({ input: 'some text', output_dimension: 8 });
    const [encoded] = await embed({
      input: 'some text',
      output_dimension: 8,
      encoding_format: 'base64',
    });
    const bytes = Buffer.from(String(encoded), 'base64');
    const floats = Array.from({ length: 8 }, (_, index) => bytes.readFloatLE(index * 4));
    expect(floats).toEqual((numbers as readonly number[]).map((number) => Math.fround(number)));
  });

  it.each([
    ['int8', 16],
    ['uint8', 16],
    ['binary', 2],
    ['ubinary', 2],
  ])('gives whole numbers of the type %s', async (type, length) => {
    const request = { input: 'some text', output_dimension: 16, output_dtype: type };
    const [numbers] = await embed(request);
    expect(numbers).toHaveLength(length);
    expect((numbers as readonly number[]).every(Number.isInteger)).toBe(true);
    const [encoded] = await embed({ ...request, encoding_format: 'base64' });
    expect([...Buffer.from(String(encoded), 'base64')]).toEqual(
      (numbers as readonly number[]).map((number) => number & 0xff),
    );
  });

  it.each([
    [{ model: 'codestral-embed', input: 'a', output_dimension: 4000 }, 400],
    [{ model: 'mistral-embed', input: 'a', output_dimension: 8 }, 400],
    [{ model: 'mistral-small-latest', input: 'a' }, 400],
    [{ model: 'mistral-embed', input: 'word '.repeat(9000) }, 400],
    [{ model: 'mistral-embed' }, 422],
    [{ model: 'mistral-embed', input: 'a', dimensions: 3 }, 422],
    [{ model: 'mistral-embed', input: 'a', output_dtype: 'float64' }, 422],
  ])('refuses a wrong request (%#)', async (request, status) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    expect((await ask(simulator, 'POST', PATH, request)).status).toBe(status);
  });
});

describe('encodeEmbedding', () => {
  const vector = Float32Array.of(1, -1, 0.5, -0.5, 0, 0.25, 1, 1, 1);

  it('packs the signs of the numbers, the first in the highest bit', () => {
    expect(encodeEmbedding(vector, 'ubinary', 'float')).toEqual([0b1010_0111, 0b1000_0000]);
    expect(encodeEmbedding(vector, 'binary', 'float')).toEqual([0b1010_0111 - 128, 0]);
  });

  it('spreads the numbers over the range of the type', () => {
    expect(encodeEmbedding(vector, 'int8', 'float')).toMatchObject({ 0: 127, 1: -127, 4: 0 });
    expect(encodeEmbedding(vector, 'uint8', 'float')).toMatchObject({ 0: 255, 1: 0 });
  });
});
