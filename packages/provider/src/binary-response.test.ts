import { getEventListeners } from 'node:events';
import {
  AbortedError,
  ConnectionError,
  type IntegrationError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
  ValidationError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinaryReader } from './binary-reader.ts';
import { BinaryResponse } from './binary-response.ts';
import { failure, ManualResponse } from './manual-response.test.support.ts';

/** A binary answer with everything around it that a test looks at. */
class Harness {
  readonly clock = new ManualClock();
  readonly controller = new AbortController();
  readonly endings: [string, IntegrationError | undefined][] = [];
  readonly source = new ManualResponse();
  readonly response: BinaryResponse;

  constructor(headers: Record<string, string> = {}) {
    Object.assign(this.source, { headers });
    const reader = new BinaryReader({
      response: this.source,
      clock: this.clock,
      call: 'acme files.content',
      requestId: 'req_1',
    });
    const { status, url } = this.source;
    this.response = new BinaryResponse({ status, headers, url, requestId: 'req_1' }, reader);
    reader.handOver({
      idleTimeoutMs: 1000,
      signal: this.controller.signal,
      onEnd: (ending, error) => this.endings.push([ending, error]),
    });
  }

  get listeners(): number {
    return getEventListeners(this.controller.signal, 'abort').length;
  }
}

describe('BinaryResponse', () => {
  it('knows its head', () => {
    const { response } = new Harness({ 'content-type': 'audio/mpeg' });
    expect(response).toMatchObject({
      status: 200,
      url: 'https://api.test/v1/items',
      requestId: 'req_1',
      contentType: 'audio/mpeg',
      headers: { 'content-type': 'audio/mpeg' },
      bodyUsed: false,
    });
  });

  it.each<[string, (response: BinaryResponse) => Promise<unknown>]>([
    ['bytes()', async (response) => Buffer.from(await response.bytes()).toString()],
    ['arrayBuffer()', async (response) => Buffer.from(await response.arrayBuffer()).toString()],
    ['text()', (response) => response.text()],
    ['blob()', async (response) => (await response.blob()).text()],
    ['stream()', (response) => new Response(response.stream()).text()],
  ])('is read by %s, once', async (_name, read) => {
    const h = new Harness({ 'content-length': '5' });
    h.source.push('hé').push('xy').end();
    expect(await read(h.response)).toBe('héxy');
    expect(h.endings).toEqual([['completed', undefined]]);
    expect(h.listeners).toBe(0);
    expect(h.source.cancels).toEqual([]);
    expect(h.response.bodyUsed).toBe(true);
    const error = await failure(h.response.text());
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ message: expect.stringContaining('read already') });
    expect(() => h.response.stream()).toThrow(ValidationError);
  });

  it('gives a blob of the answer’s type', async () => {
    const h = new Harness({ 'content-type': 'image/png' });
    h.source.end();
    expect((await h.response.blob()).type).toBe('image/png');
  });

  it('is read whole however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 })), async (chunks) => {
        const h = new Harness();
        for (const chunk of chunks) h.source.push(chunk);
        h.source.end();
        const read = await h.response.bytes();
        expect(Buffer.from(read).equals(Buffer.concat(chunks))).toBe(true);
        expect(read.buffer.byteLength).toBe(read.length);
      }),
    );
  });

  it('reads nothing ahead', async () => {
    const h = new Harness();
    const reader = h.response.stream().getReader();
    await h.clock.advance(0);
    expect(h.source.pulls).toBe(0);
    h.source.push('a').push('b');
    await reader.read();
    await h.clock.advance(0);
    expect(h.source.pulls).toBe(1);
  });

  it('answers calls that overlap in their order', async () => {
    const h = new Harness();
    const chunks = h.response[Symbol.asyncIterator]();
    const reads = [chunks.next(), chunks.next(), chunks.next()];
    h.source.push('a').push('b').end();
    const texts = (await Promise.all(reads)).map(
      ({ value }) => value && Buffer.from(value).toString(),
    );
    expect(texts).toEqual(['a', 'b', undefined]);
  });

  it('throws when the connection breaks, after what had come', async () => {
    const h = new Harness();
    h.source.push('a').break(new Error('ECONNRESET'));
    const chunks = h.response[Symbol.asyncIterator]();
    expect((await chunks.next()).done).toBe(false);
    const error = await failure(chunks.next());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      requestId: 'req_1',
      status: 200,
      message: expect.stringContaining('after 1 bytes'),
    });
    expect(await failure(chunks.next())).toBe(error);
    expect(h.endings).toEqual([['errored', error]]);
    expect(h.listeners).toBe(0);
  });

  it.each([
    ['fewer bytes than its head says', { 'content-length': '9' }, StreamTruncatedError],
    ['as many as its head says', { 'content-length': '3' }, undefined],
    [
      'what its head says of an encoded body',
      { 'content-length': '9', 'content-encoding': 'gzip' },
      undefined,
    ],
  ])('looks whether there were %s', async (_name, headers, expected) => {
    const h = new Harness(headers);
    h.source.push('abc').end();
    const read = h.response.text();
    if (expected === undefined) expect(await read).toBe('abc');
    else expect(await failure(read)).toBeInstanceOf(expected);
  });

  it('throws after a silence while somebody waits, and only then', async () => {
    const h = new Harness();
    const chunks = h.response[Symbol.asyncIterator]();
    h.source.push('a');
    await chunks.next();
    await h.clock.advance(5000);
    expect(h.endings).toEqual([]);
    const waiting = failure(chunks.next());
    await h.clock.advance(999);
    expect(h.endings).toEqual([]);
    await h.clock.advance(1);
    const error = await waiting;
    expect(error).toBeInstanceOf(StreamIdleTimeoutError);
    expect(h.source.cancels).toEqual([error]);
    expect(h.clock.pending).toBe(0);
  });

  it.each([
    ['while somebody waits', true],
    ['while nobody does', false],
  ])('throws after an abort %s', async (_name, waits) => {
    const h = new Harness();
    const chunks = h.response[Symbol.asyncIterator]();
    const waiting = waits ? failure(chunks.next()) : undefined;
    await h.clock.advance(0);
    h.controller.abort();
    const error = await (waiting ?? failure(chunks.next()));
    expect(error).toBeInstanceOf(AbortedError);
    expect(h.endings).toEqual([['errored', error]]);
    expect(h.source.cancels).toEqual([error]);
  });

  it.each<[string, (response: BinaryResponse) => unknown]>([
    ['cancel()', (response) => response.cancel()],
    [
      'leaving the loop',
      async (response) => {
        for await (const chunk of response) {
          expect(chunk.length).toBe(1);
          break;
        }
      },
    ],
    ['cancelling its stream', (response) => response.stream().cancel()],
    [
      'await using',
      async (response) => {
        await using left = response;
        return left.status;
      },
    ],
  ])('is given up by %s', async (_name, leave) => {
    const h = new Harness();
    h.source.push('a').push('b');
    await leave(h.response);
    h.response.cancel();
    expect(h.endings).toEqual([['cancelled', undefined]]);
    expect(h.source.cancels).toEqual([undefined]);
    expect(h.listeners).toBe(0);
    expect(await failure(h.response.text())).toBeInstanceOf(ValidationError);
  });

  it('ends for who waits when somebody else gives it up', async () => {
    const h = new Harness();
    const chunks = h.response[Symbol.asyncIterator]();
    const waiting = chunks.next();
    await h.clock.advance(0);
    h.response.cancel();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
