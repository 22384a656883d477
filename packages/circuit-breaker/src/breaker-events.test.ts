import { describe, expect, it } from 'vitest';
import { BreakerEvents } from './breaker-events.ts';

const refusal = (retryAfterMs: number): { name: string; retryAfterMs: number } => ({
  name: 'test',
  retryAfterMs,
});

/** What becomes an uncaught exception while `run` runs and shortly after. */
async function uncaughtDuring(run: () => void): Promise<unknown> {
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  try {
    const uncaught = new Promise((resolve) => {
      process.once('uncaughtException', resolve);
    });
    run();
    return await uncaught;
  } finally {
    for (const listener of others) process.on('uncaughtException', listener);
  }
}

describe('BreakerEvents', () => {
  it('calls a listener for each of its registrations, until that is disposed', () => {
    const events = new BreakerEvents(undefined);
    const heard: number[] = [];
    const listener = (event: { retryAfterMs: number }): void => void heard.push(event.retryAfterMs);
    const first = events.on('rejected', listener);
    const second = events.on('rejected', listener);
    const tell = (ms: number): void => {
      events.push('rejected', refusal(ms));
      events.flush();
    };
    tell(1);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    tell(2);
    expect([events.heard, events.listens('rejected')]).toEqual([true, true]);
    second[Symbol.dispose]();
    tell(3);
    expect(heard).toEqual([1, 1, 2]);
    expect([events.heard, events.listens('rejected')]).toEqual([false, false]);
  });

  it('delivers what listeners cause after what caused it', () => {
    const events = new BreakerEvents(undefined);
    const heard: string[] = [];
    events.on('rejected', ({ retryAfterMs }) => {
      if (retryAfterMs > 1) return;
      events.push('rejected', refusal(2));
      events.flush();
    });
    events.on('rejected', ({ retryAfterMs }) => heard.push(`second ${retryAfterMs}`));
    events.push('rejected', refusal(1));
    events.flush();
    expect(heard).toEqual(['second 1', 'second 2']);
  });

  it('does not call a listener that was disposed by one before it', () => {
    const events = new BreakerEvents(undefined);
    const heard: string[] = [];
    events.on('rejected', () => later[Symbol.dispose]());
    const later = events.on('rejected', () => heard.push('later'));
    events.push('rejected', refusal(1));
    events.flush();
    expect(heard).toEqual([]);
  });

  it('tells its parent too', () => {
    const parent = new BreakerEvents(undefined);
    const events = new BreakerEvents(undefined, parent);
    expect(events.listens('rejected')).toBe(false);
    const heard: number[] = [];
    parent.on('rejected', ({ retryAfterMs }) => heard.push(retryAfterMs));
    expect([events.heard, events.listens('rejected')]).toEqual([true, true]);
    events.push('rejected', refusal(1));
    events.flush();
    expect(heard).toEqual([1]);
  });

  it('makes an uncaught exception of what a listener throws, unless told otherwise', async () => {
    const events = new BreakerEvents(undefined);
    const thrown = new Error('a bug of the listener');
    events.on('rejected', () => {
      throw thrown;
    });
    const uncaught = await uncaughtDuring(() => {
      events.push('rejected', refusal(1));
      events.flush();
    });
    expect(uncaught).toBe(thrown);
  });

  it('makes an uncaught exception of what `onListenerError` throws', async () => {
    const thrown = new Error('a bug of the handler');
    const events = new BreakerEvents(() => {
      throw thrown;
    });
    expect(await uncaughtDuring(() => events.report(new Error('first')))).toBe(thrown);
  });
});
