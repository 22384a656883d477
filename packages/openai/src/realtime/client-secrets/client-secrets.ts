import {
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import { z } from 'zod/mini';
import type { ClientSecret, ClientSecretRequest } from './client-secret.ts';

const create: JsonEndpoint<ClientSecretRequest, ClientSecret> = {
  operation: 'realtime.client_secrets.create',
  method: 'POST',
  path: '/realtime/client_secrets',
  resultKey: 'value',
  validate: validateWith('openai realtime.client_secrets.create', () =>
    z.object({
      expires_after: z.optional(
        z.object({ seconds: z.optional(z.int().check(z.gte(10), z.lte(7200))) }),
      ),
      session: z.optional(z.object({ type: z.enum(['realtime', 'transcription']) })),
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
