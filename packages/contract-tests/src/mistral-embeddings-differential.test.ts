import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareMistralCalls } from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

let both: BothMistralClients;

beforeAll(async () => {
  both = await connectBothMistral();
});

afterAll(() => both[Symbol.asyncDispose]());

const input = ['A ledger keeps every entry.', 'Zürich, 😀', 'x'];

describe('embeddings.create', () => {
  it.each([
    {
      what: 'several texts, as JSON numbers',
      wire: { model: 'mistral-embed', input, encoding_format: 'float' as const },
      official: { model: 'mistral-embed', inputs: input, encodingFormat: 'float' as const },
    },
    {
      what: 'one text, shortened',
      wire: {
        model: 'codestral-embed',
        input: 'one',
        output_dimension: 16,
        encoding_format: 'float' as const,
        metadata: { of: 'test' },
      },
      official: {
        model: 'codestral-embed',
        inputs: 'one',
        outputDimension: 16,
        encodingFormat: 'float' as const,
        metadata: { of: 'test' },
      },
    },
    {
      what: 'rounded numbers',
      wire: { model: 'codestral-embed', input, output_dtype: 'int8' as const },
      official: { model: 'codestral-embed', inputs: input, outputDtype: 'int8' as const },
    },
  ])('$what', async ({ wire, official }) => {
    await compareMistralCalls(both, {
      ours: (client) => client.embeddings.create(wire),
      theirs: (client) => client.embeddings.create(official),
    });
  });

  it('gives by base64 the numbers that theirs gets as JSON, to the precision of floats', async () => {
    const mine = await both.ours.embeddings.create({ model: 'mistral-embed', input });
    const official = await both.theirs.embeddings.create({ model: 'mistral-embed', inputs: input });
    expect(both.oursSees.requests.at(-1)?.body).toMatchObject({ encoding_format: 'base64' });
    for (const { index, embedding } of mine.data) {
      const numbers = official.data[index]?.embedding ?? [];
      expect(embedding).toEqual(Array.from(numbers, Math.fround));
    }
  });
});
