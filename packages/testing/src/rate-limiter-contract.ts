import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Clock, RateLimiter, RateLimitPermit, RateLimitRequest } from '@integrations/types';
import {
  abortedAlready,
  assertAbortsAtOnce,
  assertNoListener,
  prepareAbort,
} from './abort-checks.ts';
import { type ContractCase, describeContract } from './contract.ts';
import { timedContract, type TimedContractOptions, type TimedTrial } from './contract-clock.ts';
import { type Watched, watch } from './watched.ts';

/** What `create` must set a limiter to. At least 20 calls must be able to wait, without a time limit. */
export interface RateLimiterContractSettings {
  /** Requests a minute, all of which may be made at once. */
  readonly requestsPerMinute: number;
  /** Tokens a minute, all of which may be taken at once. */
  readonly tokensPerMinute: number;
  /** The time it must go by. */
  readonly clock: Clock;
}

/** Options of `describeRateLimiterContract`. */
export type RateLimiterContractOptions = TimedContractOptions<
  RateLimiterContractSettings,
  RateLimiter
>;

type LimiterCase = ContractCase<TimedTrial<RateLimiter>>;

const REQUESTS = 4;
const TOKENS = 100;
const MINUTE_MS = 60_000;

function take(limiter: RateLimiter, request: RateLimitRequest, why: string): RateLimitPermit {
  const permit = limiter.tryAcquire(request);
  if (permit === undefined) throw new Error(`${why}; tryAcquire() gave no permit`);
  return permit;
}

/** Takes all requests of the minute. */
function exhaust(limiter: RateLimiter): RateLimitPermit[] {
  return Array.from({ length: REQUESTS }, () => take(limiter, {}, 'the limit allows the call'));
}

function assertRefused(limiter: RateLimiter, request: RateLimitRequest, why: string): void {
  equal(limiter.tryAcquire(request), undefined, why);
}

function assertAvailable(
  limiter: RateLimiter,
  expected: { readonly requests?: number; readonly tokens?: number },
  when: string,
): void {
  const actual = limiter.available();
  for (const what of ['requests', 'tokens'] as const) {
    const count = expected[what];
    if (count === undefined) continue;
    equal(actual[what], count, `available() has ${actual[what]} ${what}, not ${count}, ${when}`);
  }
}

function waitingFor(limiter: RateLimiter, request?: RateLimitRequest): Watched<RateLimitPermit> {
  return watch(() => limiter.acquire(request));
}

async function mustAllWait(waiting: readonly Watched<unknown>[]): Promise<void> {
  for (const waiter of waiting) await waiter.mustWait('acquire() should wait beyond the limit');
}

const limitCases: readonly LimiterCase[] = [
  {
    promise: 'no more requests are let through than the limit allows',
    check: async ({ subject: limiter, clock }) => {
      exhaust(limiter);
      assertRefused(limiter, {}, `request ${REQUESTS + 1} of one moment was let through`);
      await clock.advance(MINUTE_MS + 1);
      take(limiter, {}, 'a minute later there should be room again');
    },
  },
  {
    promise: 'no more tokens are let through than the limit allows',
    check: async ({ subject: limiter, clock }) => {
      take(limiter, { tokens: 60 }, 'the limits allow the call');
      assertRefused(limiter, { tokens: 60 }, `120 of ${TOKENS} tokens were let through at once`);
      take(limiter, { tokens: 40 }, 'the limits allow the rest of the tokens');
      await clock.advance(MINUTE_MS + 1);
      take(limiter, { tokens: 60 }, 'a minute later there should be room again');
    },
  },
  {
    promise: 'available() says what may be taken at this moment',
    check: ({ subject: limiter }) => {
      assertAvailable(limiter, { requests: REQUESTS, tokens: TOKENS }, 'at first');
      take(limiter, { tokens: 30 }, 'the limits allow the call');
      assertAvailable(limiter, { requests: REQUESTS - 1, tokens: 70 }, 'after a call of 30 tokens');
    },
  },
  {
    promise: 'a call takes from all limits together or from none',
    check: async ({ subject: limiter }) => {
      take(limiter, { tokens: 90 }, 'the limits allow the call');
      assertRefused(limiter, { tokens: 20 }, '110 tokens were let through at once');
      assertAvailable(limiter, { requests: REQUESTS - 1, tokens: 10 }, 'after a call was refused');
      const { signal, abort } = prepareAbort();
      const waiter = waitingFor(limiter, { tokens: 20, signal });
      await mustAllWait([waiter]);
      abort();
      await waiter.reason('an abort should end the wait');
      assertAvailable(limiter, { requests: REQUESTS - 1, tokens: 10 }, 'after a wait was aborted');
    },
  },
  {
    promise: 'a call that finds no request left takes no tokens',
    check: ({ subject: limiter }) => {
      exhaust(limiter);
      assertRefused(limiter, { tokens: 10 }, 'a request beyond the limit was let through');
      assertAvailable(limiter, { tokens: TOKENS }, 'after a call without tokens was refused');
    },
  },
];

