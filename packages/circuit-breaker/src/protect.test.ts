import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AbortedError,
  apiErrorFromStatus,
  AttemptTimeoutError,
  CircuitOpenError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts';
import { protect } from './protect.ts';

const create = (options: CircuitBreakerOptions = {}): ReturnType<typeof createCircuitBreaker> =>
  createCircuitBreaker({ clock: new ManualClock(), failureThreshold: 1, ...options });

async function rejection(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call should have failed');
}

describe('protect', () => {
  it('gives the result and counts a success', async () => {
    const breaker = create();
    expect(await protect(breaker, async () => 'answer')).toBe('answer');
    expect(breaker.statistics().totals).toMatchObject({ accepted: 1, successes: 1 });
  });

  it('throws what the operation throws, at once or later, and counts it', async () => {
    const breaker = create({ failureThreshold: 3 });
    const error = new Error('down');
    expect(await rejection(protect(breaker, () => Promise.reject(error)))).toBe(error);
    const throwing = (): never => {
      throw error;
    };
    expect(await rejection(protect(breaker, throwing))).toBe(error);
    expect(breaker.statistics()).toMatchObject({ inFlight: 0, totals: { failures: 2 } });
  });

  it('does not make a call that is refused, and says when to come again', async () => {
    const breaker = create();
    breaker.recordFailure();
    let made = 0;
    const error = await rejection(protect(breaker, () => (made += 1), { label: 'chat.create' }));
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(error).toMatchObject({ code: 'circuit_open', retryAfterMs: 60_000, retryable: true });
    expect((error as Error).message).toMatch(/^chat\.create was not made.*60000 ms/);
    expect(made).toBe(0);
  });

  it('says that waiting is no use for a breaker that was forced open', async () => {
    const breaker = create();
    breaker.forceOpen();
    const error = await rejection(protect(breaker, () => 1));
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(error).toMatchObject({ retryAfterMs: undefined, retryable: false });
    expect((error as Error).message).toMatch(/^The call was not made.*forced open/);
  });

  it.for([
    ['our error', new AbortedError('gone')],
    ["the platform's error", new DOMException('gone', 'AbortError')],
  ] as const)('counts an abort for nothing: %s', async ([, error]) => {
    const breaker = create({ classify: () => 'failure' });
    const aborted = (): never => {
      throw error;
    };
    expect(await rejection(protect(breaker, aborted))).toBe(error);
    expect(breaker.statistics()).toMatchObject({ state: 'closed', totals: { ignored: 1 } });
  });

  it("counts the caller's own reason for nothing, given the signal", async () => {
    const breaker = create();
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error('the user left');
    const call = protect(
      breaker,
      async () => {
        controller.abort(reason);
        signal.throwIfAborted();
      },
      { signal },
    );
    expect(await rejection(call)).toBe(reason);
    expect(breaker.statistics()).toMatchObject({ state: 'closed', totals: { ignored: 1 } });
  });

  it.for([
    ['ours', new AttemptTimeoutError('too slow')],
    ["the platform's", new DOMException('too slow', 'TimeoutError')],
  ])('counts a timeout that comes by the signal against the service: %s', async ([, reason]) => {
    const breaker = create();
    const controller = new AbortController();
    const call = protect(
      breaker,
      async () => {
        controller.abort(reason);
        controller.signal.throwIfAborted();
      },
      { signal: controller.signal },
    );
    expect(await rejection(call)).toBe(reason);
    expect(breaker.state).toBe('open');
  });

  it('counts a failure of the service that an abort came after', async () => {
    const breaker = create();
    const controller = new AbortController();
    const call = protect(
      breaker,
      async () => {
        controller.abort(new Error('the user left'));
        throw new Error('down');
      },
      { signal: controller.signal },
    );
    expect(await rejection(call)).toEqual(new Error('down'));
    expect(breaker.state).toBe('open');
  });

  it('takes no permit for a call that was aborted before', async () => {
    const breaker = create();
    const signal = AbortSignal.abort('never mind');
    const error = await rejection(protect(breaker, () => 1, { signal, label: 'chat.create' }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: 'never mind' });
    expect(breaker.statistics().totals.accepted).toBe(0);
  });

  it('keeps calls from a server that is down, until it has recovered', async () => {
    let status = 503;
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.writeHead(status, { connection: 'close' }).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const clock = new ManualClock();
    const breaker = createCircuitBreaker({ clock, failureThreshold: 3 });
    const call = (): Promise<number> =>
      protect(breaker, async () => {
        const response = await fetch(`http://127.0.0.1:${port}/`);
        await response.arrayBuffer();
        if (!response.ok) throw apiErrorFromStatus(response.status, 'The server failed.');
        return response.status;
      });
    try {
      for (let count = 0; count < 10; count += 1) await rejection(call());
      expect([requests, breaker.state]).toEqual([3, 'open']);
      status = 404;
      await clock.advance(60_000);
      await rejection(call());
      status = 200;
      expect(await call()).toBe(200);
      expect([requests, breaker.state]).toEqual([5, 'closed']);
    } finally {
      server.close();
      await once(server, 'close');
    }
    await rejection(call());
    expect(breaker.statistics().totals).toMatchObject({ failures: 4, successes: 2, rejected: 7 });
  });
});
