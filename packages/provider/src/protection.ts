import {
  type CircuitBreakerOptions,
  createCircuitBreaker,
  type StateChangeEvent,
} from '@integrations/circuit-breaker';
import { ConfigurationError } from '@integrations/errors';
import { createRateLimiter } from '@integrations/rate-limits';
import { ResilienceOrchestrator } from '@integrations/resilience';
import type { CircuitBreaker, Clock, Logger, Orchestrator, RateLimiter } from '@integrations/types';
import { isInstance } from './protection-checks.ts';
import { createProtectionState, type ProtectionState } from './protection-state.ts';
import type { RateLimitSettings, ResilienceClientOptions } from './resilience-options.ts';
import { checkMaxRetries, RetryExecutors } from './retry-executors.ts';

/** What protects one call. */
export interface Protection {
  readonly orchestrator: Orchestrator;
  readonly circuitBreaker: CircuitBreaker | undefined;
  readonly rateLimiter: RateLimiter | undefined;
}

/** Which call is to be protected. */
export interface ProtectedCall {
  /** `chat`: has a breaker of its own. */
  readonly endpoint: string;
  readonly model: string | undefined;
  /** Replaces the client's. */
  readonly maxRetries: number | undefined;
}

/** Finds what protects a call. */
export type ProtectionSource = (call: ProtectedCall) => Protection;

/** What the protections of one client are made from. */
export interface ProtectionOptions {
  readonly settings: ResilienceClientOptions;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Models of one family share their limits. */
  readonly modelFamily: (model: string) => string;
  /** How the provider charges tokens that were reserved and not used. */
  readonly settle: 'actual' | 'neverBelowReserved';
  readonly onBreakerCreated: (endpoint: string) => void;
  readonly onBreakerChange: (endpoint: string, change: StateChangeEvent) => void;
  /** What calls know of each other. @default their own */
  readonly state?: ProtectionState;
}

/** How much closer together two requests may arrive than they were sent. */
const NETWORK_MARGIN_MS = 250;

/** Callers choose model names and numbers of retries, so what is kept for them is bounded; further families share one limiter. */
const MOST_KEPT = 500;

/** As long as a breaker waits for a probe at least. */
const SHORTEST_LEASE_MS = 120_000;

/** The parts that all calls of one client share, and those that some of them do. */
class ClientProtections {
  readonly #options: ProtectionOptions;
  readonly #state: ProtectionState;
  readonly #executors: RetryExecutors;
  readonly #protections = new Map<string, Protection>();

  constructor(options: ProtectionOptions, state: ProtectionState) {
    this.#options = options;
    this.#state = state;
    const { settings, clock, logger } = options;
    this.#executors = new RetryExecutors(settings, { clock, logger, budget: state.budget });
  }

  find({ endpoint, model, maxRetries }: ProtectedCall): Protection {
    const family = this.#familyOf(model);
    const retries = this.#executors.count(maxRetries);
    const key = `${retries} ${endpoint} ${family}`;
    const known = this.#protections.get(key);
    if (known !== undefined) return known;
    const protection = this.#protect(endpoint, family, retries);
    if (this.#protections.size < MOST_KEPT) this.#protections.set(key, protection);
    return protection;
  }

  #protect(endpoint: string, family: string, retries: number): Protection {
    const { clock, timeoutMs, totalTimeoutMs } = this.#options;
    const circuitBreaker = this.#breakerFor(endpoint);
    const rateLimiter = this.#limiterFor(family);
    const orchestrator = new ResilienceOrchestrator({
      retry: this.#executors.find(retries),
      circuitBreaker,
      rateLimiter,
      bulkhead: this.#state.bulkhead,
      attemptTimeout: timeoutMs,
      totalTimeout: totalTimeoutMs,
      clock,
    });
    return { orchestrator, circuitBreaker, rateLimiter };
  }

