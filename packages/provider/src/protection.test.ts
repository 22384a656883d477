import { createCircuitBreaker } from '@integrations/circuit-breaker';
import { CircuitOpenError, ConfigurationError, ServerError } from '@integrations/errors';
import { createRateLimiter, Semaphore } from '@integrations/rate-limits';
import { createRetryExecutor, ExponentialBackoff, RetryBudget } from '@integrations/retry';
import {
  ManualClock,
  MockBulkhead,
  MockCircuitBreaker,
  MockRateLimiter,
  MockRetryExecutor,
} from '@integrations/testing';
import { noopLogger } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { failure } from './manual-response.test.support.ts';
import {
  createProtections,
  type Protection,
  type ProtectionOptions,
  type ProtectionSource,
} from './protection.ts';
import { createProtectionState } from './protection-state.ts';
import type { ResilienceClientOptions } from './resilience-options.ts';

interface Made {
  readonly find: ProtectionSource;
  readonly clock: ManualClock;
  readonly changes: string[];
}

function make(settings: ResilienceClientOptions = {}, over: Partial<ProtectionOptions> = {}): Made {
  const clock = new ManualClock();
  const changes: string[] = [];
  const find = createProtections({
    settings,
    timeoutMs: 1000,
    totalTimeoutMs: 0,
    clock,
    logger: noopLogger,
    modelFamily: (model) => model.split('@', 1)[0] ?? model,
    settle: 'neverBelowReserved',
    onBreakerCreated: () => undefined,
    onBreakerChange: (endpoint, { from, to }) => changes.push(`${endpoint}: ${from} > ${to}`),
    ...over,
  });
  return { find, clock, changes };
}

const CHAT = { endpoint: 'chat', model: 'm', maxRetries: undefined };

/** How many attempts a call makes that never succeeds. */
async function attempts({ find, clock }: Made, maxRetries?: number): Promise<number> {
  let made = 0;
  const failed = failure(
    find({ ...CHAT, maxRetries }).orchestrator.execute(async () => {
      made += 1;
      throw new ServerError('down');
    }),
  );
  await clock.runAll();
  expect(await failed).toBeInstanceOf(ServerError);
  return made;
}

async function call(protection: Protection, work: () => Promise<unknown>): Promise<unknown> {
  return protection.orchestrator.execute(work);
}

function down(): Promise<never> {
  return Promise.reject(new ServerError('down'));
}

