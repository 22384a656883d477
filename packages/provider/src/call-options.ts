import type { QueryParameters, UploadProgress } from '@integrations/transport';
import type { Duration } from '@integrations/types';

/** What one call may set for itself. Everything else comes from the client. */
export interface CallOptions {
  /** Stops the call wherever it is; it rejects with `AbortedError`. */
  readonly signal?: AbortSignal | undefined;
  /** Time for one attempt: milliseconds or `'30s'`. 0 means no limit. @default the client's `timeout` */
  readonly timeout?: Duration | undefined;
  /** Time for all attempts together. 0 means no limit. @default the client's `totalTimeout` */
  readonly totalTimeout?: Duration | undefined;
  /** Attempts after the first. @default the client's `maxRetries` */
  readonly maxRetries?: number | undefined;
  /** Higher goes first where calls wait for limits. @default 0 */
  readonly priority?: number | undefined;
  /** Headers to add; undefined removes one that the client would send. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Query parameters to add; undefined removes one that the client would send. */
  readonly query?: QueryParameters | undefined;
  /** Sent as `idempotency-key`, the same for every attempt. */
  readonly idempotencyKey?: string | undefined;
  /** Called while a form with files is sent, from the beginning for each attempt. */
  readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** What a call whose answer is read as it comes may set besides. */
export interface StreamOptions extends CallOptions {
  /**
   * Longest silence between two events once the stream has begun, or between two
   * pieces of a file. Keep-alive comments do not count as events. 0 means no limit. @default the client's `streamIdleTimeout`
   */
  readonly streamIdleTimeout?: Duration | undefined;
}
