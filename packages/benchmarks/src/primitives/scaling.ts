import type { BenchmarkCase, Subject } from '../suite.ts';
import { SteppingClock } from './stepping-clock.ts';

const operation = async (): Promise<number> => 1;

const MINUTE_MS = 60_000;

/** Joins a line at its end, and lets its head go: the line stays as long as it is. */
function turnOver<T>(waiting: Promise<T>[], join: () => Promise<T>, serve: () => void) {
  let head = 0;
  return async (): Promise<T> => {
    const joined = join();
    serve();
    const served = await (waiting[head] ?? joined);
    waiting[head] = joined;
    head = (head + 1) % waiting.length;
    return served;
  };
}

async function limiterLine(waiters: number): Promise<Subject> {
  const { createRateLimiter } = await import('@integrations/rate-limits');
  const clock = new SteppingClock();
  const limiter = createRateLimiter({ requestsPerMinute: 1, maxQueue: waiters + 1, clock });
  limiter.tryAcquire();
  const waiting = Array.from({ length: waiters }, () => limiter.acquire());
  return {
    call: turnOver(
      waiting,
      () => limiter.acquire(),
      () => clock.step(MINUTE_MS),
    ),
  };
}

async function semaphoreLine(waiters: number): Promise<Subject> {
  const { Semaphore } = await import('@integrations/rate-limits');
  const semaphore = new Semaphore({ limit: 1, maxQueue: waiters + 1 });
  let held = await semaphore.acquire();
  const waiting = Array.from({ length: waiters }, () => semaphore.acquire());
  const next = turnOver(
    waiting,
    () => semaphore.acquire(),
    () => held.release(),
  );
  return {
    call: async () => {
      held = await next();
      return held;
    },
  };
}

async function breakersByKey(keys: number): Promise<Subject> {
  const { createCircuitBreakers, protect } = await import('@integrations/circuit-breaker');
  const breakers = createCircuitBreakers({ maxBreakers: keys });
  const names = Array.from({ length: keys }, (_, index) => `api-${index}.example.com`);
  for (const name of names) breakers.get(name);
  let turn = 0;
  return {
    call: () => {
      turn = (turn + 1) % keys;
      return protect(breakers.get(names[turn] ?? ''), operation);
    },
  };
}

const count = (value: number): string => value.toLocaleString('en-US');

/** One joins the line and one leaves it, with so many in it all the time. */
export const lineScaling: readonly BenchmarkCase[] = [
  ...[1, 1000, 100_000].map((waiters) => ({
    name: `limiter line, ${count(waiters)} waiting`,
    by: 'ours',
    prepare: () => limiterLine(waiters),
  })),
  ...[1, 1000, 100_000].map((waiters) => ({
    name: `semaphore line, ${count(waiters)} waiting`,
    by: 'ours',
    prepare: () => semaphoreLine(waiters),
  })),
];

/** The keys take turns, so each call asks for the least recently used breaker. */
export const breakerScaling: readonly BenchmarkCase[] = [1, 100, 1000, 10_000].map((keys) => ({
  name: `breakers get and protect, ${count(keys)} ${keys === 1 ? 'key' : 'keys'}`,
  by: 'ours',
  prepare: () => breakersByKey(keys),
}));
