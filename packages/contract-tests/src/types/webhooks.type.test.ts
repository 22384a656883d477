import type * as Ours from '@integrations/openai';
import type * as Theirs from 'openai/resources/webhooks/webhooks';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of webhooks', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.WebhookEndpointRequest, Theirs.WebhookCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.WebhookEndpointUpdate, Theirs.WebhookUpdateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.WebhookEndpointQuery, Theirs.WebhookListParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.WebhookSecretRotation, Theirs.WebhookRotateSecretParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.WebhookEndpointTest, Theirs.WebhookTestParams>
    >().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.WebhookEndpoint, Theirs.WebhookEndpoint>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.WebhookEndpointWithSecret, Theirs.WebhookEndpointWithSecret>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.WebhookEndpointDeleted, Theirs.DeletedWebhookEndpoint>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.WebhookEndpointTestResult, Theirs.WebhookEndpointTestResult>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.WebhookEventTypeList, Theirs.WebhookEventTypeList>
    >().toEqualTypeOf<true>();
  });

  it('events', () => {
    expectTypeOf<Mutual<Ours.WebhookEvent, Theirs.UnwrapWebhookEvent>>().toEqualTypeOf<true>();
  });
});
