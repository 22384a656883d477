import {
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import { z } from 'zod/mini';
import type { ModerationResponse } from './moderation.ts';
import type { ModerationRequest } from './moderation-request.ts';

const create: JsonEndpoint<ModerationRequest, ModerationResponse> = {
  operation: 'moderations.create',
  method: 'POST',
  path: '/moderations',
  resultKey: 'results',
  validate: validateWith('openai moderations.create', () =>
    z.object({
      input: z.union([
        z.string(),
        z.array(z.string()).check(z.minLength(1)),
        z
          .array(
            z.discriminatedUnion('type', [
              z.object({ type: z.literal('text'), text: z.string() }),
              z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
            ]),
          )
          .check(z.minLength(1)),
      ]),
      model: z.optional(z.string().check(z.minLength(1))),
    }),
  ),
};

/** `/moderations`. */
export class Moderations {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Whether texts and images may be harmful, and in what way. `POST /moderations` */
  create(
    request: ModerationRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ModerationResponse>> {
    return this.#caller.call(create, { body: request }, options);
  }
}
