import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import {
  AbortedError,
  AttemptTimeoutError,
  ConfigurationError,
  ConnectionError,
  StreamTruncatedError,
  UnprocessableError,
} from '@integrations/errors';
import {
  createMistralClient,
  type MistralClient,
  type MistralClientOptions,
} from '@integrations/mistral';
import { ManualClock } from '@integrations/testing';
import { Mistral } from '@mistralai/mistralai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Answer, answerJson, EchoServer } from './echo-server.test.support.ts';
import { eventData } from './compare-mistral-calls.test.support.ts';
import { collectItems } from './compare-calls.test.support.ts';
import { marker, printed, SecretCheck } from './secret-check.test.support.ts';

/**
 * What the official client, 2.7.0, gets wrong, and ours must not: where it is cheap to
 * show, that it does. A test that fails on `theirs` says that a newer one has mended it.
 */

const REQUEST = {
  model: 'mistral-small-latest',
  messages: [{ role: 'user', content: 'Hi' }],
} as const;
const THEIR_REQUEST = {
  model: REQUEST.model,
  messages: [{ role: 'user' as const, content: 'Hi' }],
};

const COMPLETION = {
  id: 'cmpl-1',
  object: 'chat.completion',
  created: 1,
  model: REQUEST.model,
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};

/** Waits that tests need not wait for. */
const AT_ONCE = { initialDelay: 1, maxDelay: 2 };
const THEIR_RETRIES = {
  strategy: 'backoff' as const,
  backoff: { initialInterval: 1, maxInterval: 2, exponent: 1, maxElapsedTime: 3_600_000 },
};

function chunk(delta: object, more: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: null, ...more }];
  return JSON.stringify({
    id: 'cmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: REQUEST.model,
    choices,
  });
}

const FIRST = chunk({ role: 'assistant', content: 'Hel' });
const LAST = chunk({ content: 'lo' }, { finish_reason: 'stop' });

function beginEvents(response: ServerResponse, ...events: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`data: ${event}\n\n`);
}

/** Both clients, each with a server of its own that answers alike. */
class Duel implements AsyncDisposable {
  readonly #open: AsyncDisposable[] = [];

  async ours(answer: Answer, options: MistralClientOptions = {}): Promise<MistralClient> {
    const client = createMistralClient({
      apiKey: 'test-key',
      baseURL: (await this.#serve(answer)).origin,
      maxRetries: 0,
      circuitBreaker: false,
      rateLimit: false,
      ...options,
    });
    this.#open.push({ [Symbol.asyncDispose]: () => client.close() });
    return client;
  }

  async theirs(
    answer: Answer,
    options: ConstructorParameters<typeof Mistral>[0] = {},
  ): Promise<Mistral> {
    const { origin } = await this.#serve(answer);
    return new Mistral({ apiKey: 'test-key', serverURL: origin, ...options });
  }

  async #serve(answer: Answer): Promise<EchoServer> {
    const server = await EchoServer.start(answer);
    this.#open.push(server);
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.#open.toReversed()) await one[Symbol.asyncDispose]();
  }
}

/** The error of a call that has to fail. */
async function failureOf(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('this should have failed');
}

