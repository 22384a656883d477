import { createCircuitBreaker } from '@integrations/circuit-breaker';
import {
  apiErrorFromStatus,
  ConnectTimeoutError,
  QuotaExhaustedError,
  RateLimitError,
} from '@integrations/errors';
import { ResilienceOrchestrator } from '@integrations/resilience';
import {
  ManualClock,
  MockBulkhead,
  MockCircuitBreaker,
  MockRateLimiter,
  MockRetryExecutor,
} from '@integrations/testing';
import type { HttpStreamingResponse, HttpTransport } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import {
  AcmeHarness,
  type AcmeRequest,
  collect,
  CREATE,
  delta,
  DONE,
  STREAM,
} from './acme.test.support.ts';
import type { CallerOptions } from './caller-options.ts';
import { EventStream } from './event-stream.ts';
import { failure, ManualResponse } from './manual-response.test.support.ts';

const USAGE = { inputTokens: 3, outputTokens: 5 };
const LAST = `data: ${JSON.stringify({ delta: 'lo', usage: USAGE })}\n\n`;
const ESTIMATE = 40;

/** A client of acme whose protections keep what they are told. */
class Guarded extends AcmeHarness {
  readonly limiter: MockRateLimiter;
  readonly breaker: MockCircuitBreaker;
  readonly bulkhead: MockBulkhead;
  readonly time: ManualClock;

  constructor(options: Partial<CallerOptions> & { retries?: number } = {}) {
    const { retries = 0, ...rest } = options;
    const limiter = new MockRateLimiter();
    const breaker = new MockCircuitBreaker();
    const bulkhead = new MockBulkhead();
    const clock = new ManualClock();
    super({
      protections: () => ({
        orchestrator: new ResilienceOrchestrator({
          retry: new MockRetryExecutor({ retries }),
          circuitBreaker: breaker,
          rateLimiter: limiter,
          bulkhead,
          attemptTimeout: 1000,
          clock,
        }),
        circuitBreaker: breaker,
        rateLimiter: limiter,
      }),
      clock,
      ...rest,
    });
    this.limiter = limiter;
    this.breaker = breaker;
    this.bulkhead = bulkhead;
    this.time = clock;
  }

  estimated(body: AcmeRequest = { model: 'small' }): PromiseLike<unknown> {
    return this.caller.call({ ...CREATE, estimateTokens: () => ESTIMATE }, { body });
  }

  events(options: { signal?: AbortSignal } = {}): PromiseLike<EventStream<{ delta: string }>> {
    const endpoint = { ...STREAM, estimateTokens: () => ESTIMATE };
    return this.caller.stream(endpoint, { body: {} }, options, (reader) => new EventStream(reader));
  }

  get settled(): (number | undefined)[] {
    return this.limiter.permits.flatMap(({ settled }) => settled.map(({ tokens }) => tokens));
  }

  get released(): number[] {
    return this.limiter.permits.map(({ releases }) => releases);
  }
}

