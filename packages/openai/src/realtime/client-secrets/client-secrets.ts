import {
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import type { ClientSecret, ClientSecretRequest } from './client-secret.ts';

const create: JsonEndpoint<ClientSecretRequest, ClientSecret> = {
  operation: 'realtime.client_secrets.create',
  method: 'POST',
  path: '/realtime/client_secrets',
  resultKey: 'value',
  validate: validateWith('openai realtime.client_secrets.create', () =>
    v.object({
      expires_after: v.optional(
        v.object({
          seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(7200))),
        }),
      ),
      session: v.optional(v.object({ type: v.picklist(['realtime', 'transcription']) })),
    }),
  ),
};

/** `/realtime/client_secrets`. */
export class ClientSecrets {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** A short-lived key that a browser or a phone may open sessions with. `POST /realtime/client_secrets` */
  create(
    request: ClientSecretRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ClientSecret>> {
    return this.#caller.call(create, { body: request }, options);
  }
}
