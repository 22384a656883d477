import { TimeoutOrchestrator, type TimeoutOrchestratorOptions } from '@integrations/resilience';
import { RetryBudget } from '@integrations/retry';
import type { ResolvedCore } from './core-options.ts';
import type { Protection, ProtectionSource } from './protection.ts';
import type { ResilienceClientOptions } from './resilience-options.ts';
import { RetryExecutors } from './retry-executors.ts';

/** Protects calls whose retries and timeouts are given. */
export type Protect = (terms: TimeoutOrchestratorOptions) => Protection;

/** What protects the calls of a core. */
export interface CoreProtectionOptions extends Pick<
  ResilienceClientOptions,
  'maxRetries' | 'retry'
> {
  /**
   * Runs the attempts of calls, such as `protectWith({ circuitBreaker, rateLimiter })`.
   * @default with retries and timeouts, and nothing else
   */
  readonly protect?: Protect | undefined;
}

const byTimeouts: Protect = (terms) => ({
  orchestrator: new TimeoutOrchestrator(terms),
  circuitBreaker: undefined,
  rateLimiter: undefined,
});

/**
 * Protects all calls of a core alike.
 *
 * @throws ConfigurationError for a setting that cannot be one.
 */
export function createCoreProtections(
  options: CoreProtectionOptions,
  { timeoutMs: attemptTimeout, totalTimeoutMs: totalTimeout, clock }: ResolvedCore,
): ProtectionSource {
  const { protect = byTimeouts } = options;
  const executors = new RetryExecutors(options, { clock, budget: new RetryBudget() });
  const find = (retries: number): Protection =>
    protect({ retry: executors.find(retries), attemptTimeout, totalTimeout, clock });
  // Wrong settings should fail the making of a core, not its first call.
  const retries = executors.count(undefined);
  const usual = find(retries);
  return ({ maxRetries }) => {
    const asked = executors.count(maxRetries);
    return asked === retries ? usual : find(asked);
  };
}
