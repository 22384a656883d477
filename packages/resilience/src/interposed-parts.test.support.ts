import type {
  AttemptContext,
  AttemptObserver,
  BreakerPermit,
  Bulkhead,
  BulkheadPermit,
  BulkheadRequest,
  CircuitBreaker,
  ExecutionOptions,
  RateLimiter,
  RateLimitPermit,
} from '@integrations/types';
import type { CreateOrchestrator } from './execution-properties.test.support.ts';
import { ResilienceOrchestrator, type ResilienceOptions } from './resilience-orchestrator.ts';

export const createReal: CreateOrchestrator = (options) => new ResilienceOrchestrator(options);

/** A real orchestrator that sees other parts than it was given. */
export function withParts(
  change: (options: ResilienceOptions) => Partial<ResilienceOptions>,
): CreateOrchestrator {
  return (options) => createReal({ ...options, ...change(options) });
}

/** A real orchestrator that is given other work and options than its caller wants. */
export function withCalls(
  change: (call: {
    readonly operation: (attempt: AttemptContext) => Promise<unknown>;
    readonly options: ExecutionOptions;
  }) => {
    readonly operation?: (attempt: AttemptContext) => Promise<unknown>;
    readonly options?: ExecutionOptions;
  },
): CreateOrchestrator {
  return (parts) => {
    const inner = createReal(parts);
    return {
      execute<T>(operation: (attempt: AttemptContext) => Promise<T>, options = {}): Promise<T> {
        const changed = change({ operation, options });
        return inner.execute(
          (changed.operation ?? operation) as typeof operation,
          changed.options ?? options,
        );
      },
    };
  };
}

export function breakerWith(
  inner: CircuitBreaker,
  changes: Partial<Omit<CircuitBreaker, 'state'>>,
): CircuitBreaker {
  return {
    get state() {
      return inner.state;
    },
    isOpen: () => inner.isOpen(),
    tryAcquire: () => inner.tryAcquire(),
    recordSuccess: () => inner.recordSuccess(),
    recordFailure: (error) => inner.recordFailure(error),
    reset: () => inner.reset(),
    ...changes,
  };
}

export function withBreaker(
  change: (inner: CircuitBreaker) => Partial<Omit<CircuitBreaker, 'state'>>,
): CreateOrchestrator {
  return withParts(({ circuitBreaker }) =>
    circuitBreaker === undefined
      ? {}
      : { circuitBreaker: breakerWith(circuitBreaker, change(circuitBreaker)) },
  );
}

export function withPermits(
  change: (permit: BreakerPermit) => Partial<BreakerPermit>,
): CreateOrchestrator {
  return withBreaker((inner) => ({
    tryAcquire() {
      const answer = inner.tryAcquire();
      return answer.allowed ? { ...answer, ...change(answer) } : answer;
    },
  }));
}

export function limiterWith(
  inner: RateLimiter,
  change: (permit: RateLimitPermit) => Partial<RateLimitPermit>,
): RateLimiter {
  const changed = (permit: RateLimitPermit): RateLimitPermit => ({ ...permit, ...change(permit) });
  return {
    ...inner,
    acquire: async (request) => changed(await inner.acquire(request)),
    tryAcquire(request) {
      const permit = inner.tryAcquire(request);
      return permit === undefined ? undefined : changed(permit);
    },
  };
}

export function withRatePermits(
  change: (permit: RateLimitPermit) => Partial<RateLimitPermit>,
): CreateOrchestrator {
  return withParts(({ rateLimiter }) =>
    rateLimiter === undefined ? {} : { rateLimiter: limiterWith(rateLimiter, change) },
  );
}

export function bulkheadWith(
  inner: Bulkhead,
  change: (place: BulkheadPermit) => BulkheadPermit,
): Bulkhead {
  return {
    acquire: async (request) => change(await inner.acquire(request)),
    tryAcquire() {
      const place = inner.tryAcquire();
      return place === undefined ? undefined : change(place);
    },
  };
}

export function withPlaces(change: (place: BulkheadPermit) => BulkheadPermit): CreateOrchestrator {
  return withParts(({ bulkhead }) =>
    bulkhead === undefined ? {} : { bulkhead: bulkheadWith(bulkhead, change) },
  );
}

/** Changes what the lines are told of those who wait. */
export function withRequests(
  change: (request: BulkheadRequest) => BulkheadRequest,
): CreateOrchestrator {
  return withParts(({ rateLimiter, bulkhead }) => ({
    ...(rateLimiter && {
      rateLimiter: {
        ...rateLimiter,
        acquire: (request = {}) => rateLimiter.acquire(change(request)),
      },
    }),
    ...(bulkhead && {
      bulkhead: { ...bulkhead, acquire: (request = {}) => bulkhead.acquire(change(request)) },
    }),
  }));
}

/** A copy, since an attempt's own fields are not all enumerable. */
export function copyOf({ attempt, signal, permit, keepOpen }: AttemptContext): AttemptContext {
  return { attempt, permit, ...(signal && { signal }), ...(keepOpen && { keepOpen }) };
}

/** Changes what the work is given. */
export function withContext(
  change: (attempt: AttemptContext) => Partial<AttemptContext>,
): CreateOrchestrator {
  return withCalls(({ operation }) => ({
    operation: (attempt) => operation({ ...copyOf(attempt), ...change(attempt) }),
  }));
}

export function withObserver(
  change: (observer: AttemptObserver) => Partial<AttemptObserver>,
): CreateOrchestrator {
  return withCalls(({ options }) => {
    const { observe } = options;
    if (observe === undefined) return {};
    const changed = (attempt: number): AttemptObserver => {
      const observer = observe(attempt);
      return {
        breakerChecked: (state, allowed) => observer.breakerChecked(state, allowed),
        waiting: (queue) => observer.waiting(queue),
        admitted: (queue, waitedMs) => observer.admitted(queue, waitedMs),
        refused: (queue, error) => observer.refused(queue, error),
        ...change(observer),
      };
    };
    return { options: { ...options, observe: changed } };
  });
}
