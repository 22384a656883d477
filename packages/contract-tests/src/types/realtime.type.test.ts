import type * as Ours from '@integrations/openai';
import type * as Theirs from 'openai/resources/realtime/client-secrets';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of client secrets', () => {
  it('request and result', () => {
    expectTypeOf<
      Mutual<Ours.ClientSecretRequest, Theirs.ClientSecretCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ClientSecret, Theirs.ClientSecretCreateResponse>
    >().toEqualTypeOf<true>();
  });
});
