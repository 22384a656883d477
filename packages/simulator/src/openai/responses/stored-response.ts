import type { JsonObject } from '../../json-value.ts';
import { wrongValue } from '../request-fields.ts';
import type { ResponseAnswer } from './response-answer.ts';
import { finishedBody, type ResponseIdentity, unfinishedBody } from './response-body.ts';
import type { ResponseItem } from './response-item.ts';

/** What a response is made from and ends with. */
export interface ResponseParts {
  readonly identity: ResponseIdentity;
  readonly input: readonly ResponseItem[];
  /** What came before the input. */
  readonly history: readonly ResponseItem[];
  readonly answer: ResponseAnswer;
  readonly events: readonly JsonObject[];
}

/**
 * A response that the API keeps. One in the background is queued at first, in progress
 * when it is looked at for the first time, and finished at the second.
 */
export class StoredResponse {
  readonly id: string;
  readonly #parts: ResponseParts;
  #looks: number;
  #cancelled = false;

  constructor(parts: ResponseParts) {
    this.id = parts.identity.id;
    this.#parts = parts;
    this.#looks = parts.identity.request.background ? 0 : 2;
  }

  get input(): readonly ResponseItem[] {
    return this.#parts.input;
  }

  /** Everything that a response after this one goes on from. */
  get context(): readonly ResponseItem[] {
    const { history, input, answer } = this.#parts;
    return [...history, ...input, ...answer.output];
  }

  get body(): JsonObject {
    const { identity, answer } = this.#parts;
    if (this.#cancelled) return unfinishedBody(identity, 'cancelled');
    if (this.#looks >= 2) return finishedBody(identity, answer);
    return unfinishedBody(identity, this.#looks === 0 ? 'queued' : 'in_progress');
  }

  /** Time goes on whenever somebody looks. */
  look(): JsonObject {
    this.#looks += 1;
    return this.body;
  }

  /** @throws RequestRefused 400 when it cannot be stopped */
  cancel(): JsonObject {
    const { background } = this.#parts.identity.request;
    if (!background) throw wrongValue('response_id', 'Cannot cancel a synchronous response.');
    if (this.#looks >= 2 && !this.#cancelled) {
      throw wrongValue('response_id', 'Cannot cancel a completed response.');
    }
    this.#cancelled = true;
    return this.body;
  }

  /**
   * The events with greater numbers, as a stream that was cut is taken up again.
   *
   * @throws RequestRefused 400 when they are not kept
   */
  eventsAfter(number: number): readonly JsonObject[] {
    const { identity, events } = this.#parts;
    const { background, stream } = identity.request;
    if (background && stream && !this.#cancelled) return events.slice(number + 1);
    throw wrongValue(
      'stream',
      'This response cannot be streamed: it was not created with background=true and stream=true, or was cancelled.',
    );
  }
}
