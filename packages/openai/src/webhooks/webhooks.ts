import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  type WithRequestId,
} from '@integrations/provider';
import type { Clock } from '@integrations/types';
import { bracketQuery } from '../bracket-query.ts';
import type { CursorList } from '../cursor-list.ts';
import { WebhookEventTypes } from './event-types/webhook-event-types.ts';
import type {
  WebhookEndpoint,
  WebhookEndpointDeleted,
  WebhookEndpointTestResult,
  WebhookEndpointWithSecret,
} from './webhook-endpoint.ts';
import type {
  WebhookEndpointQuery,
  WebhookEndpointRequest,
  WebhookEndpointTest,
  WebhookEndpointUpdate,
  WebhookSecretRotation,
} from './webhook-endpoint-request.ts';
import { validateEndpoint, validateTest, validateUpdate } from './webhook-endpoint-schema.ts';
import type { WebhookEvent } from './webhook-event.ts';
import type { WebhookHeaders } from './webhook-headers.ts';
import type { WebhookPayload } from './webhook-payload.ts';
import type { WebhookSecrets } from './webhook-secret.ts';
import { WebhookVerifier } from './webhook-verifier.ts';

const PATH = '/webhook_endpoints/{webhook_endpoint_id}';

const create: JsonEndpoint<WebhookEndpointRequest, WebhookEndpointWithSecret> = {
  operation: 'webhooks.create',
  method: 'POST',
  path: '/webhook_endpoints',
  resultKey: 'signing_secret',
  validate: validateEndpoint,
};

const retrieve: JsonEndpoint<undefined, WebhookEndpoint> = {
  operation: 'webhooks.retrieve',
  method: 'GET',
  path: PATH,
  resultKey: 'id',
};

const update: JsonEndpoint<WebhookEndpointUpdate, WebhookEndpoint> = {
  operation: 'webhooks.update',
  method: 'POST',
  path: PATH,
  resultKey: 'id',
  validate: validateUpdate,
};

const remove: JsonEndpoint<undefined, WebhookEndpointDeleted> = {
  operation: 'webhooks.delete',
  method: 'DELETE',
  path: PATH,
  resultKey: 'deleted',
};

const list: ListEndpoint<WebhookEndpoint, CursorList<WebhookEndpoint>> = {
  operation: 'webhooks.list',
  method: 'GET',
  path: '/webhook_endpoints',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const rotateSecret: JsonEndpoint<WebhookSecretRotation, WebhookEndpointWithSecret> = {
  operation: 'webhooks.rotate_secret',
  method: 'POST',
  path: `${PATH}/rotate_secret`,
  resultKey: 'signing_secret',
};

const test: JsonEndpoint<WebhookEndpointTest, WebhookEndpointTestResult> = {
  operation: 'webhooks.test',
  method: 'POST',
  path: `${PATH}/test`,
  resultKey: 'success',
  validate: validateTest,
};

/** What webhooks are verified with, where the caller passes nothing else. */
export interface WebhookDefaults {
  readonly secret: WebhookSecrets | undefined;
  readonly clock: Clock;
}

/** `/webhook_endpoints`, and the verification of what is sent to them. */
export class Webhooks {
  /** `/webhook_event_types`. */
  readonly eventTypes: WebhookEventTypes;
  readonly #caller: Caller;
  readonly #defaults: WebhookDefaults;

  constructor(caller: Caller, defaults: WebhookDefaults) {
    this.#caller = caller;
    this.#defaults = defaults;
    this.eventTypes = new WebhookEventTypes(caller);
  }

  /** Has events sent to an address. The secret in the answer is told once. `POST /webhook_endpoints` */
  create(
    request: WebhookEndpointRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<WebhookEndpointWithSecret>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** One endpoint. `GET /webhook_endpoints/{webhook_endpoint_id}` @throws NotFoundError */
  retrieve(
    webhookEndpointId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<WebhookEndpoint>> {
    const params = { webhook_endpoint_id: webhookEndpointId };
    return this.#caller.call(retrieve, { params }, options);
  }

  /** Changes an endpoint. `POST /webhook_endpoints/{webhook_endpoint_id}` */
  update(
    webhookEndpointId: string,
    request: WebhookEndpointUpdate = {},
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<WebhookEndpoint>> {
    const params = { webhook_endpoint_id: webhookEndpointId };
    return this.#caller.call(update, { params, body: request }, options);
  }

  /** All endpoints of the project. `GET /webhook_endpoints` */
  list(
    query?: WebhookEndpointQuery | null,
    options?: CallOptions,
  ): PagePromise<WebhookEndpoint, WithRequestId<CursorList<WebhookEndpoint>>> {
    return this.#caller.list(list, { query: bracketQuery(query) }, options);
  }

  /** Sends nothing more to an endpoint. `DELETE /webhook_endpoints/{webhook_endpoint_id}` */
  delete(
    webhookEndpointId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<WebhookEndpointDeleted>> {
    const params = { webhook_endpoint_id: webhookEndpointId };
    return this.#caller.call(remove, { params }, options);
  }

  /** Signs with a new secret, told once, from now on. `POST /webhook_endpoints/{webhook_endpoint_id}/rotate_secret` */
  rotateSecret(
    webhookEndpointId: string,
    request: WebhookSecretRotation = {},
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<WebhookEndpointWithSecret>> {
    const params = { webhook_endpoint_id: webhookEndpointId };
    return this.#caller.call(rotateSecret, { params, body: request }, options);
  }

  /** Sends an endpoint an event that did not happen. `POST /webhook_endpoints/{webhook_endpoint_id}/test` */
  test(
    webhookEndpointId: string,
    request: WebhookEndpointTest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<WebhookEndpointTestResult>> {
    const params = { webhook_endpoint_id: webhookEndpointId };
    return this.#caller.call(test, { params, body: request }, options);
  }

  /**
   * Resolves when a webhook is genuine. Nothing is sent.
   *
   * @param payload the raw body.
   * @param secret one or several. @default the client's `webhookSecret`
   * @param tolerance seconds that the clocks may be apart. @default 300
   * @throws WebhookSignatureError when it is not genuine; `problem` tells what is wrong.
   * @throws ConfigurationError when there is no secret.
   */
  async verifySignature(
    payload: WebhookPayload,
    headers: WebhookHeaders,
    secret?: WebhookSecrets | null,
    tolerance?: number,
  ): Promise<void> {
    await this.#verifier(secret, tolerance).verifySignature(payload, headers);
  }

  /**
   * The event of a webhook that is genuine. Nothing is sent. Takes and throws what
   * `verifySignature` does.
   *
   * @throws InvalidJsonError when it is genuine and not JSON.
   */
  async unwrap(
    payload: WebhookPayload,
    headers: WebhookHeaders,
    secret?: WebhookSecrets | null,
    tolerance?: number,
  ): Promise<WebhookEvent> {
    return this.#verifier(secret, tolerance).unwrap(payload, headers);
  }

  #verifier(secret: WebhookSecrets | null | undefined, tolerance?: number): WebhookVerifier {
    const { clock, secret: own } = this.#defaults;
    return new WebhookVerifier({ secret: secret ?? own, tolerance, clock });
  }
}