describe('what a call takes of the limits', () => {
  it('is its estimate, and then what it used, once', async () => {
    const h = new Guarded();
    h.transport.respond({ json: { output: 'hi', usage: USAGE } });
    await h.estimated();
    expect(h.limiter.requests).toMatchObject([{ tokens: ESTIMATE }]);
    expect(h.settled).toEqual([8]);
    expect(h.released).toEqual([0]);
  });

  it('is the estimate of every attempt, and only the last is settled', async () => {
    const h = new Guarded({ retries: 2 });
    h.transport.respond({ status: 500 }).respond({ status: 503 });
    h.transport.respond({ json: { output: 'hi', usage: USAGE } });
    await h.estimated();
    expect(h.limiter.permits.map(({ settled }) => settled)).toEqual([[], [], [{ tokens: 8 }]]);
    expect(h.released).toEqual([0, 0, 0]);
  });

  it.each<[string, unknown]>([
    ['no usage', undefined],
    ['a usage that is none', { inputTokens: 'many', outputTokens: 5 }],
    ['a negative usage', { inputTokens: -9, outputTokens: 5 }],
  ])('stays as estimated with %s', async (_name, usage) => {
    const h = new Guarded();
    h.transport.respond({ json: { output: 'hi', usage } });
    await h.estimated();
    expect(h.settled).toEqual([]);
  });

  it('is given back when the provider saw no request', async () => {
    const h = new Guarded({ retries: 1 });
    h.transport.fail(new ConnectTimeoutError('no route')).respond({ json: { output: 'hi' } });
    await h.estimated();
    expect(h.released).toEqual([1, 0]);
    const keyless = new Guarded({ authenticate: () => Promise.reject(new Error('sealed')) });
    await failure(keyless.estimated());
    expect(keyless.released).toEqual([1]);
  });

  it('of a stream is settled at its end', async () => {
    const h = new Guarded();
    h.transport.stream([delta('Hel'), LAST, DONE]);
    const stream = await h.events();
    expect(h.settled).toEqual([]);
    expect(await collect(stream)).toBe('Hello');
    stream.cancel();
    expect(h.settled).toEqual([8]);
  });

  it('of a stream that is cut stays as estimated', async () => {
    const h = new Guarded();
    h.transport.stream([delta('Hel')]);
    await failure(collect(await h.events()));
    expect(h.settled).toEqual([]);
    expect(h.released).toEqual([0]);
  });
});

describe('the place of a stream among the calls in flight', () => {
  async function opened(
    chunks: string[] = [delta('Hel')],
    options = {},
  ): Promise<{ h: Guarded; stream: EventStream<{ delta: string }> }> {
    const h = new Guarded();
    h.transport.stream(chunks, { stayOpen: true });
    const stream = await h.events(options);
    await h.time.advance(0);
    expect(h.bulkhead.inFlight).toBe(1);
    return { h, stream };
  }

  it('is free at its end', async () => {
    const { h, stream } = await opened([delta('Hel'), DONE]);
    await collect(stream);
    expect(h.bulkhead.inFlight).toBe(0);
  });

  it('is free when its reader leaves, or cancels', async () => {
    const left = await opened();
    for await (const event of left.stream) {
      expect(event.delta).toBe('Hel');
      break;
    }
    expect(left.h.bulkhead.inFlight).toBe(0);
    const cancelled = await opened();
    cancelled.stream.cancel();
    expect(cancelled.h.bulkhead.inFlight).toBe(0);
  });

  it('is free after an error event, and after a silence', async () => {
    const failed = await opened([delta('Hel'), 'data: {"error":{"message":"no"}}\n\n']);
    await failure(collect(failed.stream));
    expect(failed.h.bulkhead.inFlight).toBe(0);
    const silent = await opened();
    const reading = failure(collect(silent.stream));
    await silent.h.time.advance(1000);
    expect(await reading).toMatchObject({ code: 'stream_idle_timeout' });
    expect(silent.h.bulkhead.inFlight).toBe(0);
  });

  it('is free on an abort, also of a stream that nobody reads', async () => {
    const controller = new AbortController();
    const { h, stream } = await opened(undefined, { signal: controller.signal });
    controller.abort();
    expect(h.bulkhead.inFlight).toBe(0);
    expect(stream.state).toBe('errored');
  });

  it('is free when only the response was wanted, or no stream could be made', async () => {
    const raw = new Guarded();
    raw.transport.stream([delta('Hel')], { stayOpen: true });
    await raw.stream().asResponse();
    await raw.time.advance(0);
    expect(raw.bulkhead.permits).toHaveLength(1);
    expect(raw.bulkhead.inFlight).toBe(0);
    const unmade = new Guarded();
    unmade.transport.stream([delta('Hel')], { stayOpen: true });
    const stream = unmade.caller.stream(STREAM, { body: {} }, undefined, () => {
      throw new TypeError('no');
    });
    await failure(stream);
    expect(unmade.bulkhead.inFlight).toBe(0);
  });

  it('is never kept by an attempt that failed', async () => {
    const h = new Guarded({ retries: 1 });
    h.transport.respond({ status: 500 }).stream([delta('Hel'), DONE]);
    const stream = await h.events();
    expect(h.bulkhead.permits).toHaveLength(2);
    expect(h.bulkhead.inFlight).toBe(1);
    await collect(stream);
    expect(h.bulkhead.inFlight).toBe(0);
  });

  it('is not that of an attempt which timed out, whatever a deaf transport does later', async () => {
    const late = new ManualResponse();
    const inTime = new ManualResponse();
    let answerLate: (response: HttpStreamingResponse) => void = () => undefined;
    let sends = 0;
    const deaf: HttpTransport = {
      send: () => Promise.reject(new Error('not used')),
      sendStreaming: () => {
        sends += 1;
        if (sends > 1) return Promise.resolve(inTime.push(delta('Hi')));
        return new Promise((resolve) => {
          answerLate = resolve;
        });
      },
    };
    const h = new Guarded({ retries: 1, transport: deaf });
    const opening = h.events();
    await h.time.advance(1000);
    const stream = await opening;
    answerLate(late.push(delta('too late')));
    await h.time.advance(0);
    expect(late.cancels).toHaveLength(1);
    expect(inTime.cancels).toEqual([]);
    expect(h.bulkhead.inFlight).toBe(1);
    inTime.push(DONE).end();
    expect(await collect(stream)).toBe('Hi');
    expect(h.bulkhead.inFlight).toBe(0);
  });
});