describe('createProtections', () => {
  describe('retries', () => {
    it.each<[string, ResilienceClientOptions, number | undefined, number]>([
      ['are two by default', {}, undefined, 3],
      ['are as many as `maxRetries`', { maxRetries: 4 }, undefined, 5],
      ['may be none', { maxRetries: 0 }, undefined, 1],
      ['of a call go before those of the client', { maxRetries: 4 }, 1, 2],
      ['of a call may be none', { maxRetries: 4 }, 0, 1],
      ['are none with `retry: false`', { retry: false, maxRetries: 4 }, 3, 1],
      [
        'stop when the budget is spent',
        { retry: { budget: new RetryBudget({ capacity: 14 }) }, maxRetries: 4 },
        undefined,
        2,
      ],
    ])('%s', async (_name, settings, ofCall, expected) => {
      expect(await attempts(make({ circuitBreaker: false, ...settings }), ofCall)).toBe(expected);
    });

    it('share one budget, whatever the endpoint, the model and the number of retries', async () => {
      const budget = new RetryBudget({ capacity: 14 * 3 });
      const made = make({ retry: { budget }, circuitBreaker: false });
      expect(await attempts(made)).toBe(3);
      expect(await attempts(made, 5)).toBe(2);
      expect(budget.available).toBe(0);
    });

    it('have a budget of their own where none is given', async () => {
      const made = make({ maxRetries: 10_000, circuitBreaker: false });
      expect(await attempts(made)).toBe(1 + Math.floor(500 / 14));
      expect(await attempts(made, 5)).toBe(1);
      expect(await attempts(make({ circuitBreaker: false }))).toBe(3);
    });

    it('are the business of an own executor', async () => {
      const retry = new MockRetryExecutor({ retries: 6 });
      const made = make({ retry, maxRetries: 1, circuitBreaker: false });
      expect(await attempts(made, 2)).toBe(7);
      expect(retry.executions).toHaveLength(1);
    });

    it('wait as the settings say, and tell listeners', async () => {
      const delays: number[] = [];
      const made = make({
        retry: {
          jitter: 'none',
          initialDelay: 10,
          factor: 3,
          onRetry: ({ delayMs }) => delays.push(delayMs),
        },
      });
      expect(await attempts(made)).toBe(3);
      expect(delays).toEqual([10, 30]);
    });
  });

  describe('a circuit breaker', () => {
    it('is one for each endpoint, and shared by its models', async () => {
      const made = make({ retry: false, circuitBreaker: { failureThreshold: 2 } });
      const chat = made.find(CHAT);
      expect(made.find({ ...CHAT, model: 'other' }).circuitBreaker).toBe(chat.circuitBreaker);
      expect(made.find({ ...CHAT, maxRetries: 7 }).circuitBreaker).toBe(chat.circuitBreaker);
      const models = made.find({ ...CHAT, endpoint: 'models' });
      expect(models.circuitBreaker).not.toBe(chat.circuitBreaker);
      await failure(call(chat, down));
      await failure(call(chat, down));
      expect(await failure(call(chat, down))).toBeInstanceOf(CircuitOpenError);
      expect(await call(models, async () => 'served')).toBe('served');
      expect(made.changes).toEqual(['chat: closed > open']);
    });

    it('tells of every change', async () => {
      const made = make({
        retry: false,
        circuitBreaker: { failureThreshold: 1, openDuration: 50, successThreshold: 1 },
      });
      await failure(call(made.find(CHAT), down));
      await made.clock.advance(50);
      await call(made.find(CHAT), async () => 'up');
      expect(made.changes).toEqual([
        'chat: closed > open',
        'chat: open > half_open',
        'chat: half_open > closed',
      ]);
    });

    it('waits for its probes longer than an attempt may take', async () => {
      const made = make(
        {
          retry: false,
          circuitBreaker: { failureThreshold: 1, openDuration: 50, successThreshold: 1 },
        },
        { timeoutMs: 300_000 },
      );
      const { circuitBreaker, orchestrator } = made.find(CHAT);
      await failure(orchestrator.execute(down));
      await made.clock.advance(50);
      const slow = orchestrator.execute(() => made.clock.sleep(290_000));
      await made.clock.advance(290_000);
      await slow;
      expect(circuitBreaker?.state).toBe('closed');
    });

    it('may be an own one for all, or none', () => {
      const circuitBreaker = new MockCircuitBreaker();
      const own = make({ circuitBreaker });
      expect(own.find(CHAT).circuitBreaker).toBe(circuitBreaker);
      expect(own.find({ ...CHAT, endpoint: 'models' }).circuitBreaker).toBe(circuitBreaker);
      expect(circuitBreaker.permits).toEqual([]);
      const real = createCircuitBreaker();
      expect(make({ circuitBreaker: real }).find(CHAT).circuitBreaker).toBe(real);
      expect(make({ circuitBreaker: false }).find(CHAT).circuitBreaker).toBeUndefined();
    });
  });

  describe('a rate limiter', () => {
    it('is one for each family of models', () => {
      const { find } = make();
      const first = find({ ...CHAT, model: 'large@1' }).rateLimiter;
      expect(first).toBeDefined();
      expect(find({ ...CHAT, endpoint: 'other', model: 'large@2' }).rateLimiter).toBe(first);
      expect(find({ ...CHAT, model: 'small' }).rateLimiter).not.toBe(first);
      expect(find({ ...CHAT, model: undefined }).rateLimiter).not.toBe(first);
    });

    it('has the settings of the client and the rule of the provider', async () => {
      const { find } = make({ rateLimit: { tokensPerMinute: 100 } });
      const limiter = find(CHAT).rateLimiter;
      limiter?.tryAcquire({ tokens: 80 })?.settle({ tokens: 10 });
      expect(limiter?.available()).toEqual({ requests: Infinity, tokens: 20 });
    });

    it('keeps the rule and the clock where a setting says undefined', async () => {
      const unset = { tokensPerMinute: 100, settle: undefined, clock: undefined } as object;
      const { find, clock } = make({ rateLimit: unset });
      const limiter = find(CHAT).rateLimiter;
      limiter?.tryAcquire({ tokens: 80 })?.settle({ tokens: 10 });
      expect(limiter?.available().tokens).toBe(20);
      await clock.advance(60_249);
      expect(limiter?.available().tokens).toBe(20);
      // A minute, and the margin for the network.
      await clock.advance(1);
      expect(limiter?.available().tokens).toBe(100);
    });

    it('is shared by the families beyond the first 500', () => {
      const { find } = make();
      const limiters = new Set(
        Array.from({ length: 2000 }, (_, n) => find({ ...CHAT, model: `m${n}` }).rateLimiter),
      );
      expect(limiters.size).toBe(500);
      const last = find({ ...CHAT, model: 'm1999' }).rateLimiter;
      expect(find({ ...CHAT, model: 'm1998' }).rateLimiter).toBe(last);
      expect(find({ ...CHAT, model: 'm0' }).rateLimiter).not.toBe(last);
    });

    it('may be an own one for all, or none', () => {
      const rateLimit = new MockRateLimiter();
      const own = make({ rateLimit });
      expect(own.find(CHAT).rateLimiter).toBe(rateLimit);
      expect(own.find({ ...CHAT, model: 'other' }).rateLimiter).toBe(rateLimit);
      expect(rateLimit.requests).toEqual([]);
      expect(make({ rateLimit: false }).find(CHAT).rateLimiter).toBeUndefined();
    });
  });

  describe('concurrency', () => {
    it('is shared by all calls of the client', async () => {
      const made = make({ concurrency: 1 });
      const order: string[] = [];
      const first = call(made.find(CHAT), async () => {
        order.push('first');
        await made.clock.sleep(10);
        order.push('first is done');
      });
      const second = call(made.find({ ...CHAT, endpoint: 'models', model: 'x' }), async () =>
        order.push('second'),
      );
      await made.clock.advance(10);
      await Promise.all([first, second]);
      expect(order).toEqual(['first', 'first is done', 'second']);
    });

    it('may be an own bulkhead', async () => {
      const concurrency = new MockBulkhead();
      await call(make({ concurrency }).find(CHAT), async () => 'done');
      expect(concurrency.permits).toHaveLength(1);
      expect(concurrency.inFlight).toBe(0);
      const semaphore = new Semaphore({ limit: 1 });
      expect(
        await call(make({ concurrency: semaphore }).find(CHAT), async () => semaphore.active),
      ).toBe(1);
    });

    it.each([undefined, false] as const)('is not bounded with %s', async (concurrency) => {
      const made = make({ concurrency });
      let most = 0;
      await Promise.all(
        Array.from({ length: 50 }, () => call(made.find(CHAT), async () => (most += 1))),
      );
      expect(most).toBe(50);
    });
  });

  it.each<[string, object]>([
    ['maxRetries', { maxRetries: -1 }],
    ['maxRetries', { maxRetries: 1.5 }],
    ['maxRetries', { maxRetries: '2' }],
    ['maxRetries', { maxRetries: Infinity }],
    ['retry', { retry: null }],
    ['retry', { retry: true }],
    ['retry', { retry: new ExponentialBackoff() }],
    ['jitter', { retry: { jitter: 'some' } }],
    ['initialDelay', { retry: { initialDelay: -1 } }],
    ['maxRetryAfter', { retry: { maxRetryAfter: 'soon' } }],
    ['circuitBreaker', { circuitBreaker: 'on' }],
    ['circuitBreaker', { circuitBreaker: null }],
    ['circuitBreaker', { circuitBreaker: createRateLimiter() }],
    ['failureThreshold', { circuitBreaker: { failureThreshold: 0 } }],
    ['openDuration', { circuitBreaker: { openDuration: 'soon' } }],
    ['rateLimit', { rateLimit: true }],
    ['rateLimit', { rateLimit: new Semaphore({ limit: 1 }) }],
    ['requestLimits', { rateLimit: { requestLimits: [] } }],
    ['requestsPerMinute', { rateLimit: { requestsPerMinute: 0 } }],
    ['tokensPerMinute', { rateLimit: { tokensPerMinute: 1.5 } }],
    ['concurrency', { concurrency: 0 }],
    ['concurrency', { concurrency: '8' }],
    ['concurrency', { concurrency: {} }],
    ['concurrency', { concurrency: { acquire: () => undefined } }],
    ['concurrency', { concurrency: true }],
  ])('names `%s` when the client is made with %o', (option, settings) => {
    expect(() => make(settings)).toThrow(ConfigurationError);
    expect(() => make(settings)).toThrow(new RegExp(`\\b${option}\\b`));
  });

  it.each([
    ['attemptTimeout', { timeoutMs: Number.NaN }],
    ['totalTimeout', { totalTimeoutMs: -1 }],
  ])('names `%s` when the client is made with %o', (option, over) => {
    expect(() => make({}, over)).toThrow(ConfigurationError);
    expect(() => make({}, over)).toThrow(new RegExp(`\\b${option}\\b`));
  });

  it('takes the longest timeout there is', async () => {
    const { find } = make({}, { timeoutMs: Number.MAX_VALUE });
    await expect(call(find(CHAT), async () => 'done')).resolves.toBe('done');
  });

  it.each<[string, ResilienceClientOptions]>([
    ['defaults', {}],
    ['settings', { retry: {}, circuitBreaker: {}, rateLimit: {} }],
  ])('tries %s out without a trace, and makes nothing before the first call', (_what, settings) => {
    const state = createProtectionState(settings, new ManualClock());
    const created: string[] = [];
    const onBreakerCreated = (endpoint: string): unknown => created.push(endpoint);
    const { find } = make(settings, { state, onBreakerCreated });
    expect([...state.breakers.keys(), ...state.limiters.keys(), ...created]).toEqual([]);
    const { circuitBreaker, rateLimiter } = find(CHAT);
    expect([...state.breakers]).toEqual([['chat', circuitBreaker]]);
    expect([...state.limiters]).toEqual([['m', rateLimiter]]);
    expect(created).toEqual(['chat']);
  });

  it.each([-1, 0.5, Number.NaN])('refuses a call with `maxRetries: %d`', (maxRetries) => {
    const { find } = make();
    expect(() => find({ ...CHAT, maxRetries })).toThrow(/`maxRetries`/);
  });

  it('takes an executor that was made of a policy', async () => {
    const clock = new ManualClock();
    const retry = createRetryExecutor(new ExponentialBackoff({ maxAttempts: 2 }), { clock });
    const { find } = make({ retry }, { clock });
    expect(await attempts({ find, clock, changes: [] })).toBe(2);
  });

  it('serves any number of retries', async () => {
    const { find } = make();
    for (let maxRetries = 0; maxRetries < 1200; maxRetries += 1) {
      expect(await call(find({ ...CHAT, maxRetries }), async () => maxRetries)).toBe(maxRetries);
    }
  });
});
