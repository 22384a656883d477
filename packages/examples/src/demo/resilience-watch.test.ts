import { CircuitOpenError, OverloadedError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { ResilienceWatch } from './resilience-watch.ts';
import type { Trouble } from './trouble.ts';

const OVERLOADED = new OverloadedError('busy', { status: 503 });

function refusal(retryAfterMs?: number): CircuitOpenError {
  return new CircuitOpenError('open', retryAfterMs === undefined ? {} : { retryAfterMs });
}

/** Fails with each of these in turn, and then works. */
function failing(...errors: unknown[]): () => Promise<string> {
  return async () => {
    if (errors.length > 0) throw errors.shift();
    return 'done';
  };
}

let clock: ManualClock;
let stop: AbortController;
let troubles: Trouble[];
let watch: ResilienceWatch;

beforeEach(() => {
  clock = new ManualClock();
  stop = new AbortController();
  troubles = [];
  watch = new ResilienceWatch({
    onTrouble: (trouble) => troubles.push(trouble),
    stop: stop.signal,
    clock,
  });
});

describe('makeCall', () => {
  it('waits as long as the breaker says, as often as it refuses', async () => {
    const call = watch.makeCall('chat', failing(refusal(400), refusal(100)));
    await clock.advance(400);
    expect(watch.wait).toBe('breaker closed, waiting 0.1 s');
    await clock.advance(100);
    await expect(call).resolves.toBe('done');
    expect(watch.totals).toEqual({ waits: 2, waitedMs: 500, openings: 0, refused: 2 });
    expect(troubles.map(({ kind }) => kind)).toEqual(['refused', 'refused']);
  });

  it('waits for no other failure', async () => {
    await expect(watch.makeCall('chat', failing(OVERLOADED))).rejects.toBe(OVERLOADED);
    expect(watch.totals.waits).toBe(0);
  });

  it.each([[Infinity], [20_001]])('does not wait %d ms', async (waitMs) => {
    const error = refusal(waitMs);
    await expect(watch.makeCall('chat', failing(error))).rejects.toBe(error);
    expect(watch.totals).toEqual({ waits: 0, waitedMs: 0, openings: 0, refused: 1 });
  });

  it('gives up in the end, even if the breaker never asks for much', async () => {
    const always = async (): Promise<never> => {
      throw refusal(500);
    };
    const call = watch.makeCall('chat', always);
    await Promise.all([
      expect(call).rejects.toMatchObject({ code: 'circuit_open' }),
      clock.advance(30_000),
    ]);
    expect(watch.totals.waits).toBe(40);
  });

  it('stops waiting when it is told to', async () => {
    const call = watch.makeCall('chat', failing(refusal()));
    const stopping = clock.advance(10).then(() => stop.abort(new Error('enough')));
    await Promise.all([expect(call).rejects.toThrow('enough'), stopping]);
  });
});

describe('retrying', () => {
  it('knows to which of the calls under way a retry belongs', async () => {
    const call = async (): Promise<void> => {
      await clock.sleep(5);
      watch.retrying({ attempt: 1, error: OVERLOADED, delayMs: 50 });
    };
    const calls = [watch.makeCall('chat', call), watch.makeCall('embeddings', call)];
    await clock.advance(5);
    await Promise.all(calls);
    const endpoints = troubles.map((trouble) => trouble.endpoint);
    expect(endpoints).toEqual(['chat', 'embeddings']);
    expect(troubles[0]).toMatchObject({ kind: 'fault', waitMs: 50, attempt: 2, attempts: 7 });
    expect(watch.totals).toMatchObject({ waits: 2, waitedMs: 100 });
  });

  it('shows the wait that ends last, until it is over', async () => {
    expect(watch.wait).toBeUndefined();
    watch.retrying({ attempt: 1, error: OVERLOADED, delayMs: 80 });
    watch.retrying({ attempt: 1, error: OVERLOADED, delayMs: 50 });
    await clock.advance(60);
    expect(watch.wait).toBe('503 on a call, retrying in 20 ms');
    await clock.advance(20);
    expect(watch.wait).toBeUndefined();
  });
});

describe('breakerChanged', () => {
  it('tells from where to where, and counts the openings of all', () => {
    // A client tells that a new breaker is closed.
    for (const state of [0, 1, 2, 1, 2, 0]) watch.breakerChanged('embeddings', state);
    watch.breakerChanged('chat', 1);
    const changes = troubles.map((trouble) =>
      trouble.kind === 'breaker'
        ? `${trouble.endpoint} ${trouble.from} ${trouble.to}: ${trouble.reason}`
        : trouble.kind,
    );
    expect(changes).toEqual([
      'embeddings closed open: 5 failures among the last 20 calls',
      'embeddings open half-open: time to try one call',
      'embeddings half-open open: it failed again',
      'embeddings open half-open: time to try one call',
      'embeddings half-open closed: it worked',
      'chat closed open: 5 failures among the last 20 calls',
    ]);
    expect(watch.totals.openings).toBe(3);
  });
});