describe('what a response teaches the limiter', () => {
  const HEADERS = {
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-remaining-requests': '59',
    'x-ratelimit-reset-requests': '1s',
  };
  const LIMITS = { requests: { limit: 60, remaining: 59, resetMs: 1000 } };

  it.each([200, 400, 429, 500, 503])('with status %d is its limits', async (status) => {
    const h = new Guarded();
    h.transport.respond({ status, headers: HEADERS, json: { output: 'hi' } });
    await Promise.allSettled([h.estimated()]);
    expect(h.limiter.updates).toEqual([{ ...LIMITS, sentAt: 0 }]);
  });

  it('is read of a stream at its head', async () => {
    const h = new Guarded();
    h.transport.stream([delta('a')], { headers: HEADERS, stayOpen: true });
    const stream = await h.events();
    expect(h.limiter.updates).toEqual([{ ...LIMITS, sentAt: 0 }]);
    stream.cancel();
  });

  it('is nothing where the headers say nothing', async () => {
    const h = new Guarded();
    h.transport.respond({ json: { output: 'hi' } });
    await h.estimated();
    expect(h.limiter.updates).toEqual([]);
  });

  it('says when its request was sent, after the credentials had come', async () => {
    const time = new ManualClock();
    const h = new Guarded({
      clock: time,
      authenticate: async () => {
        await time.sleep(300);
        return {};
      },
    });
    h.transport.reply(async () => {
      await time.sleep(500);
      return { headers: HEADERS, json: { output: 'hi' } };
    });
    const running = h.estimated();
    await time.advance(800);
    await running;
    expect(h.limiter.updates).toMatchObject([{ sentAt: 300 }]);
  });

  it('of responses that overtake each other keeps the order of their requests', async () => {
    const h = new Guarded();
    for (const ms of [500, 100]) {
      h.transport.reply(async () => {
        await h.time.sleep(ms);
        return { headers: HEADERS, json: { output: 'hi' } };
      });
    }
    const first = h.estimated();
    await h.time.advance(50);
    const second = h.estimated();
    await h.time.advance(450);
    await Promise.all([first, second]);
    expect(h.limiter.updates.map(({ sentAt }) => sentAt)).toEqual([50, 0]);
  });

  it('is silence for a 429, and for nothing else', async () => {
    const silences = async (status: number, retryAfter: string): Promise<unknown[]> => {
      const h = new Guarded();
      h.transport.respond({ status, headers: { 'retry-after': retryAfter } });
      await failure(h.estimated());
      return h.limiter.updates.map(({ retryAfterMs }) => retryAfterMs);
    };
    expect(await silences(429, '7')).toEqual([7000]);
    expect(await silences(429, '120')).toEqual([120_000]);
    expect(await silences(503, '7')).toEqual([]);
    expect(await silences(500, '7')).toEqual([]);
  });

  it('is no silence that nobody would wait for', async () => {
    const h = new Guarded();
    h.transport.respond({ status: 429, headers: { 'retry-after': '3600' } });
    const error = await failure(h.estimated());
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(h.limiter.updates).toEqual([]);
  });

  it('is no silence for an account that is empty', async () => {
    const h = new Guarded({
      profile: {
        name: 'acme',
        requestIdHeaders: [],
        toApiError: ({ status, retryAfterMs }) =>
          status === 429
            ? new QuotaExhaustedError('empty', { status, retryAfterMs })
            : apiErrorFromStatus(status ?? 500, 'no', {}),
      },
    });
    h.transport.respond({ status: 429, headers: { ...HEADERS, 'retry-after': '7' } });
    expect(await failure(h.estimated())).toBeInstanceOf(QuotaExhaustedError);
    expect(h.limiter.updates).toEqual([{ ...LIMITS, sentAt: 0 }]);
  });
});

