export { AdaptiveConcurrency, type AdaptiveConcurrencyOptions } from './adaptive-concurrency.ts';
export { Gcra, type GcraOptions } from './gcra.ts';
export type { Learning } from './learned-limit.ts';
export type { Limit } from './limit.ts';
export {
  mapConcurrent,
  type MapConcurrentOptions,
  type MapContext,
  type MapProgress,
} from './map-concurrent.ts';
export { parseRateLimitHeaders } from './rate-limit-headers.ts';
export { createRateLimiter } from './rate-limiter.ts';
export type { RateLimiterOptions } from './rate-limiter-options.ts';
export { Semaphore, type SemaphoreOptions } from './semaphore.ts';
export { SlidingWindow, type SlidingWindowOptions } from './sliding-window.ts';
export { TokenBucket, type TokenBucketOptions } from './token-bucket.ts';
export { type SettleRule, TokenLedger, type TokenLedgerOptions } from './token-ledger.ts';
export type { WaitLineOptions } from './wait-line.ts';