const permitCases: readonly LimiterCase[] = [
  {
    promise: 'release() gives back what was taken, once',
    check: ({ subject: limiter }) => {
      take(limiter, { tokens: 10 }, 'the limits allow the call');
      const permit = take(limiter, { tokens: 50 }, 'the limits allow the call');
      permit.release();
      permit.release();
      assertAvailable(limiter, { requests: REQUESTS - 1, tokens: 90 }, 'after two release()');
      for (let left = REQUESTS - 1; left > 0; left -= 1) take(limiter, {}, 'there is room');
      assertRefused(limiter, {}, 'one permit released twice let two calls through');
    },
  },
  {
    promise: 'settle() replaces the estimate by what was used, less or more',
    check: ({ subject: limiter }) => {
      const permit = take(limiter, { tokens: 50 }, 'the limits allow the call');
      permit.settle({ tokens: 20 });
      assertAvailable(limiter, { requests: REQUESTS - 1, tokens: 80 }, 'after settling 50 to 20');
      const other = take(limiter, { tokens: 10 }, 'the limits allow the call');
      other.settle({ tokens: 40 });
      assertAvailable(limiter, { requests: REQUESTS - 2, tokens: 40 }, 'after settling 10 to 40');
    },
  },
  {
    promise: 'what release() gives back goes to who waits',
    check: async ({ subject: limiter }) => {
      const [first] = exhaust(limiter);
      const waiter = waitingFor(limiter);
      await mustAllWait([waiter]);
      first?.release();
      await waiter.value('a released permit should let the next call through');
    },
  },
];

const lineCases: readonly LimiterCase[] = [
  {
    promise: 'acquire() waits for room, and no longer',
    check: async ({ subject: limiter, clock }) => {
      for (let call = 0; call < REQUESTS; call += 1) {
        await waitingFor(limiter).value('a call within the limit should not wait');
      }
      const waiter = waitingFor(limiter);
      await mustAllWait([waiter]);
      await clock.advance(MINUTE_MS + 1);
      await waiter.value('acquire() should be through once a minute has passed');
    },
  },
  {
    promise: 'who waits is served in order of arrival',
    check: async ({ subject: limiter, clock }) => {
      exhaust(limiter);
      const turns: number[] = [];
      const waiting = [1, 2, 3].map((turn) =>
        watch(async () => {
          await limiter.acquire();
          turns.push(turn);
        }),
      );
      await mustAllWait(waiting);
      await clock.advance(MINUTE_MS + 1);
      for (const waiter of waiting) await waiter.value('everybody should be through in a minute');
      deepEqual(turns, [1, 2, 3], `they were served as ${turns.join(', ')}`);
    },
  },
  {
    promise: 'a higher priority goes first',
    check: async ({ subject: limiter }) => {
      const [first] = exhaust(limiter);
      const low = waitingFor(limiter, { priority: 0 });
      const high = waitingFor(limiter, { priority: 10 });
      await mustAllWait([low, high]);
      first?.release();
      await high.value('the permit should go to the higher priority');
      await low.mustWait('the lower priority should go on waiting');
    },
  },
  {
    promise: 'waiting is over when the deadline has passed, and takes nothing',
    check: async ({ subject: limiter, clock }) => {
      const [first] = exhaust(limiter);
      const waiter = waitingFor(limiter, { deadline: clock.now() + 1000 });
      await clock.advance(1001);
      await waiter.reason('acquire() should reject once its deadline has passed');
      first?.release();
      take(limiter, {}, 'the freed permit should not have gone to who gave up');
    },
  },
];

