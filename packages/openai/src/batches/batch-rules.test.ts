import { describe, expect, it } from 'vitest';
import { batchRules } from './batch-rules.ts';

describe('batchRules', () => {
  it('counts texts to embed, of which a batch takes 50 000', () => {
    const { quota } = batchRules('/v1/embeddings');
    expect(quota?.most).toBe(50_000);
    expect(quota?.count({ input: ['a', 'b'] })).toBe(2);
    expect(quota?.count({ input: [1, 2, 3] })).toBe(1);
    expect(quota?.count({ input: [[1], [2]] })).toBe(2);
    expect(quota?.count({ input: 'a' })).toBe(1);
    expect(batchRules('/v1/responses').quota).toBeUndefined();
  });

  it('names method and address on each line', () => {
    expect(batchRules('/v1/responses').lineHead).toEqual({ method: 'POST', url: '/v1/responses' });
  });
});
