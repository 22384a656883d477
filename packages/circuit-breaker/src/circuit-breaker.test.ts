import { ServerError, UnprocessableError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import type { BreakerPermit, CircuitBreaker } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import type { StateChangeEvent } from './breaker-events.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts';
import type { ObservableCircuitBreaker } from './observable-circuit-breaker.ts';

interface Setup {
  readonly clock: ManualClock;
  readonly breaker: ObservableCircuitBreaker;
  readonly changes: string[];
}

function setup(options: CircuitBreakerOptions = {}): Setup {
  const clock = new ManualClock();
  const breaker = createCircuitBreaker({ clock, ...options });
  const changes: string[] = [];
  breaker.on('stateChange', ({ from, to, reason }: StateChangeEvent) =>
    changes.push(`${from} > ${to}: ${reason}`),
  );
  return { clock, breaker, changes };
}

function acquire(breaker: CircuitBreaker): BreakerPermit {
  const permit = breaker.tryAcquire();
  if (permit.allowed) return permit;
  throw new Error(`refused for ${permit.retryAfterMs} ms`);
}

function fail(breaker: CircuitBreaker, times: number): void {
  for (let count = 0; count < times; count += 1) acquire(breaker).failure(new ServerError('down'));
}

describe('createCircuitBreaker', () => {
  it('opens at five failures, waits a minute, and closes after two probes, by default', async () => {
    const { clock, breaker, changes } = setup();
    fail(breaker, 4);
    expect([breaker.state, breaker.isOpen()]).toEqual(['closed', false]);
    fail(breaker, 1);
    expect([breaker.state, breaker.isOpen()]).toEqual(['open', true]);
    expect(breaker.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 60_000 });
    await clock.advance(59_999);
    expect(breaker.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 1 });
    await clock.advance(1);
    expect([breaker.state, breaker.isOpen()]).toEqual(['half_open', false]);
    acquire(breaker).success();
    expect(breaker.state).toBe('half_open');
    acquire(breaker).success();
    expect(breaker.state).toBe('closed');
    expect(changes).toEqual([
      'closed > open: failure_threshold',
      'open > half_open: open_time_over',
      'half_open > closed: probes_succeeded',
    ]);
  });

  it('works by the thin layer alone', async () => {
    const { clock, breaker } = setup({ failureThreshold: 2 });
    breaker.recordFailure();
    breaker.recordFailure(new ServerError('down'));
    expect(breaker.isOpen()).toBe(true);
    breaker.recordSuccess();
    breaker.recordSuccess();
    expect(breaker.isOpen()).toBe(true);
    await clock.advance(60_000);
    expect(breaker.isOpen()).toBe(false);
    breaker.recordSuccess();
    breaker.recordSuccess();
    expect(breaker.state).toBe('closed');
    expect(breaker.statistics().totals.late).toBe(2);
  });

  it('opens at a share of failures once there are enough calls', () => {
    const { breaker, changes } = setup({ failureRate: 0.5, minimumCalls: 4 });
    fail(breaker, 2);
    acquire(breaker).success();
    expect(breaker.state).toBe('closed');
    acquire(breaker).success();
    expect(changes).toEqual(['closed > open: failure_rate']);
  });

  it('opens at a share of slow calls, and again for a slow probe', async () => {
    const { clock, breaker, changes } = setup({
      slowCallDuration: '10s',
      slowCallRate: 0.5,
      minimumCalls: 2,
    });
    acquire(breaker).success();
    const permit = acquire(breaker);
    await clock.advance(10_000);
    permit.success();
    expect(breaker.statistics().window).toMatchObject({ slowCalls: 1, slowCallRate: 0.5 });
    await clock.advance(60_000);
    const probe = acquire(breaker);
    await clock.advance(10_000);
    probe.success();
    expect(changes).toEqual([
      'closed > open: slow_call_rate',
      'open > half_open: open_time_over',
      'half_open > open: probe_slow',
    ]);
  });

  it('stays open longer each time that probes fail, up to the most', async () => {
    const { clock, breaker } = setup({
      failureThreshold: 1,
      successThreshold: 1,
      openDuration: '10s',
      openDurationFactor: 2,
      maxOpenDuration: '35s',
    });
    for (const seconds of [10, 20, 35, 35]) {
      fail(breaker, 1);
      expect(breaker.statistics().retryAfterMs).toBe(seconds * 1000);
      await clock.advance(seconds * 1000);
    }
    expect(breaker.statistics().openings).toBe(4);
    acquire(breaker).success();
    fail(breaker, 1);
    expect(breaker.statistics().retryAfterMs).toBe(10_000);
  });

  it('keeps a huge factor within bounds', async () => {
    const { clock, breaker } = setup({ failureThreshold: 1, openDurationFactor: 1e300 });
    for (let count = 0; count < 4; count += 1) {
      fail(breaker, 1);
      await clock.advance(600_000);
    }
    expect(breaker.state).toBe('half_open');
  });

  it('tells excess calls to come back soon, and no later than the first lease ends', async () => {
    const { clock, breaker } = setup({ failureThreshold: 1, probeLease: '30s' });
    fail(breaker, 1);
    await clock.advance(60_000);
    acquire(breaker);
    acquire(breaker);
    expect(breaker.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 1000 });
    await clock.advance(29_600);
    expect(breaker.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 400 });
    await clock.advance(400);
    acquire(breaker);
  });

  it('gives whole milliseconds, enough to wait for', async () => {
    const clock = new ManualClock({ start: 0.1 });
    const breaker = createCircuitBreaker({ clock, failureThreshold: 1, openDuration: 0.7 });
    fail(breaker, 1);
    expect(breaker.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 1 });
    await clock.advance(1);
    acquire(breaker);
  });

  it('counts an answer that refuses the call for the service', () => {
    const { breaker } = setup({ window: { type: 'consecutive' } });
    fail(breaker, 4);
    acquire(breaker).failure(new UnprocessableError('no such model'));
    fail(breaker, 4);
    expect(breaker.state).toBe('closed');
    expect(breaker.statistics().totals).toMatchObject({ successes: 1, failures: 8 });
  });

  it('judges errors as it is told', () => {
    const { breaker } = setup({
      failureThreshold: 1,
      classify: (error) => (error === 'bad' ? 'failure' : 'ignore'),
    });
    acquire(breaker).failure(new ServerError('down'));
    expect([breaker.state, breaker.statistics().totals.ignored]).toEqual(['closed', 1]);
    acquire(breaker).failure('bad');
    expect(breaker.state).toBe('open');
  });

  it('counts a failure, and reports it, where `classify` throws', () => {
    const reported: unknown[] = [];
    const { breaker } = setup({
      failureThreshold: 1,
      classify: () => {
        throw new Error('a bug');
      },
      onListenerError: (error) => reported.push(error),
    });
    fail(breaker, 1);
    expect(breaker.state).toBe('open');
    expect(reported).toEqual([new Error('a bug')]);
  });

  it('takes what `classify` does to the breaker into account', () => {
    const clock = new ManualClock();
    const breaker: ObservableCircuitBreaker = createCircuitBreaker({
      clock,
      failureThreshold: 1,
      classify: () => {
        breaker.forceClosed();
        return 'failure';
      },
    });
    fail(breaker, 1);
    expect(breaker.state).toBe('closed');
    expect(breaker.statistics().totals).toMatchObject({ failures: 0, late: 1 });
  });

  it('lets a listener steer it', () => {
    const { breaker, changes } = setup({ failureThreshold: 1 });
    breaker.on('stateChange', ({ to }) => {
      if (to === 'open') breaker.reset();
    });
    fail(breaker, 1);
    expect(changes).toEqual(['closed > open: failure_threshold', 'open > closed: reset']);
    expect(breaker.state).toBe('closed');
  });

  it('tells how calls went', async () => {
    const { clock, breaker } = setup({ name: 'chat', slowCallDuration: 20 });
    const told: unknown[] = [];
    breaker.on('success', (event) => told.push(event));
    breaker.on('failure', (event) => told.push(event));
    const [first, second] = [acquire(breaker), acquire(breaker)];
    await clock.advance(5);
    first.success();
    await clock.advance(15);
    const error = new ServerError('down');
    second.failure(error);
    breaker.recordSuccess();
    expect(told).toEqual([
      { name: 'chat', slow: false, durationMs: 5 },
      { name: 'chat', slow: true, durationMs: 20, error },
      { name: 'chat', slow: false, durationMs: 0 },
    ]);
  });

  it('leaves the duration out where nobody listened in time', () => {
    const { breaker } = setup();
    const permit = acquire(breaker);
    const told: unknown[] = [];
    breaker.on('success', (event) => told.push(event));
    permit.success();
    expect(told).toEqual([{ name: 'default', slow: false }]);
  });

  it('refuses all calls while forced open, and probes when released', async () => {
    const { clock, breaker, changes } = setup();
    breaker.forceOpen();
    breaker.forceOpen();
    await clock.advance(3_600_000);
    expect([breaker.state, breaker.isOpen()]).toEqual(['open', true]);
    expect(breaker.tryAcquire()).toEqual({
      allowed: false,
      retryAfterMs: Number.POSITIVE_INFINITY,
    });
    expect(breaker.statistics()).toMatchObject({ forced: 'open', inStateMs: 3_600_000 });
    breaker.releaseForce();
    breaker.releaseForce();
    expect(breaker.statistics()).toMatchObject({ state: 'half_open', forced: undefined });
    expect(changes).toEqual(['closed > open: forced', 'open > half_open: released']);
  });

  it('lets all calls through while forced closed, and begins anew when released', () => {
    const { breaker } = setup();
    fail(breaker, 5);
    breaker.forceClosed();
    fail(breaker, 20);
    expect(breaker.statistics()).toMatchObject({ state: 'closed', forced: 'closed' });
    const late = acquire(breaker);
    breaker.releaseForce();
    late.failure(new ServerError('down'));
    fail(breaker, 4);
    expect(breaker.state).toBe('closed');
    fail(breaker, 1);
    expect(breaker.state).toBe('open');
  });

  it('lifts a force when reset', () => {
    const { breaker } = setup();
    breaker.forceOpen();
    breaker.reset();
    expect(breaker.statistics()).toMatchObject({ state: 'closed', forced: undefined });
  });

  it('tells how it does', async () => {
    const { clock, breaker } = setup({ failureThreshold: 2 });
    acquire(breaker).success();
    fail(breaker, 1);
    acquire(breaker).ignore();
    const late = acquire(breaker);
    acquire(breaker);
    await clock.advance(10);
    fail(breaker, 1);
    await clock.advance(25_000);
    breaker.tryAcquire();
    late.success();
    expect(breaker.statistics()).toEqual({
      name: 'default',
      state: 'open',
      forced: undefined,
      inStateMs: 25_000,
      retryAfterMs: 35_000,
      openings: 1,
      inFlight: 1,
      window: { calls: 3, failures: 2, slowCalls: 0, failureRate: 2 / 3, slowCallRate: 0 },
      totals: { accepted: 6, rejected: 1, successes: 1, failures: 2, ignored: 1, late: 1 },
    });
    await clock.advance(35_007);
    expect(breaker.statistics()).toMatchObject({ state: 'half_open', inStateMs: 7 });
    acquire(breaker);
    expect(breaker.statistics()).toMatchObject({ state: 'half_open', inStateMs: 7 });
  });

  it('never uses a timer', async () => {
    const { clock, breaker } = setup({ failureThreshold: 1 });
    fail(breaker, 1);
    expect(clock.pending).toBe(0);
    await clock.advance(60_000);
    acquire(breaker);
    expect(clock.pending).toBe(0);
  });

  it('takes over a state that was saved under other settings', async () => {
    const { clock, breaker } = setup({
      failureThreshold: 1,
      successThreshold: 3,
      openDuration: '5m',
    });
    fail(breaker, 1);
    const open = breaker.exportState();
    await clock.advance(300_000);
    acquire(breaker).success();
    acquire(breaker).success();
    acquire(breaker);
    const halfOpen = breaker.exportState();
    expect(halfOpen).toMatchObject({ probeSuccesses: 2, probeLeasesMs: [120_000] });

    const other = setup({
      window: { type: 'consecutive' },
      successThreshold: 1,
      openDuration: '10s',
      maxOpenDuration: '20s',
      probeLease: '5s',
    });
    other.breaker.importState(open);
    expect(other.breaker.statistics()).toMatchObject({ retryAfterMs: 20_000, openings: 1 });
    expect(other.breaker.statistics().window.calls).toBe(0);
    other.clock.setEpoch(halfOpen.savedAt);
    other.breaker.importState(halfOpen);
    expect(other.breaker.tryAcquire()).toEqual({ allowed: false, retryAfterMs: 1000 });
    await other.clock.advance(5000);
    acquire(other.breaker).success();
    expect(other.breaker.state).toBe('closed');
    expect(other.changes).toContain('closed > open: restored');
  });

  it('takes permits of before an import for late', () => {
    const { breaker } = setup({ failureThreshold: 1 });
    const permit = acquire(breaker);
    breaker.importState(breaker.exportState());
    permit.failure(new ServerError('down'));
    expect([breaker.state, breaker.statistics().totals.late]).toEqual(['closed', 1]);
  });
});
