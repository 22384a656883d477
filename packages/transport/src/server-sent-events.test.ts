import { getEventListeners } from 'node:events';
import {
  AbortedError,
  AttemptTimeoutError,
  ConfigurationError,
  ResponseTooLargeError,
} from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { rejection } from './local-servers.test.support.ts';
import type { ServerSentEvent } from './server-sent-event-parser.ts';
import { parseServerSentEvents } from './server-sent-events.ts';

const encoder = new TextEncoder();

/** A source that records what its reader does. */
class Source implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array, undefined> {
  readonly #chunks: string[];
  readonly #ending: 'end' | 'fail' | 'wait';
  pulls = 0;
  returns = 0;

  constructor(chunks: string[], ending: 'end' | 'fail' | 'wait' = 'end') {
    this.#chunks = [...chunks];
    this.#ending = ending;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.pulls += 1;
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) return { done: false, value: encoder.encode(chunk) };
    if (this.#ending === 'wait') return new Promise(() => undefined);
    if (this.#ending === 'fail') throw new Error('broken');
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.returns += 1;
    return { done: true, value: undefined };
  }
}

async function collect(events: AsyncIterable<ServerSentEvent>): Promise<string[]> {
  const data: string[] = [];
  for await (const event of events) data.push(event.data);
  return data;
}

describe('parseServerSentEvents', () => {
  it('gives the events of all chunks, and the unterminated one', async () => {
    const source = new Source(['data: 1\n\ndata: 2\n\nda', 'ta: 3\n\n', ': ping\n', 'data: 4']);
    expect(await collect(parseServerSentEvents(source))).toEqual(['1', '2', '3', '4']);
    expect(source.returns).toBe(0);
  });

  it('pulls a chunk only when an event is asked for', async () => {
    const source = new Source(['data: 1\n\ndata: 2\n\n', 'data: 3\n\n']);
    const iterator = parseServerSentEvents(source)[Symbol.asyncIterator]();
    expect(source.pulls).toBe(0);
    await iterator.next();
    await iterator.next();
    expect(source.pulls).toBe(1);
    await iterator.next();
    expect(source.pulls).toBe(2);
  });

  it('closes the source when the reader leaves', async () => {
    const source = new Source(['data: 1\n\ndata: 2\n\n'], 'wait');
    for await (const event of parseServerSentEvents(source)) {
      expect(event.data).toBe('1');
      break;
    }
    expect(source.returns).toBe(1);
  });

  it('answers several calls of next in order', async () => {
    const source = new Source(['data: 1\n\n', 'data: 2\n\ndata: 3\n\n']);
    const iterator = parseServerSentEvents(source)[Symbol.asyncIterator]();
    const results = await Promise.all([1, 2, 3, 4].map(() => iterator.next()));
    expect(results.map((result) => result.value?.data)).toEqual(['1', '2', '3', undefined]);
  });

  it('gives the events before a failure of the source, then the failure once', async () => {
    const iterator = parseServerSentEvents(new Source(['data: 1\n\n'], 'fail'))[
      Symbol.asyncIterator
    ]();
    expect((await iterator.next()).value?.data).toBe('1');
    expect((await rejection(iterator.next())).message).toBe('broken');
    expect((await iterator.next()).done).toBe(true);
  });

  it('closes the source when an event is too long', async () => {
    const source = new Source(['data: ok\n\n', `data: ${'x'.repeat(100)}`], 'wait');
    const iterator = parseServerSentEvents(source, { maxEventBytes: 50 })[Symbol.asyncIterator]();
    expect((await iterator.next()).value?.data).toBe('ok');
    expect(await rejection(iterator.next())).toBeInstanceOf(ResponseTooLargeError);
    expect(source.returns).toBe(1);
    expect((await iterator.next()).done).toBe(true);
  });

  it('rejects a waiting reader when the signal is aborted, and closes the source', async () => {
    const source = new Source(['data: 1\n\n'], 'wait');
    const controller = new AbortController();
    const { signal } = controller;
    const iterator = parseServerSentEvents(source, { signal })[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = rejection(iterator.next());
    controller.abort(new Error('enough'));
    expect(await waiting).toMatchObject({ name: 'AbortedError', cause: { message: 'enough' } });
    expect(source.returns).toBe(1);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('drops what was parsed when the signal is aborted, and gives its typed reason', async () => {
    const reason = new AttemptTimeoutError('took too long');
    const controller = new AbortController();
    const events = parseServerSentEvents(new Source(['data: 1\n\ndata: 2\n\n']), {
      signal: controller.signal,
    });
    const iterator = events[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort(reason);
    expect(await rejection(iterator.next())).toBe(reason);
  });

  it('reads nothing with a signal that is aborted already', async () => {
    const source = new Source(['data: 1\n\n']);
    const events = parseServerSentEvents(source, { signal: AbortSignal.abort() });
    expect(await rejection(collect(events))).toBeInstanceOf(AbortedError);
    expect(source.pulls).toBe(0);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    await collect(parseServerSentEvents(new Source(['data: 1\n\n']), { signal }));
    await rejection(collect(parseServerSentEvents(new Source([], 'fail'), { signal })));
    for await (const event of parseServerSentEvents(new Source(['data: 1\n\n'], 'wait'), {
      signal,
    })) {
      expect(event.data).toBe('1');
      break;
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('can be iterated once', async () => {
    const events = parseServerSentEvents(new Source(['data: 1\n\n']));
    await collect(events);
    expect(() => events[Symbol.asyncIterator]()).toThrow(ConfigurationError);
  });
});
