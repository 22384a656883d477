import { getEventListeners } from 'node:events';
import { AbortedError, AttemptTimeoutError, type IntegrationError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runWithin, type TimeLimit } from './time-limit.ts';

const unhandled: unknown[] = [];
const onUnhandled = (error: unknown): void => void unhandled.push(error);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', onUnhandled);
});

afterEach(() => {
  process.off('unhandledRejection', onUnhandled);
});

function expired(): IntegrationError {
  return new AttemptTimeoutError('time is up');
}

function limit(clock: ManualClock, over: Partial<TimeLimit> = {}): TimeLimit {
  return { clock, ms: 100, signal: undefined, label: 'The work', expired, ...over };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function failure(running: Promise<unknown>): Promise<unknown> {
  return running.then(
    () => expect.unreachable('the work should have been stopped'),
    (error: unknown) => error,
  );
}

function listeners(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length;
}

describe('runWithin', () => {
  it('gives the result and leaves neither timer nor listener', async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const result = await runWithin(limit(clock, { signal }), async (inner) => {
      expect(clock.pending).toBe(1);
      expect(listeners(signal)).toBe(1);
      expect(inner?.aborted).toBe(false);
      return 'done';
    });
    expect(result).toBe('done');
    expect(clock.pending).toBe(0);
    expect(listeners(signal)).toBe(0);
  });

  it('never aborts the signal of work that is done', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    let inner: AbortSignal | undefined;
    await runWithin(limit(clock, { signal: controller.signal }), async (signal) => {
      inner = signal;
    });
    controller.abort();
    await clock.advance(1000);
    expect(inner?.aborted).toBe(false);
  });

  it.each([
    ['a rejection', () => Promise.reject(new Error('broken'))],
    [
      'a synchronous throw',
      (): Promise<never> => {
        throw new Error('broken');
      },
    ],
  ])('passes %s on and leaves neither timer nor listener', async (_name, work) => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    await expect(runWithin(limit(clock, { signal }), work)).rejects.toThrow('broken');
    expect(clock.pending).toBe(0);
    expect(listeners(signal)).toBe(0);
  });

  it('rejects when time is up, though the work listens to nothing', async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const running = runWithin(limit(clock, { signal }), never);
    const failed = failure(running);
    await clock.advance(99);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await failed).toBeInstanceOf(AttemptTimeoutError);
    expect(clock.pending).toBe(0);
    expect(listeners(signal)).toBe(0);
  });

  it('aborts the signal of the work with the error that it rejects with', async () => {
    const clock = new ManualClock();
    let inner: AbortSignal | undefined;
    const running = runWithin(limit(clock), (signal) => {
      inner = signal;
      return never();
    });
    const failure = running.catch((error: unknown) => error);
    await clock.advance(100);
    expect(await failure).toBe(inner?.reason);
  });

  it('says that time is up, whatever the aborted work says of it', async () => {
    const clock = new ManualClock();
    const running = runWithin(
      limit(clock),
      (signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('socket closed')));
        }),
    );
    const failed = failure(running);
    await clock.advance(100);
    expect(await failed).toBeInstanceOf(AttemptTimeoutError);
  });

  it('gives the error even where the aborted work returns a result', async () => {
    const clock = new ManualClock();
    const running = runWithin(
      limit(clock),
      (signal) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => resolve('half an answer'));
        }),
    );
    const failed = failure(running);
    await clock.advance(100);
    expect(await failed).toBeInstanceOf(AttemptTimeoutError);
  });

  it('rejects at once when the caller aborts, though the work listens to nothing', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const running = runWithin(limit(clock, { signal: controller.signal }), never);
    const reason = new Error('the user left');
    controller.abort(reason);
    const failure: unknown = await running.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AbortedError);
    expect(failure).toMatchObject({ cause: reason, message: expect.stringContaining('The work') });
    expect(clock.pending).toBe(0);
    expect(listeners(controller.signal)).toBe(0);
  });

  it('passes a typed reason on as it is', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const running = runWithin(limit(clock, { signal: controller.signal }), never);
    const reason = new AttemptTimeoutError('of an outer limit');
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  it('never starts work for a signal that is aborted already', async () => {
    const clock = new ManualClock();
    const signal = AbortSignal.abort();
    let started = false;
    const running = runWithin(limit(clock, { signal }), async () => {
      started = true;
    });
    await expect(running).rejects.toBeInstanceOf(AbortedError);
    expect(started).toBe(false);
    expect(clock.pending).toBe(0);
    expect(listeners(signal)).toBe(0);
  });

  it.each([0, Number.POSITIVE_INFINITY])('sets no timer for a limit of %s', async (ms) => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    await runWithin(limit(clock, { ms, signal }), async (inner) => {
      expect(clock.pending).toBe(0);
      expect(inner).toBeDefined();
    });
  });

  it('gives the work no signal where nothing can stop it', async () => {
    const clock = new ManualClock();
    const given = await runWithin(limit(clock, { ms: 0 }), async (signal) => ({ signal }));
    expect(given.signal).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  it('turns a synchronous throw into a rejection where nothing can stop the work', async () => {
    const running = runWithin(limit(new ManualClock(), { ms: 0 }), () => {
      throw new Error('broken');
    });
    await expect(running).rejects.toThrow('broken');
  });

  it('drops a late result and a late rejection', async () => {
    const clock = new ManualClock();
    let finish = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = runWithin(limit(clock), () => late);
    const second = runWithin(limit(clock), async () => {
      await late;
      throw new Error('late');
    });
    const caught = Promise.allSettled([first, second]);
    await clock.advance(100);
    finish();
    await clock.advance(0);
    for (const outcome of await caught) expect(outcome.status).toBe('rejected');
    expect(unhandled).toEqual([]);
  });

  it('handles work that aborts its own caller and then throws', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const running = runWithin(limit(clock, { signal: controller.signal }), () => {
      controller.abort();
      throw new Error('broken');
    });
    await expect(running).rejects.toBeInstanceOf(AbortedError);
    await clock.advance(0);
    expect(unhandled).toEqual([]);
    expect(clock.pending).toBe(0);
    expect(listeners(controller.signal)).toBe(0);
  });
});
