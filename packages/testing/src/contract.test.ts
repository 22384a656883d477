import { describe, expect, it, vi } from 'vitest';
import { describeContract, withSubject } from './contract.ts';
import { timedContract } from './contract-clock.ts';
import { brokenPromises } from './contract-run.test.support.ts';
import { ManualClock } from './manual-clock.ts';

describe('describeContract', () => {
  it('names the suite after the interface, or as it is told', () => {
    const names: string[] = [];
    const contract = { interfaceName: 'Lamp', cases: [], attempt: async () => undefined };
    const framework = { describe: (name: string) => names.push(name), it: () => undefined };
    describeContract(framework, contract);
    describeContract({ ...framework, name: 'my lamp' }, contract);
    expect(names).toEqual(['Lamp', 'my lamp']);
  });

  it('fails a case that hangs, with the promise that it was about', async () => {
    vi.useFakeTimers();
    try {
      const broken = brokenPromises((framework) =>
        describeContract(framework, {
          interfaceName: 'Lamp',
          cases: [{ promise: 'it answers', check: () => new Promise<void>(() => undefined) }],
          attempt: async (check) => check(undefined),
        }),
      );
      await vi.advanceTimersByTimeAsync(4000);
      expect(await broken).toEqual(['it answers']);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells a failure that is no error', async () => {
    const broken = await brokenPromises((framework) =>
      describeContract(framework, {
        interfaceName: 'Lamp',
        cases: [
          { promise: 'it answers', check: () => AbortSignal.abort('no lamp').throwIfAborted() },
        ],
        attempt: async (check) => check(undefined),
      }),
    );
    expect(broken).toEqual(['it answers']);
  });
});

describe('withSubject', () => {
  it('makes a subject for each run and destroys it, also when the run fails', async () => {
    const log: string[] = [];
    const options = {
      create: async (settings: string) => `subject of ${settings}`,
      destroy: (subject: string) => log.push(`destroy ${subject}`),
    };
    await withSubject(options, 'a', (subject) => void log.push(subject));
    const failing = withSubject(options, 'b', () => Promise.reject(new Error('failed')));
    await expect(failing).rejects.toThrow('failed');
    expect(log).toEqual(['subject of a', 'destroy subject of a', 'destroy subject of b']);
  });
});

describe('timedContract', () => {
  it('gives each case a fresh clock, which the settings hold too', async () => {
    const clocks = new Set<unknown>();
    const made: ManualClock[] = [];
    const contract = timedContract(
      'Lamp',
      {
        describe: () => undefined,
        it: () => undefined,
        create: ({ clock }) => clocks.add(clock),
        clock: () => {
          made.push(new ManualClock());
          return made.at(-1) as ManualClock;
        },
      },
      {},
      [],
    );
    for (let cases = 0; cases < 2; cases += 1) {
      await contract.attempt(({ clock }) => expect(clocks).toContain(clock));
    }
    expect([...clocks]).toEqual(made);
    expect(made).toHaveLength(2);
  });
});
