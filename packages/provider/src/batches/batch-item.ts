import type { IntegrationError } from '@integrations/errors';

/** A request of a batch that was answered. */
export interface BatchSuccess<Answer = unknown> {
  readonly custom_id: string;
  readonly answer: Answer;
  readonly error: undefined;
  /** The API's id of the request. */
  readonly requestId: string | undefined;
}

/** A request of a batch that was not. */
export interface BatchFailure {
  readonly custom_id: string;
  readonly answer: undefined;
  /**
   * The class that the answer's status gives, `RateLimitError` or `BadRequestError`, say; a
   * `JobFailedError` where there was no answer: the batch expired or was cancelled.
   */
  readonly error: IntegrationError;
  /** The API's id of the request. */
  readonly requestId: string | undefined;
}

/** What became of one request of a batch. */
export type BatchItem<Answer = unknown> = BatchSuccess<Answer> | BatchFailure;
