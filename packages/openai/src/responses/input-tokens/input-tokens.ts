import type {
  CallOptions,
  Caller,
  JsonEndpoint,
  ResponsePromise,
  WithRequestId,
} from '@integrations/provider';
import { validateInputTokenCount } from '../response-schema.ts';
import type { InputTokenCount, InputTokenCountRequest } from './input-token-count.ts';

const count: JsonEndpoint<InputTokenCountRequest, InputTokenCount> = {
  operation: 'responses.input_tokens.count',
  method: 'POST',
  path: '/responses/input_tokens',
  resultKey: 'input_tokens',
  validate: validateInputTokenCount,
};

/** `/responses/input_tokens`. */
export class InputTokens {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** How many tokens an input has for a model. `POST /responses/input_tokens` */
  count(
    request?: InputTokenCountRequest | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<InputTokenCount>> {
    return this.#caller.call(count, { body: request ?? {} }, options);
  }
}
