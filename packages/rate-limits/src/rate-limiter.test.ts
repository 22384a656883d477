import { execFileSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import {
  AttemptTimeoutError,
  ConfigurationError,
  DeadlineError,
  QueueFullError,
  QuotaExhaustedError,
  ValidationError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import { type Clock, systemClock } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { Gcra } from './gcra.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { SlidingWindow } from './sliding-window.ts';

/** Notes in which order calls are served, and what the others fail with. */
function recorder(): {
  served: string[];
  failed: Map<string, unknown>;
  follow: (name: string, permit: Promise<unknown>) => void;
} {
  const served: string[] = [];
  const failed = new Map<string, unknown>();
  return {
    served,
    failed,
    follow: (name, permit) =>
      void permit.then(
        () => served.push(name),
        (error: unknown) => failed.set(name, error),
      ),
  };
}

describe('createRateLimiter', () => {
  it('takes requests and tokens together, or neither', () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 3, tokensPerMinute: 100, clock });
    expect(limiter.tryAcquire({ tokens: 80 })).toBeDefined();
    expect(limiter.tryAcquire({ tokens: 30 })).toBeUndefined();
    expect(limiter.available()).toEqual({ requests: 2, tokens: 20 });
  });

  it('lets everything through, and starts no timer, without limits', () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ clock });
    for (let call = 0; call < 5000; call += 1) {
      expect(limiter.tryAcquire({ tokens: 1e6 })).toBeDefined();
    }
    expect(limiter.available()).toEqual({ requests: Infinity, tokens: Infinity });
    expect(clock.pending).toBe(0);
  });

  it('serves a line in order, with one timer, and with none when it is empty', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 1, clock });
    const { served, follow } = recorder();
    for (const name of ['a', 'b', 'c']) follow(name, limiter.acquire());
    await clock.advance(0);
    expect([served, clock.pending, clock.nextAt]).toEqual([['a'], 1, 60_000]);
    await clock.advance(60_000);
    expect([served, clock.pending]).toEqual([['a', 'b'], 1]);
    await clock.advance(60_000);
    expect([served, clock.pending]).toEqual([['a', 'b', 'c'], 0]);
  });

  it('lets a small call wait behind a large one that came first', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ tokensPerMinute: 100, clock });
    const { served, follow } = recorder();
    follow('first', limiter.acquire({ tokens: 60 }));
    follow('large', limiter.acquire({ tokens: 90 }));
    follow('small', limiter.acquire({ tokens: 10 }));
    await clock.advance(59_999);
    expect(served).toEqual(['first']);
    expect(limiter.tryAcquire({ tokens: 1 })).toBeUndefined();
    await clock.advance(1);
    expect(served).toEqual(['first', 'large', 'small']);
  });

  it('serves who stood behind a call that gave up', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ tokensPerMinute: 100, clock });
    const { served, failed, follow } = recorder();
    const controller = new AbortController();
    follow('first', limiter.acquire({ tokens: 60 }));
    follow('large', limiter.acquire({ tokens: 90, signal: controller.signal }));
    follow('small', limiter.acquire({ tokens: 10, signal: new AbortController().signal }));
    await clock.advance(0);
    const reason = new AttemptTimeoutError('too slow');
    controller.abort(reason);
    await clock.advance(0);
    expect(served).toEqual(['first', 'small']);
    expect(failed.get('large')).toBe(reason);
    expect(clock.pending).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('rejects at once for a signal that is aborted already, and listens no longer than it waits', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 1, clock });
    await expect(limiter.acquire({ signal: AbortSignal.abort('enough') })).rejects.toMatchObject({
      code: 'aborted',
      cause: 'enough',
    });
    expect(limiter.available().requests).toBe(1);
    const { signal } = new AbortController();
    await limiter.acquire({ signal });
    const waits = [limiter.acquire({ signal }), limiter.acquire({ signal })];
    await clock.advance(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await clock.advance(120_000);
    await Promise.all(waits);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('turns away what exceeds the queue, at once', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 1, maxQueue: 1, clock });
    const { served, follow } = recorder();
    follow('a', limiter.acquire());
    follow('b', limiter.acquire());
    await expect(limiter.acquire()).rejects.toBeInstanceOf(QueueFullError);
    await clock.advance(60_000);
    expect(served).toEqual(['a', 'b']);
  });

  it('says at once why a call can never be made', async () => {
    const limiter = createRateLimiter({ tokensPerMinute: 100, clock: new ManualClock() });
    await expect(limiter.acquire({ tokens: 101 })).rejects.toThrow(
      /needs 101 tokens at once, and the limit is 100/,
    );
    await expect(limiter.acquire({ tokens: 101 })).rejects.toBeInstanceOf(ValidationError);
    expect(() => limiter.tryAcquire({ tokens: 101 })).toThrow(ValidationError);
  });

  it.each([{ tokens: -1 }, { tokens: 0.5 }, { tokens: Number.NaN }, { priority: Number.NaN }])(
    'refuses %o',
    async (request) => {
      const limiter = createRateLimiter({ requestsPerMinute: 1, clock: new ManualClock() });
      await expect(limiter.acquire(request)).rejects.toBeInstanceOf(ValidationError);
      expect(limiter.available().requests).toBe(1);
    },
  );

  it('refuses a deadline that is no number', async () => {
    const limiter = createRateLimiter({ requestsPerMinute: 1, clock: new ManualClock() });
    await limiter.acquire();
    await expect(limiter.acquire({ deadline: Number.NaN })).rejects.toBeInstanceOf(ValidationError);
  });

  it('rejects at once when the wait is known to outlast the deadline, those ahead included', async () => {
    const clock = new ManualClock({ start: 1000 });
    const limiter = createRateLimiter({ requestsPerMinute: 2, clock, maxWait: 120_000 });
    const { served, failed, follow } = recorder();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) follow(name, limiter.acquire());
    await clock.advance(0);
    expect([...failed.keys()]).toEqual(['g']);
    expect(failed.get('g')).toBeInstanceOf(DeadlineError);
    expect(failed.get('g')).toMatchObject({ retryAfterMs: 180_000 });
    await expect(limiter.acquire({ deadline: 1001 })).rejects.toBeInstanceOf(DeadlineError);
    await clock.advance(120_000);
    expect(served).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('rejects at the deadline when the wait turned out longer, and keeps the others', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 1, clock });
    const { served, failed, follow } = recorder();
    follow('a', limiter.acquire());
    follow('b', limiter.acquire());
    follow('c', limiter.acquire({ deadline: 130_000 }));
    follow('d', limiter.acquire());
    await clock.advance(1000);
    limiter.updateLimits({ retryAfterMs: 80_000 });
    await clock.advance(128_999);
    expect([served, failed.size, clock.pending]).toEqual([['a', 'b'], 0, 1]);
    await clock.advance(1);
    expect(failed.get('c')).toBeInstanceOf(DeadlineError);
    await clock.advance(11_000);
    expect([served, clock.pending]).toEqual([['a', 'b', 'd'], 0]);
  });

  it('serves higher priorities first, and lets only those pass the line', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ tokensPerMinute: 10, clock });
    const { served, follow } = recorder();
    follow('first', limiter.acquire({ tokens: 8 }));
    follow('low', limiter.acquire({ tokens: 6 }));
    follow('high', limiter.acquire({ tokens: 5, priority: 1 }));
    await clock.advance(0);
    expect(limiter.tryAcquire({ tokens: 1, priority: 1 })).toBeUndefined();
    expect(limiter.tryAcquire({ tokens: 1, priority: 2 })).toBeDefined();
    await clock.advance(60_000);
    expect(served).toEqual(['first', 'high']);
    await clock.advance(60_000);
    expect(served).toEqual(['first', 'high', 'low']);
  });

  it('settles to what was used, once, and serves whom that makes room for', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ tokensPerMinute: 100, clock });
    const { served, follow } = recorder();
    const permit = await limiter.acquire({ tokens: 90 });
    follow('next', limiter.acquire({ tokens: 40 }));
    await clock.advance(0);
    permit.settle({ tokens: 50 });
    permit.settle({ tokens: 0 });
    permit.release();
    await clock.advance(0);
    expect([served, limiter.available().tokens, clock.pending]).toEqual([['next'], 10, 0]);
  });

  it('gives back all of a call that was not made, once', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({
      requestsPerMinute: 2,
      tokensPerMinute: 100,
      requestsPerDay: 2,
      clock,
    });
    const permit = await limiter.acquire({ tokens: 90 });
    permit.release();
    permit.release();
    permit.settle({ tokens: 90 });
    expect(limiter.available()).toEqual({ requests: 2, tokens: 100 });
  });

  it('keeps a daily limit and further ones', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({
      requestsPerDay: 2,
      requestLimits: [new Gcra({ limit: 60 })],
      clock,
    });
    const { served, follow } = recorder();
    for (const name of ['a', 'b', 'c']) follow(name, limiter.acquire());
    await clock.advance(999);
    expect([served, limiter.available().requests]).toEqual([['a'], 0]);
    await clock.advance(1);
    expect(served).toEqual(['a', 'b']);
    await clock.advance(86_398_999);
    expect(served).toEqual(['a', 'b']);
    await clock.advance(1);
    expect(served).toEqual(['a', 'b', 'c']);
  });

  it('fails those who wait, with its error, when the clock fails', async () => {
    const broken: Clock = { ...systemClock, sleep: () => Promise.reject(new Error('no time')) };
    const limiter = createRateLimiter({ requestsPerMinute: 1, clock: broken });
    await limiter.acquire();
    const waits = [limiter.acquire(), limiter.acquire()];
    for (const wait of waits) await expect(wait).rejects.toThrow('no time');
  });

  it('holds the process open while somebody waits, and no longer', () => {
    const script = `
      import { createRateLimiter } from ${JSON.stringify(new URL('./rate-limiter.ts', import.meta.url).href)};
      import { systemClock } from ${JSON.stringify(import.meta.resolve('@integrations/types'))};
      const clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 1000, signal) };
      let skew = 0;
      clock.now = () => (skew += 20_000);
      const limiter = createRateLimiter({ requestsPerMinute: 1, clock });
      await limiter.acquire();
      await limiter.acquire();
      console.log('served');
    `;
    const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(out).toBe('served\n');
  });

  it('serves tens of thousands in order', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 20_000, maxQueue: 20_000, clock });
    for (let call = 0; call < 20_000; call += 1) limiter.tryAcquire();
    const order: number[] = [];
    const { signal } = new AbortController();
    for (let call = 0; call < 20_000; call += 1) {
      void limiter.acquire({ signal }).then(() => order.push(call));
    }
    await clock.advance(60_000);
    expect(order).toEqual(Array.from({ length: 20_000 }, (_, index) => index));
  });

  it.each([
    ['requestsPerMinute', { requestsPerMinute: 0 }],
    ['tokensPerMinute', { tokensPerMinute: 1.5 }],
    ['requestsPerDay', { requestsPerDay: -1 }],
    ['maxQueue', { maxQueue: -1 }],
    ['maxQueue', { maxQueue: Infinity }],
    ['maxWait', { maxWait: 0 }],
    ['ageing', { ageing: 0 }],
    ['ageing', { ageing: Number.NaN }],
    ['requestLimits', { requestLimits: [new SlidingWindow({ limit: 0 })] }],
  ])('refuses a wrong %s: %o', (option, options) => {
    const create = (): unknown => createRateLimiter(options);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(`\`${option}\` must`);
  });
});

