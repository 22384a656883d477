import type { TokenUsage } from '../token-usage.ts';

/** How a call that worked ended. */
export interface CallOutcome {
  readonly status: number;
  readonly requestId: string | undefined;
  /** Whether the caller left before the end. @default false */
  readonly cancelled?: boolean;
}

/** A stream that ended early had cost something by then. */
export interface CutStream {
  readonly events: number;
  /** What the call will have cost, where the stream was left before it said so. */
  readonly estimate: TokenUsage | undefined;
}

/** How far a stream came. */
export interface StreamOutcome extends CallOutcome, CutStream {
  readonly cancelled: boolean;
}
