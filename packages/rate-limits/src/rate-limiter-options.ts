import type { Learning } from './learned-limit.ts';
import type { Limit } from './limit.ts';
import type { SettleRule } from './token-ledger.ts';
import type { WaitLineOptions } from './wait-line.ts';

/** What `createRateLimiter` keeps calls within. */
export interface RateLimiterOptions extends WaitLineOptions {
  /** Requests in any 60 seconds. @default Infinity, until a response states a limit */
  readonly requestsPerMinute?: number;
  /** Tokens in any 60 seconds. @default Infinity, until a response states a limit */
  readonly tokensPerMinute?: number;
  /**
   * Milliseconds by which a minute is counted longer than the provider counts it: a
   * request that the network holds up arrives closer to the next. @default 0
   */
  readonly margin?: number;
  /** Requests in any 24 hours. @default Infinity */
  readonly requestsPerDay?: number;
  /**
   * Further limits on requests, of any algorithm: `[new Gcra({ limit: 60 })]` spaces
   * them evenly. They belong to this limiter alone. @default []
   */
  readonly requestLimits?: readonly Limit[];
  /** What a provider charges once the true number of tokens is known. @default 'actual' */
  readonly settle?: SettleRule;
  /** How far `updateLimits` is believed. @default 'follow' */
  readonly learning?: Learning;
  /** The longest that a call may wait, in milliseconds. @default Infinity */
  readonly maxWait?: number;
}