function textOf(chunks: readonly unknown[]): string {
  return (chunks as { choices: { delta: { content?: string | null } }[] }[])
    .map(({ choices }) => choices[0]?.delta.content ?? '')
    .join('');
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('retries', () => {
  /** Fails so often that nobody should still ask, then answers. */
  function failing(times: number, seen: { requests: number; most: number }, body = ''): Answer {
    let open = 0;
    return (request, response) => {
      const { socket } = request;
      if (seen.requests === 0 || socket.listenerCount('close', leave) === 0) {
        open += 1;
        seen.most = Math.max(seen.most, open);
        socket.once('close', leave);
      }
      seen.requests += 1;
      if (seen.requests <= times) {
        response.writeHead(503, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ message: body }));
      } else answerJson(200, () => COMPLETION)(request, response);
    };
    function leave(): void {
      open -= 1;
    }
  }

  it('end after as many attempts as were asked for', async () => {
    await using duel = new Duel();
    const seen = { ours: { requests: 0, most: 0 }, theirs: { requests: 0, most: 0 } };
    const ours = await duel.ours(failing(30, seen.ours), { maxRetries: 3, retry: AT_ONCE });
    expect(await failureOf(ours.chat.create(REQUEST))).toMatchObject({ status: 503 });
    expect(seen.ours.requests).toBe(4);

    const theirs = await duel.theirs(failing(30, seen.theirs), { retryConfig: THEIR_RETRIES });
    await theirs.chat.complete(THEIR_REQUEST);
    expect(seen.theirs.requests).toBe(31);
  });

  it('use one connection, however long the answers are that they follow', async () => {
    await using duel = new Duel();
    const seen = { ours: { requests: 0, most: 0 }, theirs: { requests: 0, most: 0 } };
    const body = 'x'.repeat(200_000);
    const ours = await duel.ours(failing(10, seen.ours, body), { maxRetries: 10, retry: AT_ONCE });
    await ours.chat.create(REQUEST);
    expect(seen.ours).toEqual({ requests: 11, most: 1 });

    const theirs = await duel.theirs(failing(10, seen.theirs, body), {
      retryConfig: THEIR_RETRIES,
    });
    await theirs.chat.complete(THEIR_REQUEST);
    expect(seen.theirs).toEqual({ requests: 11, most: 11 });
  });

  it('are not waited for once nobody wants the answer', async () => {
    await using duel = new Duel();
    const abort = new AbortController();
    const reason = new Error('the user left');
    // Time stands still: a wait that is not left would never end.
    const clock = new ManualClock();
    const ours = await duel.ours(failing(9, { requests: 0, most: 0 }), {
      maxRetries: 3,
      clock,
      retry: { initialDelay: '1h', maxDelay: '1h' },
    });
    const call = failureOf(ours.chat.create(REQUEST, { signal: abort.signal }));
    await vi.waitFor(() => expect(clock.pending).toBeGreaterThan(0));
    abort.abort(reason);
    const error = await call;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: reason });
  });
});

describe('time limits', () => {
  it('hold for calls with a signal too', async () => {
    await using duel = new Duel();
    const silent: Answer = () => undefined;
    const clock = new ManualClock();
    const ours = await duel.ours(silent, { clock, timeout: '5s' });
    const { signal } = new AbortController();
    const call = failureOf(ours.chat.create(REQUEST, { signal }));
    await vi.waitFor(() => expect(clock.pending).toBeGreaterThan(0));
    await clock.advance(5000);
    expect(await call).toBeInstanceOf(AttemptTimeoutError);

    const limit = vi.spyOn(AbortSignal, 'timeout');
    const theirs = await duel.theirs(
      answerJson(200, () => COMPLETION),
      { timeoutMs: 5000 },
    );
    await theirs.chat.complete(THEIR_REQUEST);
    expect(limit).toHaveBeenCalledTimes(1);
    await theirs.chat.complete(THEIR_REQUEST, { signal });
    expect(limit).toHaveBeenCalledTimes(1);
  });

  it('do not end a stream that goes on', async () => {
    await using duel = new Duel();
    const open: ServerResponse[] = [];
    const streaming: Answer = (_request, response) => {
      beginEvents(response, FIRST);
      open.push(response);
    };
    const clock = new ManualClock();
    const ours = await duel.ours(streaming, { clock, timeout: '5s', streamIdleTimeout: '60s' });
    const stream = await ours.chat.createStream(REQUEST);
    await clock.advance(30_000);
    open.at(-1)?.end(`data: ${LAST}\n\ndata: [DONE]\n\n`);
    expect(textOf(await collectItems(stream))).toBe('Hello');

    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const theirs = await duel.theirs(streaming, { timeoutMs: 5000 });
    const events = await theirs.chat.stream(THEIR_REQUEST);
    limit.abort(new DOMException('time is up', 'TimeoutError'));
    expect(await failureOf(eventData(events))).toBeInstanceOf(DOMException);
  });
});

describe('an abort', () => {
  it('is told as one, with the reason that was given', async () => {
    await using duel = new Duel();
    const reason = new Error('the user left');
    const asked: (() => void)[] = [];
    const silent: Answer = () => asked.shift()?.();
    async function abortOnce(
      call: (signal: AbortSignal) => PromiseLike<unknown>,
    ): Promise<unknown> {
      const abort = new AbortController();
      asked.push(() => abort.abort(reason));
      return failureOf(call(abort.signal));
    }
    const ours = await duel.ours(silent);
    const error = await abortOnce((signal) => ours.chat.create(REQUEST, { signal }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: reason, retryable: false });

    const theirs = await duel.theirs(silent);
    const theirError = await abortOnce((signal) => theirs.chat.complete(THEIR_REQUEST, { signal }));
    expect(theirError).toMatchObject({ name: 'UnexpectedClientError' });
  });
});