  #familyOf(model: string | undefined): string {
    if (model === undefined) return '';
    const family = this.#options.modelFamily(model);
    const { limiters } = this.#state;
    // One place is left for the limiter that further families share.
    return limiters.has(family) || limiters.size < MOST_KEPT - 1 ? family : '';
  }

  #breakerFor(endpoint: string): CircuitBreaker | undefined {
    const { circuitBreaker = {} } = this.#options.settings;
    if (circuitBreaker === false) return undefined;
    const methods = ['tryAcquire', 'isOpen', 'recordFailure'] as const;
    if (
      isInstance<CircuitBreaker>('circuitBreaker', circuitBreaker, 'a circuit breaker', methods)
    ) {
      return circuitBreaker;
    }
    const known = this.#state.breakers.get(endpoint);
    if (known !== undefined) return known;
    const breaker = this.#createBreaker(endpoint, circuitBreaker);
    this.#state.breakers.set(endpoint, breaker);
    this.#options.onBreakerCreated(endpoint);
    return breaker;
  }

  #createBreaker(endpoint: string, settings: CircuitBreakerOptions): CircuitBreaker {
    const { timeoutMs, onBreakerChange } = this.#options;
    const breaker = createCircuitBreaker({
      ...settings,
      name: endpoint,
      clock: settings.clock ?? this.#options.clock,
      // A probe whose report comes after its lease counts for nothing: a breaker could stay half-open for ever.
      probeLease:
        settings.probeLease ??
        Math.max(SHORTEST_LEASE_MS, Math.min(timeoutMs * 2, Number.MAX_VALUE)),
    });
    breaker.on('stateChange', (change) => onBreakerChange(endpoint, change));
    return breaker;
  }

  #limiterFor(family: string): RateLimiter | undefined {
    const { rateLimit = {} } = this.#options.settings;
    if (rateLimit === false) return undefined;
    const methods = ['acquire', 'tryAcquire', 'updateLimits'] as const;
    if (isInstance<RateLimiter>('rateLimit', rateLimit, 'a rate limiter', methods)) {
      return rateLimit;
    }
    const known = this.#state.limiters.get(family);
    if (known !== undefined) return known;
    const limiter = this.#createLimiter(rateLimit);
    this.#state.limiters.set(family, limiter);
    return limiter;
  }

  #createLimiter(settings: RateLimitSettings): RateLimiter {
    // A limit is the state of one limiter, and settings make several.
    if ('requestLimits' in settings) {
      throw new ConfigurationError(
        '`rateLimit` takes no `requestLimits`, which belong to one limiter: pass createRateLimiter({ requestLimits }) to share it among all models.',
      );
    }
    const { clock, settle } = this.#options;
    return createRateLimiter({
      ...settings,
      margin: settings.margin ?? NETWORK_MARGIN_MS,
      clock: settings.clock ?? clock,
      settle: settings.settle ?? settle,
    });
  }
}

/**
 * Wrong settings should fail the making of a client, not its first call: makes what
 * they ask for, and throws it away. The defaults need no trial.
 *
 * @throws ConfigurationError for a setting that cannot be one.
 */
function checkSettings(options: ProtectionOptions): void {
  const { settings, clock, timeoutMs: attemptTimeout, totalTimeoutMs: totalTimeout } = options;
  const { maxRetries, retry, circuitBreaker, rateLimit } = settings;
  void new ResilienceOrchestrator({ attemptTimeout, totalTimeout, clock });
  if (maxRetries !== undefined) checkMaxRetries(maxRetries);
  if (retry === undefined && circuitBreaker === undefined && rateLimit === undefined) return;
  const trial = { ...options, onBreakerCreated: () => undefined };
  const unshared = createProtectionState({ concurrency: false }, clock);
  new ClientProtections(trial, unshared).find({
    endpoint: 'trial',
    model: undefined,
    maxRetries: undefined,
  });
}

/**
 * Makes the protections of one client. Each part is made for the first call that needs it.
 *
 * @throws ConfigurationError for a setting that cannot be one.
 */
export function createProtections(options: ProtectionOptions): ProtectionSource {
  checkSettings(options);
  const { settings, clock, state = createProtectionState(settings, clock) } = options;
  let protections: ClientProtections | undefined;
  return (call) => {
    protections ??= new ClientProtections(options, state);
    return protections.find(call);
  };
}
