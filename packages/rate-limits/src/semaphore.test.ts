import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import {
  ConfigurationError,
  DeadlineError,
  QueueFullError,
  ValidationError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import type { Clock } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepsItsSlots, PLACES, SLOTS } from './bulkhead-properties.test.support.ts';
import { Semaphore } from './semaphore.ts';

describe('Semaphore', () => {
  it('keeps its slots, its order, its contexts and its waiters whatever happens when', async () => {
    await fc.assert(
      keepsItsSlots((clock) => new Semaphore({ limit: SLOTS, maxQueue: PLACES, clock })),
      { numRuns: 500 },
    );
  });

  it('gives a slot that comes back to who waits, before anybody else can ask', async () => {
    const semaphore = new Semaphore({ limit: 1, clock: new ManualClock() });
    const first = await semaphore.acquire();
    const waiting = semaphore.acquire();
    await Promise.resolve();
    first.release();
    expect(semaphore.tryAcquire()).toBeUndefined();
    expect([semaphore.active, semaphore.waiting]).toEqual([1, 0]);
    (await waiting).release();
    expect(semaphore.active).toBe(0);
  });

  it('takes a slot back once', async () => {
    const semaphore = new Semaphore({ limit: 2, clock: new ManualClock() });
    const permit = await semaphore.acquire();
    await semaphore.acquire();
    permit.release();
    permit.release();
    expect([semaphore.active, semaphore.limit]).toEqual([1, 2]);
  });

  it('serves by priority, then by arrival', async () => {
    const semaphore = new Semaphore({ limit: 1, clock: new ManualClock() });
    const served: string[] = [];
    const job = (name: string, priority: number): Promise<number> =>
      semaphore.run(() => Promise.resolve(served.push(name)), { priority });
    await Promise.all([job('a', 0), job('b', 0), job('c', 1), job('d', 0), job('e', 1)]);
    expect(served).toEqual(['a', 'c', 'e', 'b', 'd']);
  });

  it('keeps the context of who waits', async () => {
    const storage = new AsyncLocalStorage<string>();
    const semaphore = new Semaphore({ limit: 1, clock: new ManualClock() });
    const first = await storage.run('first', () => semaphore.acquire());
    const second = storage.run('second', async () => {
      const permit = await semaphore.acquire();
      permit.release();
      return storage.getStore();
    });
    await Promise.resolve();
    storage.run('third', () => first.release());
    expect(await second).toBe('second');
  });

  it('turns away at once what exceeds the queue, or cannot be', async () => {
    const semaphore = new Semaphore({ limit: 1, maxQueue: 0, clock: new ManualClock() });
    await semaphore.acquire();
    await expect(semaphore.acquire()).rejects.toBeInstanceOf(QueueFullError);
    await expect(semaphore.acquire({ priority: Number.NaN })).rejects.toBeInstanceOf(
      ValidationError,
    );
    await expect(semaphore.acquire({ deadline: Number.NaN })).rejects.toBeInstanceOf(
      ValidationError,
    );
  });

  it('rejects at once for a deadline that has passed, and at the deadline otherwise', async () => {
    const clock = new ManualClock({ start: 100 });
    const semaphore = new Semaphore({ limit: 1, clock });
    await semaphore.acquire();
    await expect(semaphore.acquire({ deadline: 99 })).rejects.toBeInstanceOf(DeadlineError);
    let error: unknown;
    semaphore.acquire({ deadline: 110 }).catch((thrown: unknown) => (error = thrown));
    await clock.advance(9);
    expect([error, clock.pending]).toEqual([undefined, 1]);
    await clock.advance(1);
    expect(error).toBeInstanceOf(DeadlineError);
    expect([semaphore.waiting, clock.pending]).toEqual([0, 0]);
  });

  it('does not serve whose deadline has passed, should the timer be late', async () => {
    const manual = new ManualClock();
    let late = 0;
    const clock: Clock = {
      now: () => manual.now() + late,
      epoch: () => manual.epoch(),
      sleep: (ms, signal) => manual.sleep(ms, signal),
      schedule: (callback, ms) => manual.schedule(callback, ms),
    };
    const semaphore = new Semaphore({ limit: 1, clock });
    const first = await semaphore.acquire();
    const expired = semaphore.acquire({ deadline: 10 });
    const patient = semaphore.acquire();
    await manual.advance(0);
    late = 11;
    first.release();
    await expect(expired).rejects.toBeInstanceOf(DeadlineError);
    expect(await patient).toBeDefined();
  });

  it('needs no timer while nobody has a deadline, and leaves no listener', async () => {
    const clock = new ManualClock();
    const semaphore = new Semaphore({ limit: 1, clock });
    const { signal } = new AbortController();
    const first = await semaphore.acquire({ signal });
    const waiting = semaphore.acquire({ signal });
    await clock.advance(0);
    expect([clock.pending, getEventListeners(signal, 'abort').length]).toEqual([0, 1]);
    first.release();
    await waiting;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('rejects at once when the caller aborts', async () => {
    const clock = new ManualClock();
    const semaphore = new Semaphore({ limit: 1, clock });
    await semaphore.acquire();
    await expect(semaphore.acquire({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    const controller = new AbortController();
    const waiting = semaphore.acquire({ signal: controller.signal });
    await clock.advance(0);
    controller.abort('enough');
    await expect(waiting).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
    expect(semaphore.waiting).toBe(0);
  });

  it('frees the slot of work that throws, even before its first wait', async () => {
    const semaphore = new Semaphore({ limit: 1, clock: new ManualClock() });
    const work = (): Promise<never> => {
      throw new Error('broken');
    };
    await expect(semaphore.run(work)).rejects.toThrow('broken');
    expect(semaphore.active).toBe(0);
  });

  it.each([0, 1.5, -1, Infinity, Number.NaN])('refuses a limit of %d', (limit) => {
    const create = (): unknown => new Semaphore({ limit });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow('`limit` must be');
  });
});
