import { execFileSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

const DAY_MS = 86_400_000;

/** Runs a script in a Node process of its own and gives what it printed. */
function runScript(body: string): string {
  const clock = JSON.stringify(new URL('./clock.ts', import.meta.url).href);
  const script = `import { systemClock } from ${clock};\n${body}`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    timeout: 10_000,
  });
}

describe('systemClock readings', () => {
  it('gives a date and a clock that never goes back', () => {
    const before = Date.now();
    const epoch = systemClock.epoch();
    expect(epoch).toBeGreaterThanOrEqual(before);
    expect(epoch).toBeLessThanOrEqual(Date.now());
    const readings = Array.from({ length: 100 }, () => systemClock.now());
    expect(readings).toEqual(readings.toSorted((a, b) => a - b));
  });
});

describe('systemClock timers', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sleeps for the time asked, and not less', async () => {
    let woke = false;
    const sleeping = systemClock.sleep(50).then(() => (woke = true));
    await vi.advanceTimersByTimeAsync(49);
    expect(woke).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(woke).toBe(true);
    await sleeping;
  });

  it('rounds a fraction up, never down', async () => {
    let woke = false;
    void systemClock.sleep(1.2).then(() => (woke = true));
    await vi.advanceTimersByTimeAsync(1);
    expect(woke).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(woke).toBe(true);
  });

  it.each([0, -5, Number.NEGATIVE_INFINITY])(
    'wakes from a sleep of %d in the next turn',
    async (ms) => {
      let woke = false;
      void systemClock.sleep(ms).then(() => (woke = true));
      await vi.advanceTimersByTimeAsync(0);
      expect(woke).toBe(true);
    },
  );

  it('rejects at once when the signal is aborted already, and arms no timer', async () => {
    const reason = new Error('given up');
    await expect(systemClock.sleep(50, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the reason when it is aborted later, and drops timer and listener', async () => {
    const controller = new AbortController();
    const failure = systemClock.sleep(50, controller.signal).catch((error: unknown) => error);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort('given up');
    expect(await failure).toBe('given up');
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('removes its listener when it wakes', async () => {
    const { signal } = new AbortController();
    const sleeping = systemClock.sleep(50, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(50);
    await sleeping;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('refuses NaN, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    await expect(systemClock.sleep(Number.NaN, signal)).rejects.toThrow(RangeError);
    expect(() => systemClock.schedule(() => undefined, Number.NaN)).toThrow('not NaN');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('calls back once, after the delay', async () => {
    const callback = vi.fn<() => void>();
    systemClock.schedule(callback, 20);
    await vi.advanceTimersByTimeAsync(19);
    expect(callback).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('does not call back once it is disposed of, however often', async () => {
    const callback = vi.fn<() => void>();
    const scheduled = systemClock.schedule(callback, 20);
    scheduled[Symbol.dispose]();
    scheduled[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(100);
    expect(callback).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sleeps and schedules beyond the longest timer of the platform', async () => {
    const done: string[] = [];
    void systemClock.sleep(60 * DAY_MS).then(() => done.push('sleep'));
    systemClock.schedule(() => done.push('schedule'), 60 * DAY_MS);
    await vi.advanceTimersByTimeAsync(60 * DAY_MS - 1);
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(done.toSorted()).toEqual(['schedule', 'sleep']);
  });

  it('can end a long delay after its first timer', async () => {
    const controller = new AbortController();
    const callback = vi.fn<() => void>();
    const scheduled = systemClock.schedule(callback, 60 * DAY_MS);
    const failure = systemClock.sleep(60 * DAY_MS, controller.signal).catch((e: unknown) => e);
    await vi.advanceTimersByTimeAsync(40 * DAY_MS);
    scheduled[Symbol.dispose]();
    controller.abort('given up');
    expect(await failure).toBe('given up');
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(40 * DAY_MS);
    expect(callback).not.toHaveBeenCalled();
  });

  it('never wakes from an infinite sleep', async () => {
    let woke = false;
    void systemClock.sleep(Number.POSITIVE_INFINITY).then(() => (woke = true));
    await vi.advanceTimersByTimeAsync(100 * DAY_MS);
    expect([woke, vi.getTimerCount()]).toEqual([false, 1]);
  });
});

describe('systemClock and the life of a process', () => {
  it('holds the process open for a sleep', () => {
    expect(runScript(`systemClock.sleep(5).then(() => console.log('woke'));`)).toBe('woke\n');
  });

  it('lets the process end before a scheduled callback', () => {
    const script = `systemClock.schedule(() => console.log('fired'), 600_000);
      process.on('exit', () => console.log('ended'));`;
    expect(runScript(script)).toBe('ended\n');
  });

  it('does not fire a delay of more than 2^31 ms at once', () => {
    const script = `systemClock.schedule(() => console.log('fired'), 2 ** 31);
      await systemClock.sleep(20);
      console.log('ended');`;
    expect(runScript(script)).toBe('ended\n');
  });
});