const abortCases: readonly LimiterCase[] = [
  {
    promise: 'an abort rejects a waiting acquire() at once with the reason, and leaves no listener',
    check: async ({ subject: limiter }) => {
      exhaust(limiter);
      const abort = prepareAbort();
      await assertAbortsAtOnce(waitingFor(limiter, { signal: abort.signal }), abort);
    },
  },
  {
    promise: 'an aborted signal rejects acquire() with the reason, and takes nothing',
    check: async ({ subject: limiter }) => {
      const { signal, reason } = abortedAlready();
      const waiter = waitingFor(limiter, { tokens: 10, signal });
      const error = await waiter.reason('acquire() should reject when its signal is aborted');
      ok(error === reason, `it was rejected with ${String(error)}, not with the signal's reason`);
      assertAvailable(limiter, { requests: REQUESTS, tokens: TOKENS }, 'after a call not made');
    },
  },
  {
    promise: 'who was aborted takes nothing from those behind',
    check: async ({ subject: limiter }) => {
      const [first] = exhaust(limiter);
      const gone = prepareAbort();
      const aborted = waitingFor(limiter, { signal: gone.signal });
      const next = waitingFor(limiter);
      await assertAbortsAtOnce(aborted, gone);
      first?.release();
      await next.value('the permit should go to the next in line');
    },
  },
  {
    promise: 'no listener is left on the signal once the permit is given',
    check: async ({ subject: limiter }) => {
      const { signal } = prepareAbort();
      const [, ...others] = await Promise.all(
        Array.from({ length: REQUESTS }, () => limiter.acquire({ signal })),
      );
      assertNoListener(signal, 'after permits were given at once');
      const waiter = waitingFor(limiter, { signal });
      await mustAllWait([waiter]);
      others[0]?.release();
      await waiter.value('a released permit should let the next call through');
      assertNoListener(signal, 'after a permit was given to who waited');
    },
  },
];

const observedCases: readonly LimiterCase[] = [
  {
    promise: 'a silence that the server asked for is kept, and ends',
    check: async ({ subject: limiter, clock }) => {
      limiter.updateLimits({ retryAfterMs: 10_000 });
      assertRefused(limiter, {}, 'a call was let through within the retryAfterMs of a response');
      const waiter = waitingFor(limiter);
      await waiter.mustWait('acquire() should wait for the silence to end');
      await clock.advance(10_001);
      await waiter.value('acquire() should be through once the silence is over');
    },
  },
  {
    promise: 'what a response says is used up is not given out',
    check: async ({ subject: limiter, clock }) => {
      limiter.updateLimits({
        requests: { limit: REQUESTS, remaining: 0, resetMs: MINUTE_MS },
        sentAt: clock.now(),
      });
      assertRefused(limiter, {}, 'a call was let through though a response said 0 remaining');
      await clock.advance(MINUTE_MS + 1);
      take(limiter, {}, 'there should be room after resetMs');
    },
  },
  {
    promise: 'the answer to an older request does not replace that to a newer one',
    check: async ({ subject: limiter, clock }) => {
      const limits = { limit: REQUESTS, resetMs: MINUTE_MS };
      await clock.advance(20);
      const sentAt = clock.now();
      limiter.updateLimits({ requests: { ...limits, remaining: 0 }, sentAt });
      limiter.updateLimits({ requests: { ...limits, remaining: REQUESTS }, sentAt: sentAt - 10 });
      assertRefused(limiter, {}, 'an answer that came late, to an older request, was believed');
    },
  },
];

/**
 * Checks what `RateLimiter` promises: limits that hold, calls that take from all of
 * them or none, permits that count once, a fair line, waiting that ends by abort or
 * deadline, and limits learned from responses.
 */
export function describeRateLimiterContract(options: RateLimiterContractOptions): void {
  const cases = [...limitCases, ...permitCases, ...lineCases, ...abortCases, ...observedCases];
  const settings = { requestsPerMinute: REQUESTS, tokensPerMinute: TOKENS };
  describeContract(options, timedContract('RateLimiter', options, settings, cases));
}
