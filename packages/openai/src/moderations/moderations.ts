import {
  type CallOptions,
  type JsonCaller,
  type JsonEndpoint,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import type { ModerationResponse } from './moderation.ts';
import type { ModerationRequest } from './moderation-request.ts';

const create: JsonEndpoint<ModerationRequest, ModerationResponse> = {
  operation: 'moderations.create',
  method: 'POST',
  path: '/moderations',
  resultKey: 'results',
  validate: validateWith('openai moderations.create', () =>
    v.object({
      input: v.union([
        v.string(),
        v.pipe(v.array(v.string()), v.nonEmpty()),
        v.pipe(
          v.array(
            v.variant('type', [
              v.object({ type: v.literal('text'), text: v.string() }),
              v.object({ type: v.literal('image_url'), image_url: v.object({ url: v.string() }) }),
            ]),
          ),
          v.nonEmpty(),
        ),
      ]),
      model: v.optional(v.pipe(v.string(), v.nonEmpty())),
    }),
  ),
};

/** `/moderations`. */
export class Moderations {
  readonly #caller: JsonCaller;

  constructor(caller: JsonCaller) {
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
