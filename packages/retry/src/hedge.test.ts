import { getEventListeners } from 'node:events';
import { AbortedError, ConfigurationError, ServerError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import { describe, expect, it, vi } from 'vitest';
import { attemptsOf } from './failed-attempt.ts';
import { type HedgeFunction, hedgeProperties } from './hedge-properties.test.support.ts';
import { hedge } from './hedge.ts';
import { type HedgeFlaw, naiveHedge } from './naive-hedge.test.support.ts';

const hedges: Readonly<Record<string, HedgeFunction>> = {
  'hedge()': hedge,
  'the plainest hedge': naiveHedge(),
};

describe.for(Object.entries(hedges))('%s', ([, candidate]) => {
  it.for(Object.entries(hedgeProperties))('%s', async ([, property]) => {
    await property(candidate);
  });
});

/** Each flaw, with the property that must notice it. */
const flaws: Readonly<Record<HedgeFlaw, string>> = {
  'lets the losers run on': 'ends the losers with a typed error, and never the winner',
  'ends the losers without a typed reason':
    'ends the losers with a typed error, and never the winner',
  'ends the winner too': 'ends the losers with a typed error, and never the winner',
  'waits for all': 'resolves with the first success, when it comes',
  'rejects at the first failure': 'rejects with the last error when all have failed, telling each',
  'hedges at once': 'starts one attempt each delay until one settles the race',
  'never hedges': 'starts one attempt each delay until one settles the race',
  'starts one hedge too many': 'starts one attempt each delay until one settles the race',
  'hears no abort': 'rejects with the abort reason at once, and ends all',
  'ends no attempt on abort': 'rejects with the abort reason at once, and ends all',
  'asks no budget': 'pays for its hedges, and gets back what won',
  'never refunds': 'pays for its hedges, and gets back what won',
  'wraps the last error': 'rejects with the last error when all have failed, telling each',
  'leaves its timer': 'leaves no timer and no listener',
  'leaves its listener': 'leaves no timer and no listener',
};

describe('the properties refuse a hedge that', () => {
  it.for(Object.entries(flaws))('%s', async ([flaw, name]) => {
    const broken = naiveHedge(flaw as HedgeFlaw);
    await expect(
      hedgeProperties[name]?.(broken, { seed: 1, numRuns: 2000, endOnFailure: true }),
    ).rejects.toThrow('Property failed');
  });
});

describe('hedge', () => {
  it('keeps a result that is there already when the signal aborts', async () => {
    const controller = new AbortController();
    let answer = (_value: string): void => undefined;
    const call = hedge(() => new Promise<string>((resolve) => (answer = resolve)), {
      delay: '1s',
      signal: controller.signal,
      clock: new ManualClock(),
    });
    answer('paid for');
    controller.abort();
    expect(await call).toBe('paid for');
  });

  it('rejects with the abort reason when the last attempt fails as the signal aborts', async () => {
    const controller = new AbortController();
    const error = new ServerError('Failed.');
    let fail = (_error: Error): void => undefined;
    const call = hedge(() => new Promise<string>((_resolve, reject) => (fail = reject)), {
      delay: '1s',
      signal: controller.signal,
      clock: new ManualClock(),
    });
    fail(error);
    controller.abort();
    const thrown = await call.catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(AbortedError);
    expect(attemptsOf(thrown)).toMatchObject([{ error }]);
  });

  it('calls nothing when the signal is aborted already', async () => {
    const operation = vi.fn<() => Promise<string>>();
    const signal = AbortSignal.abort();
    await expect(hedge(operation, { delay: 5, signal })).rejects.toThrow(AbortedError);
    expect(operation).not.toHaveBeenCalled();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('starts no hedge when the operation aborts its own caller', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const operation = vi.fn(async () => {
      controller.abort();
      return new Promise<string>(() => undefined);
    });
    const { signal } = controller;
    await expect(hedge(operation, { delay: 5, signal, clock })).rejects.toThrow(AbortedError);
    expect([clock.pending, operation.mock.calls.length]).toEqual([0, 1]);
  });

  it('rejects at once, without a hedge, when the only attempt fails', async () => {
    const clock = new ManualClock({ start: 7 });
    const error = new ServerError('Failed.');
    const failing = hedge(() => Promise.reject(error), { delay: 5, clock });
    await expect(failing).rejects.toBe(error);
    expect(clock.pending).toBe(0);
    expect(attemptsOf(error)).toEqual([{ error, delayMs: 0, startedAt: 7 }]);
  });

  it('works on the system clock, with one hedge by default', async () => {
    const answer = await hedge(
      ({ attempt, signal }) =>
        new Promise<number>((resolve, reject) => {
          if (attempt === 2) resolve(attempt);
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
      { delay: 1 },
    );
    expect(answer).toBe(2);
  });

  it.for<[string, object]>([
    ['delay', {}],
    ['delay', { delay: -1 }],
    ['delay', { delay: 'soon' }],
    ['maxHedges', { delay: 1, maxHedges: -1 }],
    ['maxHedges', { delay: 1, maxHedges: 0.5 }],
  ])('refuses a wrong %s by name: %o', async ([name, options]) => {
    const operation = vi.fn<() => Promise<string>>();
    const refused = hedge(operation, options as { delay: number });
    await expect(refused).rejects.toThrow(ConfigurationError);
    await expect(refused).rejects.toThrow(`\`${name}\` must be`);
    expect(operation).not.toHaveBeenCalled();
  });
});
