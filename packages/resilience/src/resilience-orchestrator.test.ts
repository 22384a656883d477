import { getEventListeners } from 'node:events';
import {
  AbortedError,
  AttemptTimeoutError,
  ConfigurationError,
  TotalTimeoutError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import type { AttemptContext, ExecutionOptions } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { failureOf } from './recording-parts.test.support.ts';
import { ResilienceOrchestrator, type ResilienceOptions } from './resilience-orchestrator.ts';

function setUp(options: Omit<ResilienceOptions, 'clock'> = {}): {
  clock: ManualClock;
  orchestrator: ResilienceOrchestrator;
} {
  const clock = new ManualClock();
  return { clock, orchestrator: new ResilienceOrchestrator({ ...options, clock }) };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

describe('ResilienceOrchestrator', () => {
  it('runs the operation once, as attempt 1, and gives its result', async () => {
    const { clock, orchestrator } = setUp();
    const attempts: AttemptContext[] = [];
    const result = await orchestrator.execute(async (attempt) => {
      attempts.push(attempt);
      return 'answer';
    });
    expect(result).toBe('answer');
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.attempt).toBe(1);
    expect(attempts[0]?.signal).toBeInstanceOf(AbortSignal);
    expect(clock.pending).toBe(0);
  });

  it('has no limit of time where none is given', async () => {
    const { clock, orchestrator } = setUp();
    let signal: AbortSignal | undefined;
    let answer: (value: string) => void = () => undefined;
    const running = orchestrator.execute((attempt) => {
      signal = attempt.signal;
      return new Promise<string>((resolve) => {
        answer = resolve;
      });
    });
    expect(clock.pending).toBe(0);
    await clock.advance(86_400_000);
    expect(signal?.aborted).toBe(false);
    answer('late');
    expect(await running).toBe('late');
  });

  it('names the call in the message', async () => {
    const { clock, orchestrator } = setUp({ attemptTimeout: 5 });
    const failed = failureOf(orchestrator.execute(never, { label: 'openai chat.create' }));
    await clock.advance(5);
    expect(await failed).toMatchObject({
      message: expect.stringMatching(/^openai chat\.create .* 5 ms/),
    });
  });

  it('stops everything when the total is up', async () => {
    const { clock, orchestrator } = setUp({ attemptTimeout: 500, totalTimeout: 200 });
    let inner: AbortSignal | undefined;
    const failed = failureOf(
      orchestrator.execute(({ signal }) => {
        inner = signal;
        return never();
      }),
    );
    await clock.advance(200);
    expect(await failed).toBeInstanceOf(TotalTimeoutError);
    expect(inner?.reason).toBe(await failed);
    expect(clock.pending).toBe(0);
  });

  it('stops the attempt where that is the shorter limit', async () => {
    const { clock, orchestrator } = setUp({ attemptTimeout: 200, totalTimeout: 500 });
    const failed = failureOf(orchestrator.execute(never));
    await clock.advance(200);
    expect(await failed).toBeInstanceOf(AttemptTimeoutError);
    expect(clock.pending).toBe(0);
  });

  it('lets a call replace both limits', async () => {
    const { clock, orchestrator } = setUp({ attemptTimeout: 10, totalTimeout: 10 });
    const byAttempt = failureOf(
      orchestrator.execute(never, { attemptTimeout: 30, totalTimeout: 100 }),
    );
    const byTotal = failureOf(
      orchestrator.execute(never, { attemptTimeout: 100, totalTimeout: 40 }),
    );
    await clock.advance(29);
    expect(clock.pending).toBe(2);
    await clock.advance(11);
    expect(await byAttempt).toBeInstanceOf(AttemptTimeoutError);
    expect(await byTotal).toBeInstanceOf(TotalTimeoutError);
    expect(clock.pending).toBe(0);
  });

  it.each([0, Number.POSITIVE_INFINITY])(
    'takes %s for no limit, in the options and in the call',
    async (none) => {
      const { clock, orchestrator } = setUp({ attemptTimeout: none, totalTimeout: none });
      expect(await orchestrator.execute(async () => clock.pending)).toBe(0);
      const limited = setUp({ attemptTimeout: 5, totalTimeout: 5 });
      const pending = limited.orchestrator.execute(async () => limited.clock.pending, {
        attemptTimeout: none,
        totalTimeout: none,
      });
      expect(await pending).toBe(0);
    },
  );

  it('needs one timer for both limits', async () => {
    const { clock, orchestrator } = setUp({ attemptTimeout: 5, totalTimeout: 5000 });
    expect(await orchestrator.execute(async () => clock.pending)).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('rejects at once when the caller aborts', async () => {
    const { clock, orchestrator } = setUp({ totalTimeout: 500 });
    const controller = new AbortController();
    const { signal } = controller;
    const failed = failureOf(orchestrator.execute(never, { signal, label: 'openai chat.create' }));
    controller.abort('enough');
    expect(await failed).toBeInstanceOf(AbortedError);
    expect(await failed).toMatchObject({
      cause: 'enough',
      message: expect.stringContaining('openai chat.create'),
    });
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('passes on a reason of ours as it is', async () => {
    const { orchestrator } = setUp({ totalTimeout: 500 });
    const controller = new AbortController();
    const failed = failureOf(orchestrator.execute(never, { signal: controller.signal }));
    const reason = new TotalTimeoutError('of a larger piece of work');
    controller.abort(reason);
    expect(await failed).toBe(reason);
  });

  it('never starts for a signal that is aborted already', async () => {
    const { clock, orchestrator } = setUp();
    let started = false;
    const failed = await failureOf(
      orchestrator.execute(
        async () => {
          started = true;
        },
        { signal: AbortSignal.abort() },
      ),
    );
    expect(failed).toBeInstanceOf(AbortedError);
    expect(started).toBe(false);
    expect(clock.pending).toBe(0);
  });

  it('rejects where the operation throws before its first wait', async () => {
    const { clock, orchestrator } = setUp({ totalTimeout: 500 });
    const { signal } = new AbortController();
    const running = orchestrator.execute(
      () => {
        throw new Error('broken');
      },
      { signal },
    );
    await expect(running).rejects.toThrow('broken');
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it.each([
    ['attemptTimeout', -1],
    ['attemptTimeout', Number.NaN],
    ['totalTimeout', -5],
    ['totalTimeout', '30s'],
  ])('refuses %s: %s, in the options and in the call', async (option, value) => {
    const wrong = { [option]: value } as Pick<ExecutionOptions, 'totalTimeout'>;
    const message = new RegExp(
      `\`${option}\` must be .*not ${typeof value === 'string' ? `"${value}"` : value}`,
    );
    expect(() => new ResilienceOrchestrator(wrong)).toThrow(ConfigurationError);
    expect(() => new ResilienceOrchestrator(wrong)).toThrow(message);
    let started = false;
    const failed = await failureOf(
      setUp().orchestrator.execute(async () => {
        started = true;
      }, wrong),
    );
    expect(failed).toBeInstanceOf(ConfigurationError);
    expect(started).toBe(false);
  });

  it('runs on the system clock where none is given', async () => {
    const orchestrator = new ResilienceOrchestrator({ attemptTimeout: 1 });
    let inner: AbortSignal | undefined;
    const failed = failureOf(
      orchestrator.execute(({ signal }) => {
        inner = signal;
        return never();
      }),
    );
    // The timer holds no process open: in a test, something else has to.
    const keepAlive = setInterval(() => undefined, 1000);
    await failed;
    clearInterval(keepAlive);
    expect(await failed).toBe(inner?.reason);
    expect(await failed).toBeInstanceOf(AttemptTimeoutError);
  });
});
