import type * as Ours from '@integrations/openai';
import type * as Theirs from 'openai/resources/embeddings';
import type * as Models from 'openai/resources/models';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of embeddings', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.EmbeddingRequest, Theirs.EmbeddingCreateParams>
    >().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<
      Mutual<Ours.EmbeddingResponse, Theirs.CreateEmbeddingResponse>
    >().toEqualTypeOf<true>();
  });
});

describe('types of models', () => {
  it('results', () => {
    expectTypeOf<Mutual<Ours.Model, Models.Model>>().toEqualTypeOf<true>();
  });
});
