import type * as Ours from '@integrations/openai';
import type * as Theirs from 'openai/resources/completions';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of completions', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<
        Ours.CompletionCreateRequest,
        Theirs.CompletionCreateParamsNonStreaming | Theirs.CompletionCreateParamsStreaming
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.CompletionStreamRequest, Theirs.CompletionCreateParamsStreaming>
    >().toEqualTypeOf<true>();
  });

  it('result', () => {
    expectTypeOf<Mutual<Ours.Completion, Theirs.Completion>>().toEqualTypeOf<true>();
  });
});
