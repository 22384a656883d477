import type {
  AttemptContext,
  BreakerPermit,
  BulkheadPermit,
  ExecutionOptions,
  Orchestrator,
} from '@integrations/types';
import type { CreateOrchestrator } from './execution-properties.test.support.ts';
import {
  breakerWith,
  bulkheadWith,
  copyOf,
  createReal,
  limiterWith,
  withBreaker,
  withCalls,
  withContext,
  withObserver,
  withParts,
  withPermits,
  withPlaces,
  withRatePermits,
  withRequests,
} from './interposed-parts.test.support.ts';

function without<T, K extends keyof T>(from: T, key: K): Omit<T, K> {
  const rest: Partial<T> = { ...from };
  delete rest[key];
  return rest as Omit<T, K>;
}

const nothing = (): void => undefined;
const keptForEver = (): Disposable => ({ [Symbol.dispose]: nothing });

/** Takes the permit when it should only look, and hands it over when it is asked for. */
const permitBeforeTheQueues = withBreaker((inner) => {
  const early: BreakerPermit[] = [];
  return {
    isOpen() {
      if (inner.isOpen()) return true;
      const answer = inner.tryAcquire();
      if (answer.allowed) early.push(answer);
      return !answer.allowed;
    },
    tryAcquire: () => early.shift() ?? inner.tryAcquire(),
  };
});

const placeFreedAtTheStop: CreateOrchestrator = (options) => {
  const { bulkhead, circuitBreaker } = options;
  if (bulkhead === undefined || circuitBreaker === undefined) return createReal(options);
  /** Places whose work has not begun. */
  const places: BulkheadPermit[] = [];
  const once = (place: BulkheadPermit): BulkheadPermit => {
    let isTaken = true;
    const changed: BulkheadPermit = {
      release(outcome) {
        if (!isTaken) return;
        isTaken = false;
        if (places.includes(changed)) places.splice(places.indexOf(changed), 1);
        place.release(outcome);
      },
    };
    places.push(changed);
    return changed;
  };
  const breaker = breakerWith(circuitBreaker, {
    tryAcquire() {
      const answer = circuitBreaker.tryAcquire();
      const place = answer.allowed ? places.shift() : undefined;
      if (!answer.allowed) return answer;
      const failure = (error: unknown): void => {
        answer.failure(error);
        place?.release({ error });
      };
      return { ...answer, failure };
    },
  });
  return createReal({
    ...options,
    bulkhead: bulkheadWith(bulkhead, once),
    circuitBreaker: breaker,
  });
};

/** The breaker hears of the work when it ends, whatever it was told when that was stopped. */
const lateResultReported: CreateOrchestrator = (options) => {
  const { circuitBreaker } = options;
  if (circuitBreaker === undefined) return createReal(options);
  let newest: BreakerPermit | undefined;
  const breaker = breakerWith(circuitBreaker, {
    tryAcquire() {
      const answer = circuitBreaker.tryAcquire();
      if (answer.allowed) newest = answer;
      return answer;
    },
  });
  const create = withCalls(({ operation }) => ({
    operation(attempt) {
      const permit = newest;
      const working = operation(attempt);
      const report = (): void => {
        if (attempt.signal?.aborted === true) permit?.success();
      };
      working.then(report).catch(nothing);
      return working;
    },
  }));
  return create({ ...options, circuitBreaker: breaker });
};

const lateSuccessResolves: CreateOrchestrator = (options) => {
  const inner = createReal(options);
  return {
    execute<T>(operation: (attempt: AttemptContext) => Promise<T>, call?: ExecutionOptions) {
      let working: Promise<T> | undefined;
      const running = inner.execute((attempt) => (working = operation(attempt)), call);
      return running.catch((error: unknown) =>
        working === undefined ? Promise.reject(error) : working.catch(() => Promise.reject(error)),
      );
    },
  };
};

const rawReason: CreateOrchestrator = (options) => {
  const inner = createReal(options);
  return {
    execute: (operation, call) =>
      inner.execute(operation, call).catch((error: unknown) => {
        throw call?.signal?.aborted === true ? call.signal.reason : error;
      }),
  };
};

/** What comes after the error of an observer keeps its rate permit. */
const faultOfObserverLeaks: CreateOrchestrator = (options) => {
  const { rateLimiter } = options;
  if (rateLimiter === undefined) return createReal(options);
  let leaks = false;
  const limiter = limiterWith(rateLimiter, (permit) => ({
    release() {
      if (!leaks) permit.release();
      leaks = false;
    },
  }));
  const create = withObserver((observer) => ({
    admitted(queue, waitedMs) {
      try {
        observer.admitted(queue, waitedMs);
      } catch (error) {
        leaks = true;
        throw error;
      }
    },
  }));
  return create({ ...options, rateLimiter: limiter });
};

