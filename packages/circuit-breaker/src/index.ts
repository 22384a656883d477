export type {
  BreakerEventMap,
  BreakerEventName,
  BreakerListener,
  FailureEvent,
  RejectedEvent,
  StateChangeEvent,
  StateChangeReason,
  SuccessEvent,
} from './breaker-events.ts';
export type { BreakerSnapshot, ForcedState } from './breaker-snapshot.ts';
export { createCircuitBreaker } from './circuit-breaker.ts';
export type {
  BreakerVerdict,
  BreakerWindow,
  CircuitBreakerOptions,
} from './circuit-breaker-options.ts';
export {
  type CircuitBreakers,
  type CircuitBreakersOptions,
  createCircuitBreakers,
} from './circuit-breakers.ts';
export { classifyError } from './classify-error.ts';
export type {
  BreakerStatistics,
  BreakerTotals,
  ObservableCircuitBreaker,
} from './observable-circuit-breaker.ts';
export type { WindowSnapshot } from './outcome-window.ts';
export { protect, type ProtectOptions } from './protect.ts';
export type { TripReason } from './trip-rule.ts';