describe('streams', () => {
  /** Both ways to read the same answer to its end, and the errors that this gives. */
  async function readBoth(
    answer: Answer,
  ): Promise<Record<'ours' | 'theirs', { text: string; error: unknown }>> {
    await using duel = new Duel();
    const ours = await duel.ours(answer);
    const theirs = await duel.theirs(answer);
    const stream = await ours.chat.createStream(REQUEST);
    const events = await theirs.chat.stream(THEIR_REQUEST);
    return {
      ours: await read(stream, (item) => item),
      theirs: await read(events, ({ data }) => data),
    };
  }

  async function read<Item>(
    items: AsyncIterable<Item>,
    toChunk: (item: Item) => unknown,
  ): Promise<{ text: string; error: unknown }> {
    const chunks: unknown[] = [];
    try {
      for await (const item of items) chunks.push(toChunk(item));
      return { text: textOf(chunks), error: undefined };
    } catch (error) {
      return { text: textOf(chunks), error };
    }
  }

  it('that end without their end mark are cut', async () => {
    const { ours, theirs } = await readBoth((_request, response) => {
      beginEvents(response, FIRST, LAST);
      response.end();
    });
    expect(ours).toEqual({ text: 'Hello', error: expect.any(StreamTruncatedError) });
    expect(theirs).toEqual({ text: 'Hello', error: undefined });
  });

  it('keep their last event, though nothing ends it', async () => {
    const { ours, theirs } = await readBoth((_request, response) => {
      beginEvents(response, FIRST);
      response.end(`data: ${LAST}`);
    });
    expect(ours.text).toBe('Hello');
    expect(ours.error).toBeInstanceOf(StreamTruncatedError);
    expect(theirs).toEqual({ text: 'Hel', error: undefined });
  });

  it('are whole where only the end mark is unterminated', async () => {
    const { ours } = await readBoth((_request, response) => {
      beginEvents(response, FIRST, LAST);
      response.end('data: [DONE]');
    });
    expect(ours).toEqual({ text: 'Hello', error: undefined });
  });

  it('whose connection breaks tell so', async () => {
    const { ours, theirs } = await readBoth((request, response) => {
      // What was not read would be answered with a reset, which may overtake the event.
      request.resume().once('end', () => {
        beginEvents(response, FIRST);
        setImmediate(() => response.destroy());
      });
    });
    expect(ours.text).toBe('Hel');
    expect(
      ours.error instanceof ConnectionError || ours.error instanceof StreamTruncatedError,
    ).toBe(true);
    expect(ours.error).toMatchObject({ message: expect.stringContaining('/v1/chat/completions') });
    expect(theirs.error).toBeInstanceOf(TypeError);
    expect(theirs.error).toMatchObject({ message: 'terminated' });
  });

  it('tell the error that they carry', async () => {
    const said = { object: 'error', message: 'Too much', type: 'rate_limited', code: '1300' };
    const { ours, theirs } = await readBoth((_request, response) => {
      beginEvents(response, FIRST, JSON.stringify(said));
      response.end();
    });
    expect(ours.error).toMatchObject({
      code: 'rate_limit',
      message: expect.stringContaining('Too much'),
    });
    expect(String(theirs.error)).not.toContain('Too much');
    expect(theirs.error).toMatchObject({ name: expect.stringMatching(/Zod|Validation/) });
  });

  it.each([
    [
      'a tool call that goes on without a name',
      { tool_calls: [{ index: 0, function: { arguments: '{}' } }] },
    ],
    ['a part that is new', { content: [{ type: 'hologram', hologram: 'H' }], tool_calls: [{}] }],
  ])('survive %s', async (_what, delta) => {
    const { ours, theirs } = await readBoth((_request, response) => {
      beginEvents(response, FIRST, chunk(delta), LAST, '[DONE]');
      response.end();
    });
    expect(ours.error).toBeUndefined();
    expect(theirs.error).toMatchObject({ name: expect.stringMatching(/Zod|Validation/) });
  });
});

