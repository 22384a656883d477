import { getEventListeners } from 'node:events';
import {
  AbortedError,
  AttemptTimeoutError,
  ConfigurationError,
  ConnectionError,
  TotalTimeoutError,
} from '@integrations/errors';
import { createRetryExecutor, ExponentialBackoff } from '@integrations/retry';
import { ManualClock } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { failureOf } from './recording-parts.test.support.ts';
import { ResilienceOrchestrator } from './resilience-orchestrator.ts';
import { TimeoutOrchestrator, type TimeoutOrchestratorOptions } from './timeout-orchestrator.ts';

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function retries(clock: ManualClock, maxAttempts: number): TimeoutOrchestratorOptions['retry'] {
  const policy = new ExponentialBackoff({ maxAttempts, initialDelay: 100, jitter: 'none' });
  return createRetryExecutor(policy, { clock });
}

// What the small one does, it does as the full one.
describe.each([TimeoutOrchestrator, ResilienceOrchestrator])('%o', (Kind) => {
  it('gives what the operation gives, and leaves no timer and no listener', async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const orchestrator = new Kind({ attemptTimeout: 50, totalTimeout: 100, clock });
    const attempts: number[] = [];
    const running = orchestrator.execute(
      async ({ attempt }) => {
        attempts.push(attempt);
        return 'answer';
      },
      { signal },
    );
    expect(await running).toBe('answer');
    expect(attempts).toEqual([1]);
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('throws what the operation throws, at once or later', async () => {
    const error = new ConnectionError('broken');
    const orchestrator = new Kind({ attemptTimeout: 50, clock: new ManualClock() });
    const thrower = (): Promise<never> => {
      throw error;
    };
    expect(await failureOf(orchestrator.execute(thrower))).toBe(error);
    expect(await failureOf(orchestrator.execute(() => Promise.reject(error)))).toBe(error);
  });

  it('ends an attempt in time, tells it so and makes another', async () => {
    const clock = new ManualClock();
    const orchestrator = new Kind({ retry: retries(clock, 2), attemptTimeout: 50, clock });
    const signals: (AbortSignal | undefined)[] = [];
    const running = orchestrator.execute(({ attempt, signal }) => {
      signals.push(signal);
      return attempt === 1 ? never() : Promise.resolve('second');
    });
    await clock.advance(50);
    expect(signals[0]?.reason).toBeInstanceOf(AttemptTimeoutError);
    await clock.advance(100);
    expect(await running).toBe('second');
    expect(clock.pending).toBe(0);
  });

  it('ends all attempts in time, names the call and tells the attempt under way', async () => {
    const clock = new ManualClock();
    const orchestrator = new Kind({ retry: retries(clock, 9), totalTimeout: 80, clock });
    let told: AbortSignal | undefined;
    const failed = failureOf(
      orchestrator.execute(
        ({ signal }) => {
          told = signal;
          return never();
        },
        { label: 'openai chat.create' },
      ),
    );
    await clock.advance(80);
    const error = await failed;
    expect(error).toBeInstanceOf(TotalTimeoutError);
    expect(error).toMatchObject({ message: expect.stringContaining('openai chat.create took') });
    expect(told?.reason).toBe(error);
    expect(clock.pending).toBe(0);
  });

  it('makes no attempt that could not end in time', async () => {
    const clock = new ManualClock();
    const orchestrator = new Kind({ retry: retries(clock, 9), totalTimeout: 99, clock });
    const error = new ConnectionError('broken');
    let attempts = 0;
    const failed = failureOf(
      orchestrator.execute(async () => {
        attempts += 1;
        throw error;
      }),
    );
    expect(await failed).toBe(error);
    expect(attempts).toBe(1);
  });

  it.each(['the attempt', 'the wait'])('ends with its caller in the midst of %s', async (where) => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const orchestrator = new Kind({ retry: retries(clock, 9), attemptTimeout: 50, clock });
    const failed = failureOf(
      orchestrator.execute(
        () => (where === 'the attempt' ? never() : Promise.reject(new ConnectionError('broken'))),
        { signal: controller.signal },
      ),
    );
    await clock.advance(10);
    controller.abort();
    expect(await failed).toBeInstanceOf(AbortedError);
    expect(clock.pending).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('runs nothing for a caller who has left', async () => {
    let runs = 0;
    const orchestrator = new Kind({ clock: new ManualClock() });
    const count = async (): Promise<void> => {
      runs += 1;
    };
    const failed = failureOf(orchestrator.execute(count, { signal: AbortSignal.abort() }));
    expect(await failed).toBeInstanceOf(AbortedError);
    expect(runs).toBe(0);
  });

  it('takes the timeouts of one execution in place of its own', async () => {
    const clock = new ManualClock();
    const orchestrator = new Kind({ attemptTimeout: 10, totalTimeout: 10, clock });
    const failed = failureOf(
      orchestrator.execute(never, { attemptTimeout: 20, totalTimeout: Infinity }),
    );
    await clock.advance(19);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await failed).toBeInstanceOf(AttemptTimeoutError);
  });

  it('refuses a timeout that cannot be one', async () => {
    expect(() => new Kind({ attemptTimeout: -1 })).toThrow(ConfigurationError);
    expect(() => new Kind({ totalTimeout: Number.NaN })).toThrow(ConfigurationError);
    const orchestrator = new Kind({ clock: new ManualClock() });
    expect(await failureOf(orchestrator.execute(never, { totalTimeout: -1 }))).toBeInstanceOf(
      ConfigurationError,
    );
  });
});
