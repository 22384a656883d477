import { SerializationError, ValidationError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { batchInputs, customIdsOf } from './batch-input.ts';
import type { BatchEndpoint } from './batch-request.ts';
import type { BatchProcessRequest } from './batch-work.ts';

function inputsOf(
  bodies: readonly object[],
  endpoint: BatchEndpoint = '/v1/images/edits',
): { readonly sizes: number[]; readonly ids: string[] } {
  const request = {
    endpoint,
    requests: bodies.map((body) => ({ body })),
  } as BatchProcessRequest<BatchEndpoint>;
  const inputs = [...batchInputs(request, customIdsOf(request))];
  return {
    sizes: inputs.map(({ customIds }) => customIds.length),
    ids: inputs.flatMap(({ customIds }) => customIds),
  };
}

describe('batchInputs', () => {
  it('writes a line for each request, in order', async () => {
    const request = {
      endpoint: '/v1/chat/completions',
      requests: [{ custom_id: 'a', body: { n: 1 } }, { body: { text: 'ä\n' } }],
    } as unknown as BatchProcessRequest<BatchEndpoint>;
    const [input] = batchInputs(request, customIdsOf(request));
    expect(
      (await input?.file.text())
        ?.split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body: { n: 1 } },
      {
        custom_id: 'request-1',
        method: 'POST',
        url: '/v1/chat/completions',
        body: { text: 'ä\n' },
      },
    ]);
    expect(input?.file.name).toBe('batch.jsonl');
  });

  it('makes another batch after 50 000 requests', () => {
    const { sizes, ids } = inputsOf(Array.from({ length: 50_001 }, () => ({})));
    expect(sizes).toEqual([50_000, 1]);
    expect(new Set(ids).size).toBe(50_001);
  });

  it('makes another batch after 200 MB', () => {
    const body = { text: 'x'.repeat(60_000_000) };
    expect(inputsOf([body, body, body, body]).sizes).toEqual([3, 1]);
  });

  it('makes another batch after 50 000 texts to embed', () => {
    const many = { model: 'm', input: Array.from({ length: 20_000 }, () => 'a') };
    const tokens = { model: 'm', input: Array.from({ length: 20_000 }, () => 1) };
    expect(inputsOf([many, many, many], '/v1/embeddings').sizes).toEqual([2, 1]);
    expect(inputsOf([tokens, tokens, tokens], '/v1/embeddings').sizes).toEqual([3]);
    expect(inputsOf([many, many, many], '/v1/responses').sizes).toEqual([3]);
  });

  it('refuses what is no JSON', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => inputsOf([cycle])).toThrow(SerializationError);
  });
});

describe('customIdsOf', () => {
  const ask = (ids: (string | undefined)[]): string[] =>
    customIdsOf({
      endpoint: '/v1/images/edits',
      requests: ids.map((custom_id) => ({ custom_id, body: {} })),
    });

  it('names those that have no name', () => {
    expect(ask(['a', undefined, 'b'])).toEqual(['a', 'request-1', 'b']);
  });

  it.each([[[]], [['a', 'a']], [['']], [['request-1', undefined]]])('refuses %j', (ids) => {
    expect(() => ask(ids)).toThrow(ValidationError);
  });
});
