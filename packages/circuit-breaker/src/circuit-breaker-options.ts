import type { Clock, Duration } from '@integrations/types';

/** What the breaker remembers of the calls that it let through. */
export type BreakerWindow =
  /** The failures since the last success. */
  | { readonly type: 'consecutive' }
  /** The last `size` calls. */
  | { readonly type: 'count'; readonly size: number }
  /**
   * The calls of the last `duration`, forgotten a `buckets`-th of it at a time. A call is
   * remembered for at most `duration` and at least `duration - duration / buckets`.
   */
  | {
      readonly type: 'time';
      readonly duration: Duration;
      /** @default 10 */
      readonly buckets?: number;
    };

/**
 * What an error says of the service: `failure` counts against it, `success` counts for it
 * (it refused this call, and is alive), `ignore` says nothing either way.
 */
export type BreakerVerdict = 'failure' | 'success' | 'ignore';

/** When a breaker opens, for how long, and what closes it again. */
export interface CircuitBreakerOptions {
  /** Tells breakers apart in events. @default 'default' */
  readonly name?: string;
  /** What is remembered. @default { type: 'count', size: 20 } */
  readonly window?: BreakerWindow;
  /**
   * Opens at this many failures in the window.
   *
   * @default 5 (at most the size of a count window), or no such threshold when `failureRate` is given
   */
  readonly failureThreshold?: number;
  /** Opens at this share of failed calls, above 0 and up to 1. Not for a consecutive window. @default none */
  readonly failureRate?: number;
  /** Opens at this share of slow calls, above 0 and up to 1. Not for a consecutive window. @default none */
  readonly slowCallRate?: number;
  /** A call that takes this long or longer is slow, whether it fails or not. @default none */
  readonly slowCallDuration?: Duration;
  /** Rates are judged once the window holds this many calls. @default 10 (at most the size of a count window) */
  readonly minimumCalls?: number;
  /** Closes after this many successful probes. @default 2 */
  readonly successThreshold?: number;
  /** How long it stays open before it lets probes through. @default '60s' */
  readonly openDuration?: Duration;
  /** Each opening that follows failed probes lasts this many times longer than the one before. @default 1 */
  readonly openDurationFactor?: number;
  /** The longest that the factor can make it. @default '10m', or `openDuration` where that is longer */
  readonly maxOpenDuration?: Duration;
  /** How many probes a half-open breaker lets through; at least `successThreshold`. @default `successThreshold` */
  readonly halfOpenPermits?: number;
  /**
   * A probe that has not reported after this time gives its permit back, and what it
   * reports later counts for nothing. Set it above the timeout of one call.
   *
   * @default '2m'
   */
  readonly probeLease?: Duration;
  /** What calls are told to wait while all probes are under way. A probe mostly ends long before its lease. @default '1s' */
  readonly halfOpenRetryAfter?: Duration;
  /** Judges what a permit's `failure(error)` is given. @default `classifyError` */
  readonly classify?: (error: unknown) => BreakerVerdict;
  /**
   * Is given what a listener or `classify` threw: the call goes on regardless.
   *
   * @default throws it again outside of the call, where it is an uncaught exception
   */
  readonly onListenerError?: (error: unknown) => void;
  /** @default the system's clock */
  readonly clock?: Clock;
}
