import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

async function* numbers(count: number, onRead?: (read: number) => void): AsyncGenerator<number> {
  for (let read = 1; read <= count; read += 1) {
    onRead?.(read);
    yield read;
  }
}

async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await turn();
}

describe('inOrder', () => {
  it('gives everything in order, and reads no further ahead than its width', async () => {
    const delays = fc.array(fc.nat(3), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 6 }), async (waits, width) => {
        const given: number[] = [];
        let furthest = 0;
        let active = 0;
        let mostActive = 0;
        const items = numbers(waits.length, (read) => {
          furthest = Math.max(furthest, read - given.length);
        });
        const work = async (item: number): Promise<number> => {
          active += 1;
          mostActive = Math.max(mostActive, active);
          await turns(waits[item - 1] ?? 0);
          active -= 1;
          return item;
        };
        for await (const item of inOrder(items, width, work)) given.push(item);
        expect(given).toEqual(waits.map((_, at) => at + 1));
        expect(furthest).toBeLessThanOrEqual(width);
        expect(mostActive).toBeLessThanOrEqual(width);
        if (waits.length >= width) expect(furthest).toBe(width);
      }),
      { numRuns: 50 },
    );
  });

  it('throws what failed first, gives what came before it, and stops the others', async () => {
    const given: number[] = [];
    const stopped: number[] = [];
    const work = async (item: number, signal: AbortSignal): Promise<number> => {
      if (item < 3) return item;
      if (item === 4) throw new Error('four failed');
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped.push(item);
          reject(new Error('stopped'));
        });
      });
      return item;
    };
    const reading = async (): Promise<void> => {
      for await (const item of inOrder(numbers(100), 3, work)) given.push(item);
    };
    await expect(reading()).rejects.toThrow('four failed');
    expect(given).toEqual([1, 2]);
    expect(stopped).toEqual([3]);
  });

  it('stops what is under way when nobody reads on', async () => {
    const signals: AbortSignal[] = [];
    const work = async (item: number, signal: AbortSignal): Promise<number> => {
      signals.push(signal);
      return item;
    };
    for await (const item of inOrder(numbers(100), 2, work)) if (item === 3) break;
    expect(signals).toHaveLength(4);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('throws what reading the items throws', async () => {
    const broken = async function* (): AsyncGenerator<number> {
      yield 1;
      throw new Error('the disk is gone');
    };
    const reading = async (): Promise<void> => {
      for await (const item of inOrder(broken(), 3, async (item) => item)) expect(item).toBe(1);
    };
    await expect(reading()).rejects.toThrow('the disk is gone');
  });
});