describe('keys', () => {
  it('are printed by nothing', async () => {
    await using duel = new Duel();
    const key = marker();
    const check = new SecretCheck({ key });
    const answer = answerJson(200, () => COMPLETION);
    const ours = await duel.ours(answer, { apiKey: key });
    expect(check.findings(printed('the client', ours))).toEqual([]);
    expect(check.findings(printed('the chat', ours.chat))).toEqual([]);

    const lines: unknown[] = [];
    const debugLogger = {
      group: (...all: unknown[]) => lines.push(all),
      groupEnd: () => undefined,
      log: (...all: unknown[]) => lines.push(all),
    };
    const theirs = await duel.theirs(answer, { apiKey: key, debugLogger });
    await theirs.chat.complete(THEIR_REQUEST);
    expect(inspect(theirs, { depth: Infinity })).toContain(key);
    expect(JSON.stringify(theirs)).toContain(key);
    expect(inspect(lines, { depth: Infinity })).toContain(key);
  });

  it('that are missing are told before anything is sent', async () => {
    await using duel = new Duel();
    vi.stubEnv('MISTRAL_API_KEY', undefined);
    vi.stubEnv('HOME', '/nonexistent');
    expect(() => createMistralClient()).toThrow(ConfigurationError);

    const seen: (string | undefined)[] = [];
    const theirs = await duel.theirs(
      (request, response) => {
        seen.push(request.headers.authorization);
        answerJson(200, () => COMPLETION)(request, response);
      },
      { apiKey: undefined },
    );
    await theirs.chat.complete(THEIR_REQUEST);
    expect(seen).toEqual([undefined]);
  });
});

describe('fields that nobody knew', () => {
  it('come through both ways', async () => {
    await using duel = new Duel();
    const bodies: string[] = [];
    const answered = answerJson(200, () => ({ ...COMPLETION, new_field: { is: 'new' } }));
    const answer: Answer = (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      request.once('end', () => {
        bodies.push(body);
        answered(request, response);
      });
    };
    const request = { ...REQUEST, brand_new: true };
    const ours = await duel.ours(answer);
    const completion = await ours.chat.create(request);
    expect(completion).toMatchObject({ new_field: { is: 'new' } });
    expect(JSON.parse(bodies[0] ?? '')).toEqual(request);

    const theirs = await duel.theirs(answer);
    const theirCompletion = await theirs.chat.complete({ ...THEIR_REQUEST, ...request } as never);
    expect(JSON.stringify(theirCompletion)).not.toContain('new');
    expect(bodies[1]).not.toContain('brand');
  });
});

describe('answers that the description of the API leaves out', () => {
  it('vectors as base64', async () => {
    await using duel = new Duel();
    const vector = Buffer.from(Float32Array.from([0.5, -2]).buffer).toString('base64');
    const answer = answerJson(200, () => ({
      id: 'embd-1',
      object: 'list',
      model: 'mistral-embed',
      data: [{ object: 'embedding', index: 0, embedding: vector }],
      usage: { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 },
    }));
    const ours = await duel.ours(answer);
    const { data } = await ours.embeddings.create({ model: 'mistral-embed', input: 'a' });
    expect(data[0]?.embedding).toEqual([0.5, -2]);

    const theirs = await duel.theirs(answer);
    const call = theirs.embeddings.create({
      model: 'mistral-embed',
      inputs: 'a',
      encodingFormat: 'base64',
    });
    expect(await failureOf(call)).toMatchObject({ name: 'ResponseValidationError' });
  });

  it('what the server has against a request', async () => {
    await using duel = new Duel();
    const answer = answerJson(422, () => ({ detail: 'The tea is cold.' }));
    const ours = await duel.ours(answer);
    const error = await failureOf(ours.chat.create(REQUEST));
    expect(error).toBeInstanceOf(UnprocessableError);
    expect(error).toMatchObject({ message: expect.stringContaining('The tea is cold.') });

    const theirs = await duel.theirs(answer);
    const theirError = await failureOf(theirs.chat.complete(THEIR_REQUEST));
    expect(theirError).toMatchObject({ name: 'ResponseValidationError' });
  });
});