describe('updateLimits', () => {
  it('counts what others used, until the reset', async () => {
    const clock = new ManualClock({ start: 500 });
    const limiter = createRateLimiter({ tokensPerMinute: 1000, clock });
    limiter.tryAcquire({ tokens: 100 });
    const sentAt = clock.now();
    await clock.advance(100);
    limiter.tryAcquire({ tokens: 50 });
    limiter.updateLimits({ tokens: { limit: 1000, remaining: 700, resetMs: 5000 }, sentAt });
    expect(limiter.available().tokens).toBe(650);
    await clock.advance(4999);
    expect(limiter.available().tokens).toBe(650);
    await clock.advance(1);
    expect(limiter.available().tokens).toBe(850);
  });

  it('holds back what it held, and more, until the later of two resets', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ tokensPerMinute: 1000, clock });
    limiter.updateLimits({ tokens: { limit: 1000, remaining: 500, resetMs: 9000 } });
    limiter.updateLimits({ tokens: { limit: 1000, remaining: 400, resetMs: 1000 } });
    limiter.updateLimits({ tokens: { limit: 1000, remaining: 900, resetMs: 500 } });
    await clock.advance(8999);
    expect(limiter.available().tokens).toBe(400);
    await clock.advance(1);
    expect(limiter.available().tokens).toBe(1000);
  });

  it('takes a response for no reason to admit more', () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ tokensPerMinute: 1000, clock });
    limiter.tryAcquire({ tokens: 900 });
    limiter.updateLimits({ tokens: { limit: 1000, remaining: 1000 }, sentAt: 0 });
    expect(limiter.available().tokens).toBe(100);
  });

  it('ignores a response that was overtaken by a newer one', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 100, clock });
    await clock.advance(10);
    limiter.updateLimits({ requests: { limit: 50, remaining: 40 }, sentAt: 10 });
    limiter.updateLimits({ requests: { limit: 20, remaining: 0 }, sentAt: 5 });
    expect(limiter.available().requests).toBe(40);
    limiter.updateLimits({ requests: { limit: 50, remaining: 30 }, sentAt: 10 });
    expect(limiter.available().requests).toBe(30);
  });

  it('grows with a stated limit, but only after the reset', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 10, clock });
    limiter.tryAcquire();
    limiter.updateLimits({ requests: { limit: 500, remaining: 499, resetMs: 120 }, sentAt: 0 });
    expect(limiter.available().requests).toBe(9);
    await clock.advance(120);
    expect(limiter.available().requests).toBe(499);
  });

  it('never exceeds what was configured, or learns nothing, where told so', async () => {
    const clock = new ManualClock();
    const limits = { requestsPerMinute: 10, clock };
    const lower = createRateLimiter({ ...limits, learning: 'lower' });
    const ignore = createRateLimiter({ ...limits, learning: 'ignore' });
    for (const limiter of [lower, ignore]) limiter.updateLimits({ requests: { limit: 500 } });
    await clock.advance(60_000);
    expect([lower.available().requests, ignore.available().requests]).toEqual([10, 10]);
    for (const limiter of [lower, ignore]) limiter.updateLimits({ requests: { limit: 5 } });
    expect([lower.available().requests, ignore.available().requests]).toEqual([5, 10]);
  });

  it('finds limits where none were configured', () => {
    const limiter = createRateLimiter({ clock: new ManualClock() });
    limiter.tryAcquire({ tokens: 10 });
    limiter.updateLimits({
      requests: { limit: 5, remaining: 4 },
      tokens: { limit: 100, remaining: 50 },
      sentAt: 0,
    });
    expect(limiter.available()).toEqual({ requests: 4, tokens: 50 });
  });

  it('closes for all who wait until the server allows', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 100, clock });
    const { served, follow } = recorder();
    limiter.updateLimits({ retryAfterMs: 3000 });
    expect(limiter.available()).toEqual({ requests: 0, tokens: 0 });
    follow('a', limiter.acquire());
    limiter.updateLimits({ retryAfterMs: 1000 });
    follow('b', limiter.acquire({ priority: 5 }));
    await clock.advance(2999);
    expect([served, clock.pending, limiter.tryAcquire()]).toEqual([[], 1, undefined]);
    await clock.advance(1);
    expect([served, clock.pending]).toEqual([['b', 'a'], 0]);
  });

  it('believes an old response that asks for silence', () => {
    const limiter = createRateLimiter({ clock: new ManualClock({ start: 50 }) });
    limiter.updateLimits({ requests: { limit: 5 }, sentAt: 50 });
    limiter.updateLimits({ retryAfterMs: 100, sentAt: 10 });
    expect(limiter.available().requests).toBe(0);
  });

  it('takes an allowance of 0 for final, until one may have come', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ requestsPerMinute: 5, tokensPerMinute: 100, clock });
    const { failed, follow } = recorder();
    for (let call = 0; call < 5; call += 1) limiter.tryAcquire();
    follow('waits', limiter.acquire());
    await clock.advance(0);
    limiter.updateLimits({ requests: { limit: 0, remaining: 0 } });
    await clock.advance(0);
    expect(failed.get('waits')).toBeInstanceOf(QuotaExhaustedError);
    expect(clock.pending).toBe(0);
    await expect(limiter.acquire()).rejects.toBeInstanceOf(QuotaExhaustedError);
    await clock.advance(60_000);
    expect(limiter.tryAcquire()).toBeDefined();
  });

  it('lets calls through that need none of what there is no allowance of', () => {
    const limiter = createRateLimiter({ clock: new ManualClock() });
    limiter.updateLimits({ tokens: { limit: 0 } });
    expect(limiter.tryAcquire({ tokens: 0 })).toBeDefined();
    expect(() => limiter.tryAcquire({ tokens: 1 })).toThrow(QuotaExhaustedError);
  });

  it('sends away who waits for more than a limit that has shrunk', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter({ tokensPerMinute: 100, clock });
    const { served, failed, follow } = recorder();
    limiter.tryAcquire({ tokens: 100 });
    follow('large', limiter.acquire({ tokens: 80 }));
    follow('small', limiter.acquire({ tokens: 20 }));
    limiter.updateLimits({ tokens: { limit: 50 } });
    await clock.advance(0);
    expect(failed.get('large')).toBeInstanceOf(ValidationError);
    await clock.advance(60_000);
    expect(served).toEqual(['small']);
  });

  it('ignores junk', () => {
    const limiter = createRateLimiter({ requestsPerMinute: 5, clock: new ManualClock() });
    for (const junk of [Number.NaN, -1, Infinity, 0.5]) {
      limiter.updateLimits({
        requests: { limit: junk, remaining: junk, resetMs: junk },
        retryAfterMs: junk === 0.5 ? 0 : junk,
      });
      limiter.updateLimits({ requests: { limit: 1 }, sentAt: Number.NaN });
    }
    expect(limiter.available().requests).toBe(5);
  });
});
