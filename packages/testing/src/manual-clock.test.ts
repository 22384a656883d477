import { getEventListeners } from 'node:events';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';

function countListeners(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length;
}

describe('ManualClock', () => {
  it('stands still until it is advanced', async () => {
    const clock = new ManualClock({ start: 50, epoch: 1_000_000 });
    expect([clock.now(), clock.epoch()]).toEqual([50, 1_000_000]);
    await clock.advance(25);
    expect([clock.now(), clock.epoch()]).toEqual([75, 1_000_025]);
  });

  it('begins at 0 and in 2025', () => {
    const clock = new ManualClock();
    expect(clock.now()).toBe(0);
    expect(new Date(clock.epoch()).toISOString()).toBe('2025-01-01T00:00:00.000Z');
  });

  it('lets the date jump back without moving the monotonic clock or the timers', async () => {
    const clock = new ManualClock({ epoch: 9000 });
    let fired = false;
    clock.schedule(() => (fired = true), 10);
    clock.setEpoch(1000);
    expect([clock.now(), clock.epoch(), clock.nextAt]).toEqual([0, 1000, 10]);
    await clock.advance(10);
    expect([clock.epoch(), fired]).toEqual([1010, true]);
  });

  it('fires by time, and within one time in the order of making', async () => {
    const clock = new ManualClock();
    const fired: string[] = [];
    for (const [name, ms] of Object.entries({ late: 20, first: 10, second: 10, never: 31 })) {
      clock.schedule(() => fired.push(`${name}@${clock.now()}`), ms);
    }
    await clock.advance(30);
    expect(fired).toEqual(['first@10', 'second@10', 'late@20']);
    expect([clock.now(), clock.pending, clock.nextAt]).toEqual([30, 1, 31]);
  });

  it('lets a chain of sleeps progress at its right times', async () => {
    const clock = new ManualClock();
    const seen: number[] = [];
    const chain = (async () => {
      await Promise.resolve();
      for (const ms of [10, 20, 0, 30]) {
        await clock.sleep(ms);
        for (let depth = 0; depth < 200; depth += 1) await Promise.resolve();
        seen.push(clock.now());
      }
    })();
    await clock.advance(100);
    expect(seen).toEqual([10, 30, 30, 60]);
    await chain;
  });

  it('interleaves two chains', async () => {
    const clock = new ManualClock();
    const seen: string[] = [];
    const chain = async (name: string, step: number): Promise<void> => {
      for (let turn = 0; turn < 3; turn += 1) {
        await clock.sleep(step);
        seen.push(`${name}${clock.now()}`);
      }
    };
    const chains = [chain('a', 20), chain('b', 30)];
    await clock.advance(90);
    // Both are due at 60: b went to sleep first, at 30, a only at 40.
    expect(seen).toEqual(['a20', 'b30', 'a40', 'b60', 'a60', 'b90']);
    await Promise.all(chains);
  });

  it('fires what a callback schedules for the same moment', async () => {
    const clock = new ManualClock();
    const fired: string[] = [];
    clock.schedule(() => {
      fired.push('outer');
      clock.schedule(() => fired.push('inner'), 0);
    }, 5);
    await clock.advance(5);
    expect(fired).toEqual(['outer', 'inner']);
  });

  it('does not fire a callback that another one of the same moment disposed', async () => {
    const clock = new ManualClock();
    const fired: string[] = [];
    clock.schedule(() => {
      fired.push('first');
      second[Symbol.dispose]();
    }, 5);
    const second = clock.schedule(() => fired.push('second'), 5);
    await clock.advance(5);
    expect(fired).toEqual(['first']);
  });

  it('takes a second disposal, and one after firing, as nothing', async () => {
    const clock = new ManualClock();
    const gone = clock.schedule(() => undefined, 5);
    clock.schedule(() => undefined, 5);
    gone[Symbol.dispose]();
    gone[Symbol.dispose]();
    expect(clock.pending).toBe(1);
    await clock.advance(5);
    gone[Symbol.dispose]();
    expect(clock.pending).toBe(0);
  });

  it('waits with a sleep of no time until it is advanced by nothing', async () => {
    const clock = new ManualClock();
    let woke = 0;
    void clock.sleep(0).then(() => (woke += 1));
    void clock.sleep(-5).then(() => (woke += 1));
    await Promise.resolve();
    expect(woke).toBe(0);
    await clock.advance(0);
    expect(woke).toBe(2);
  });

  it('makes overlapping advances one after the other', async () => {
    const clock = new ManualClock();
    const first = clock.advance(10).then(() => clock.now());
    const second = clock.advance(5).then(() => clock.now());
    expect(await Promise.all([first, second])).toEqual([10, 15]);
  });

  it('rejects the advance in which a callback throws, and goes on with the next', async () => {
    const clock = new ManualClock();
    const fired: number[] = [];
    clock.schedule(() => {
      throw new Error('broken callback');
    }, 5);
    clock.schedule(() => fired.push(clock.now()), 6);
    await expect(clock.advance(10)).rejects.toThrow('broken callback');
    expect([clock.now(), clock.pending]).toEqual([5, 1]);
    await clock.advance(10);
    expect([clock.now(), fired]).toEqual([15, [6]]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('refuses to advance by %d', async (ms) => {
    await expect(new ManualClock().advance(ms)).rejects.toThrow(RangeError);
  });

  it('refuses times that are no numbers', () => {
    const clock = new ManualClock();
    expect(() => new ManualClock({ start: Number.NaN })).toThrow('start must be a finite number');
    expect(() => new ManualClock({ epoch: Infinity })).toThrow('epoch must be a finite number');
    expect(() => clock.setEpoch(Number.NaN)).toThrow('epoch must be a finite number');
    expect(() => clock.schedule(() => undefined, Number.NaN)).toThrow('not NaN');
  });

  it('rejects a sleep of NaN', async () => {
    const clock = new ManualClock();
    await expect(clock.sleep(Number.NaN)).rejects.toThrow('not NaN');
    expect(clock.pending).toBe(0);
  });
});

describe('ManualClock.runAll', () => {
  it('runs what is made on the way, to the end', async () => {
    const clock = new ManualClock();
    let turns = 0;
    const work = (async () => {
      for (; turns < 50; turns += 1) await clock.sleep(1000);
    })();
    await clock.runAll();
    await work;
    expect([turns, clock.now(), clock.pending]).toEqual([50, 50_000, 0]);
  });

  it('gives up on code that sleeps for ever', async () => {
    const clock = new ManualClock();
    const stop = new AbortController();
    const work = (async () => {
      for (;;) await clock.sleep(10, stop.signal);
    })();
    const ended = work.catch((error: unknown) => error);
    await expect(clock.runAll(25)).rejects.toThrow('25 timers have fired and more are due');
    expect(clock.now()).toBe(250);
    stop.abort(new Error('enough'));
    expect(await ended).toEqual(new Error('enough'));
  });

  it('allows exactly as many timers as it says', async () => {
    const clock = new ManualClock();
    for (let made = 0; made < 3; made += 1) clock.schedule(() => undefined, made);
    await clock.runAll(3);
    expect(clock.pending).toBe(0);
  });

  it('leaves a timer of infinite delay', async () => {
    const clock = new ManualClock();
    clock.schedule(() => undefined, Number.POSITIVE_INFINITY);
    clock.schedule(() => undefined, 7);
    await clock.runAll();
    expect([clock.now(), clock.pending, clock.nextAt]).toEqual([7, 1, Number.POSITIVE_INFINITY]);
  });
});

describe('ManualClock.sleep with a signal', () => {
  it('rejects with the reason at once when the signal is aborted already', async () => {
    const clock = new ManualClock();
    const reason = new Error('given up');
    await expect(clock.sleep(10, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  it('rejects with the reason when it is aborted later, and drops its timer', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const sleeping = clock.sleep(10, controller.signal);
    expect([clock.pending, countListeners(controller.signal)]).toEqual([1, 1]);
    controller.abort('given up');
    await expect(sleeping).rejects.toBe('given up');
    expect([clock.pending, countListeners(controller.signal)]).toEqual([0, 0]);
  });

  it('removes its listener when it wakes', async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const sleeping = clock.sleep(10, signal);
    expect(countListeners(signal)).toBe(1);
    await clock.advance(10);
    await sleeping;
    expect(countListeners(signal)).toBe(0);
  });

  it('leaves no listener behind when the delay is refused', async () => {
    const { signal } = new AbortController();
    await expect(new ManualClock().sleep(Number.NaN, signal)).rejects.toThrow(RangeError);
    expect(countListeners(signal)).toBe(0);
  });
});

type Step =
  | { readonly kind: 'schedule' | 'sleep'; readonly ms: number }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'end'; readonly which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('schedule', 'sleep'), ms: fc.integer({ min: -2, max: 20 }) }),
  fc.record({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 15 }) }),
  fc.record({ kind: fc.constant('end' as const), which: fc.nat(30) }),
);