describe('what the breaker is told', () => {
  it('is the outcome of each attempt', async () => {
    const h = new Guarded({ retries: 1 });
    h.transport.respond({ status: 500 }).respond({ json: { output: 'hi' } });
    await h.estimated();
    expect(h.breaker.permits.map(({ reports }) => reports.map(({ outcome }) => outcome))).toEqual([
      ['failure'],
      ['success'],
    ]);
    expect(h.breaker.recorded).toEqual([]);
  });

  it('is the failure of a stream after its first event', async () => {
    const h = new Guarded();
    h.transport.stream([delta('Hel')]);
    const error = await failure(collect(await h.events()));
    expect(h.breaker.recorded).toEqual([{ outcome: 'failure', error }]);
  });

  it('is an answer of no use that came with a success status', async () => {
    const h = new Guarded();
    h.transport.respond({ text: '<html>', headers: { 'content-type': 'text/html' } });
    const error = await failure(h.estimated());
    expect(error).toMatchObject({ code: 'unexpected_content_type' });
    expect(h.breaker.recorded).toEqual([{ outcome: 'failure', error }]);
  });

  it('is nothing of a stream that was whole, left or aborted', async () => {
    const h = new Guarded();
    h.transport.stream([delta('Hel'), DONE]);
    await collect(await h.events());
    h.transport.stream([delta('Hel')], { stayOpen: true });
    (await h.events()).cancel();
    const controller = new AbortController();
    h.transport.stream([delta('Hel')], { stayOpen: true });
    const reading = failure(collect(await h.events({ signal: controller.signal })));
    controller.abort();
    expect(await reading).toMatchObject({ code: 'aborted' });
    expect(h.breaker.recorded).toEqual([]);
    expect(h.breaker.unreported).toEqual([]);
  });

  it('opens it when streams keep breaking', async () => {
    const circuitBreaker = createCircuitBreaker({ failureThreshold: 2 });
    const h = new AcmeHarness({ protection: { circuitBreaker } });
    h.transport.stream([delta('a')]).stream([delta('a')]);
    await failure(collect(await h.stream()));
    expect(circuitBreaker.state).toBe('closed');
    await failure(collect(await h.stream()));
    expect(circuitBreaker.state).toBe('open');
  });
});
