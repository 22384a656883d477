import type * as Ours from '@integrations/openai';
import type * as Theirs from 'openai/resources/moderations';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of moderations', () => {
  it('request and result', () => {
    expectTypeOf<
      Mutual<Ours.ModerationRequest, Theirs.ModerationCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ModerationResponse, Theirs.ModerationCreateResponse>
    >().toEqualTypeOf<true>();
  });
});