/** What fires by a list that is searched whole each time: slow, and plainly right. */
class NaiveModel {
  now = 0;
  timers: { id: number; at: number }[] = [];
  fired: string[] = [];

  advance(ms: number): void {
    const target = this.now + ms;
    const due = this.timers.filter((timer) => timer.at <= target);
    for (const { id, at } of due.toSorted((a, b) => a.at - b.at || a.id - b.id)) {
      this.fired.push(`${id}@${at}`);
    }
    this.timers = this.timers.filter((timer) => timer.at > target);
    this.now = target;
  }
}

async function runProgram(program: readonly Step[]): Promise<void> {
  const clock = new ManualClock();
  const model = new NaiveModel();
  const fired: string[] = [];
  const ends: (() => void)[] = [];

  const begin = (kind: 'schedule' | 'sleep', ms: number): void => {
    const id = ends.length;
    const fire = (): void => void fired.push(`${id}@${clock.now()}`);
    model.timers.push({ id, at: model.now + Math.max(0, ms) });
    if (kind === 'schedule') {
      const scheduled = clock.schedule(fire, ms);
      ends.push(() => scheduled[Symbol.dispose]());
      return;
    }
    const controller = new AbortController();
    clock.sleep(ms, controller.signal).then(fire, (reason: unknown) => expect(reason).toBe(id));
    ends.push(() => controller.abort(id));
  };

  for (const action of program) {
    if (action.kind === 'advance') {
      await clock.advance(action.ms);
      model.advance(action.ms);
    } else if (action.kind === 'end') {
      ends[action.which]?.();
      model.timers = model.timers.filter((timer) => timer.id !== action.which);
    } else begin(action.kind, action.ms);
    expect(fired).toEqual(model.fired);
    expect(clock.now()).toBe(model.now);
    expect(clock.pending).toBe(model.timers.length);
    const next = model.timers.length === 0 ? undefined : model.timers.map((timer) => timer.at);
    expect(clock.nextAt).toBe(next === undefined ? undefined : Math.min(...next));
  }
}

describe('ManualClock against a naive model', () => {
  it('fires the same timers at the same times in the same order', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), runProgram), {
      numRuns: 300,
    });
  });
});