/** Races attempts of which each is an execution of its own, that hears of no end. */
const losersRunOn: CreateOrchestrator = (options) => {
  const { retry, ...parts } = options;
  const inner: Orchestrator = createReal(parts);
  return {
    execute: (operation, call) =>
      retry === undefined
        ? inner.execute(operation, call)
        : retry.execute(({ attempt }) =>
            inner.execute((context) => operation({ ...copyOf(context), attempt }), call),
          ),
  };
};

/** Faults that an orchestrator may have, and orchestrators that have them. */
export const flawedOrchestrators: Readonly<Record<string, CreateOrchestrator>> = {
  'keeps the rate permit of work that never began': withRatePermits(() => ({ release: nothing })),
  'gives the rate permit of work that never began back twice': withRatePermits((permit) => ({
    release() {
      permit.release();
      permit.release();
    },
  })),
  'keeps the place of work that never began': withPlaces((place) => ({
    release: (outcome) => {
      if (outcome?.latencyMs !== undefined) place.release(outcome);
    },
  })),
  'keeps the place of work that has failed': withPlaces((place) => ({
    release: (outcome) => {
      if (outcome?.error === undefined) place.release(outcome);
    },
  })),
  'frees the place of work that was stopped and goes on': placeFreedAtTheStop,
  'frees the place of what is kept open': withContext(() => ({ keepOpen: keptForEver })),
  'keeps open what was disposed of': withContext(({ keepOpen }) => ({
    keepOpen() {
      keepOpen?.();
      return keptForEver();
    },
  })),
  "takes the breaker's permit before the queues": permitBeforeTheQueues,
  "keeps the breaker's permit of work that was aborted": withPermits(() => ({ ignore: nothing })),
  'never tells the breaker of a success': withPermits(() => ({ success: nothing })),
  'tells the breaker of an abort as of a failure': withPermits((permit) => ({
    ignore: () => permit.failure(),
  })),
  'tells the breaker of a timeout as of an abort': withPermits((permit) => ({
    failure: () => permit.ignore(),
  })),
  'does not look at the breaker first': withBreaker(() => ({ isOpen: () => false })),
  'tells the breaker of a late result once more': lateResultReported,
  'resolves with a late result': lateSuccessResolves,
  'rejects with the raw reason of an abort': rawReason,
  'tells the queues of no deadline': withRequests((request) => without(request, 'deadline')),
  'tells the queues of no signal': withRequests((request) => without(request, 'signal')),
  'charges no tokens': withCalls(({ options }) => ({
    options: without(options, 'cost'),
  })),
  'does not hear its caller abort': withCalls(({ options }) => ({
    options: without(options, 'signal'),
  })),
  'leaves a listener on the signal of its caller': withCalls(({ options }) => {
    options.signal?.addEventListener('abort', nothing);
    return {};
  }),
  'leaves its timer': withParts(({ clock }) =>
    clock === undefined
      ? {}
      : {
          clock: {
            now: () => clock.now(),
            epoch: () => clock.epoch(),
            sleep: (ms, signal) => clock.sleep(ms, signal),
            schedule(callback, ms) {
              clock.schedule(callback, ms);
              return keptForEver();
            },
          },
        },
  ),
  'has no attempt timeout': withCalls(({ options }) => ({
    options: { ...options, attemptTimeout: 0 },
  })),
  'has no total timeout': withCalls(({ options }) => ({
    options: { ...options, totalTimeout: 0 },
  })),
  'stops an attempt and does not abort its signal': withContext(() => ({
    signal: new AbortController().signal,
  })),
  'gives the work no rate permit': withContext(() => ({ permit: undefined })),
  'leaks what an attempt had when its observer threw': faultOfObserverLeaks,
  'goes on when its observer has thrown': withObserver((observer) => ({
    admitted(queue, waitedMs) {
      try {
        observer.admitted(queue, waitedMs);
      } catch {
        // That is the flaw.
      }
    },
  })),
  'tells an observer of no refusal': withObserver(() => ({ refused: nothing })),
  'tells an observer of no wait': withObserver(() => ({ waiting: nothing })),
  'lets the losers of a race run on': losersRunOn,
};
