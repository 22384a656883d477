import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { microtasksDrained } from './microtasks.test.support.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapConcurrent, type MapProgress } from './map-concurrent.ts';

describe('mapConcurrent', () => {
  it('keeps the order and the limit, however the work interleaves', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer(), { maxLength: 20 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (scheduler, items, limit, isAsync) => {
          let active = 0;
          let most = 0;
          async function* source(): AsyncGenerator<number> {
            for (const item of items) yield await scheduler.schedule(Promise.resolve(item));
          }
          const results = mapConcurrent(isAsync ? source() : items, limit, async (item) => {
            active += 1;
            most = Math.max(most, active);
            await scheduler.schedule(Promise.resolve());
            active -= 1;
            return item * 2;
          });
          expect(await scheduler.waitFor(results)).toEqual(items.map((item) => item * 2));
          expect(most).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });

  it('reads no more than it has room for', async () => {
    let read = 0;
    const ends: (() => void)[] = [];
    function* endless(): Generator<number> {
      for (;;) yield (read += 1);
    }
    const controller = new AbortController();
    const work = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
    const result = mapConcurrent(endless(), 3, work, { signal: controller.signal });
    await microtasksDrained();
    expect(read).toBe(3);
    ends[0]?.();
    await microtasksDrained();
    expect(read).toBe(4);
    controller.abort('enough');
    for (const end of ends) end();
    await expect(result).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
    expect(read).toBe(4);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('throws the first error when all that ran has ended, and tells the others', async () => {
    const reasons: unknown[] = [];
    let isOver = false;
    let finish = (): void => undefined;
    const error = new Error('first');
    const result = mapConcurrent([1, 2, 3, 4], 2, async (item, { signal }) => {
      if (item === 1) {
        await microtasksDrained();
        throw error;
      }
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      if (signal.aborted) reasons.push(signal.reason);
      await new Promise<void>((resolve) => (finish = resolve));
      throw new Error('second');
    });
    const watched = result.catch((thrown: unknown) => {
      isOver = true;
      return thrown;
    });
    await microtasksDrained();
    await microtasksDrained();
    expect([isOver, reasons]).toEqual([false, [expect.objectContaining({ cause: error })]]);
    finish();
    expect(await watched).toBe(error);
    expect(reasons).toHaveLength(1);
  });

  it('does nothing for a signal that is aborted already', async () => {
    const begun: number[] = [];
    const signal = AbortSignal.abort();
    const result = mapConcurrent([1], 1, (item) => begun.push(item), { signal });
    await expect(result).rejects.toMatchObject({ code: 'aborted' });
    expect(begun).toEqual([]);
  });

  it('does not wait for a source that has stalled, and closes it', async () => {
    const controller = new AbortController();
    let closed = 0;
    const stalled: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          closed += 1;
          return new Promise(() => undefined);
        },
      }),
    };
    const result = mapConcurrent(stalled, 2, () => 1, { signal: controller.signal });
    await microtasksDrained();
    controller.abort();
    await expect(result).rejects.toMatchObject({ code: 'aborted' });
    expect(closed).toBe(1);
  });

  it('closes its source after a failure, and not when that has ended', async () => {
    const events: string[] = [];
    function* source(): Generator<number> {
      try {
        yield 1;
        yield 2;
        events.push('ended');
      } finally {
        events.push('closed');
      }
    }
    await mapConcurrent(source(), 1, (item) => item);
    expect(events).toEqual(['ended', 'closed']);
    const failing = mapConcurrent(source(), 1, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(events).toEqual(['ended', 'closed', 'closed']);
  });

  it('throws what its source throws, in reading or in closing', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      throw new Error('no more');
    }
    await expect(mapConcurrent(broken(), 5, (item) => item)).rejects.toThrow('no more');
    const unclosable: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: () => {
          throw new Error('cannot close');
        },
      }),
    };
    const failing = mapConcurrent(unclosable, 1, () => Promise.reject(new Error('first')));
    await expect(failing).rejects.toThrow('first');
  });

  it('tells how far it has come', async () => {
    const seen: MapProgress[] = [];
    const onProgress = (progress: MapProgress): void => void seen.push(progress);
    await mapConcurrent(['a', 'b'], 1, (item) => item, { onProgress });
    await mapConcurrent(new Set(['a']).values(), 1, (item) => item, { onProgress });
    expect(seen).toEqual([
      { completed: 1, total: 2, index: 0 },
      { completed: 2, total: 2, index: 1 },
      { completed: 1, total: undefined, index: 0 },
    ]);
  });

  it('fails with what `onProgress` throws', async () => {
    const onProgress = (): never => {
      throw new Error('cannot draw');
    };
    await expect(mapConcurrent([1], 1, (item) => item, { onProgress })).rejects.toThrow(
      'cannot draw',
    );
  });

  it('runs its work in the context of its caller', async () => {
    const storage = new AsyncLocalStorage<string>();
    const contexts = await storage.run('caller', () =>
      mapConcurrent([1, 2, 3], 2, async () => {
        await Promise.resolve();
        return storage.getStore();
      }),
    );
    expect(contexts).toEqual(['caller', 'caller', 'caller']);
  });

  it.each([0, -1, 1.5, Infinity])('refuses a limit of %d', async (limit) => {
    await expect(mapConcurrent([1], limit, (item) => item)).rejects.toMatchObject({
      code: 'configuration',
    });
  });
});
