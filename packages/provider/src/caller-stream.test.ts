import { getEventListeners } from 'node:events';
import {
  AbortedError,
  AttemptTimeoutError,
  ConnectionError,
  OverloadedError,
  ProtocolError,
  RateLimitError,
  ServerError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
  TotalTimeoutError,
  UnexpectedContentTypeError,
  UnexpectedStatusError,
  ValidationError,
} from '@integrations/errors';
import type { MockChunk, MockResponse } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { AcmeHarness, collect, delta, DONE, STREAM } from './acme.test.support.ts';
import { EventStream } from './event-stream.ts';
import { failure } from './manual-response.test.support.ts';

const ERROR_EVENT = 'data: {"error":{"message":"slow down"}}\n\n';
const PING = 'event: ping\ndata: {}\n\n';

/** What every stream leaves behind: one closed record, no timer, no connection. */
function expectClosed(h: AcmeHarness, ending: string): void {
  expect(h.endings).toEqual([ending]);
  expect(h.tracer.open).toEqual([]);
  expect(h.tracer.spans.flatMap(({ lateCalls }) => lateCalls)).toEqual([]);
  expect(h.clock.pending).toBe(0);
  expect(h.transport.openStreams).toBe(0);
}

describe('stream', () => {
  it('asks for events, and gives them', async () => {
    const h = new AcmeHarness();
    h.transport.stream([PING, delta('Hel'), delta('lo'), DONE], {
      headers: { 'x-request-id': 'req_1' },
    });
    const stream = await h.stream();
    expect(h.transport.requests[0]?.headers).toMatchObject({
      accept: 'text/event-stream',
      authorization: 'Bearer test-key-1',
    });
    expect(stream.requestId).toBe('req_1');
    expect(await collect(stream)).toBe('Hello');
    await h.clock.advance(0);
    expectClosed(h, 'ok');
  });

  it('gives the response beside the stream', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('hi'), DONE], { headers: { 'x-request-id': 'req_1' } });
    const { data, response, requestId } = await h.stream().withResponse();
    expect(requestId).toBe('req_1');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-request-id')).toBe('req_1');
    expect(response.body).toBeNull();
    expect(await collect(data)).toBe('hi');
  });

  it('is closed by asResponse alone, and says so when it is read after all', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('hi')], { stayOpen: true });
    const promise = h.stream();
    expect((await promise.asResponse()).status).toBe(200);
    await h.clock.advance(0);
    expectClosed(h, 'cancelled');
    const error = await failure(promise);
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ message: expect.stringContaining('`withResponse()`') });
  });

  it('stays open for who wants the response and the stream at once', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('hi'), DONE]);
    const promise = h.stream();
    const [response, stream] = await Promise.all([promise.asResponse(), promise]);
    expect(response.status).toBe(200);
    expect(await collect(stream)).toBe('hi');
  });

  it('is closed with a typed error when the caller’s stream cannot be made', async () => {
    const h = new AcmeHarness();
    h.transport.stream([delta('hi')], { stayOpen: true });
    const cause = new TypeError('no');
    const opened = h.caller.stream(STREAM, { body: {} }, undefined, () => {
      throw cause;
    });
    const error = await failure(opened);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ cause });
    await h.clock.advance(0);
    expectClosed(h, 'error');
  });

  describe('before its first event', () => {
    it.each<[string, MockResponse, unknown, RegExp]>([
      [
        'a JSON error where events were due',
        { json: { error: { message: 'no' } } },
        UnexpectedStatusError,
        /^acme answers\.stream: .*"no"/,
      ],
      [
        'JSON that is no error',
        { json: { output: 'hi' } },
        UnexpectedContentTypeError,
        /200 with application\/json: .*output/,
      ],
      [
        'HTML where events were due',
        { text: '<html>log in', headers: { 'content-type': 'text/html' } },
        UnexpectedContentTypeError,
        /200 with text\/html: "<html>log in"/,
      ],
      [
        'an error status',
        { status: 429, json: { error: 'slow down' } },
        RateLimitError,
        /slow down/,
      ],
      [
        'an error status with an event stream',
        { status: 500, text: 'oops', headers: { 'content-type': 'text/event-stream' } },
        ServerError,
        /oops/,
      ],
      [
        'an empty stream',
        { text: '', headers: { 'content-type': 'text/event-stream' } },
        StreamTruncatedError,
        /after 0 events/,
      ],
      ['no body at all', { status: 204 }, StreamTruncatedError, /after 0 events/],
    ])('fails the call on %s', async (_name, response, type, message) => {
      const h = new AcmeHarness();
      h.transport.respond({
        ...response,
        headers: { ...response.headers, 'x-request-id': 'req_9' },
      });
      const error = await failure(h.stream());
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ requestId: 'req_9' });
      expect((error as Error).message).toMatch(message);
      expectClosed(h, 'error');
    });

    it.each<[string, MockChunk[], unknown]>([
      ['an error event', [PING, ERROR_EVENT, delta('late')], ServerError],
      ['the end mark alone', [PING, DONE], ProtocolError],
      ['a broken connection', [new TypeError('terminated')], ConnectionError],
    ])('fails the call on %s', async (_name, chunks, type) => {
      const h = new AcmeHarness();
      h.transport.stream(chunks, { stayOpen: true });
      expect(await failure(h.stream())).toBeInstanceOf(type);
      await h.clock.advance(0);
      expectClosed(h, 'error');
    });

    it('takes the media type in any case', async () => {
      const h = new AcmeHarness();
      h.transport.stream([delta('hi'), DONE], {
        headers: { 'content-type': 'Text/Event-Stream; charset=utf-8' },
      });
      expect(await collect(await h.stream())).toBe('hi');
    });

    it('reads no more than a megabyte of an error, and keeps its class', async () => {
      const h = new AcmeHarness();
      const chunks = Array.from({ length: 40 }, () => 'x'.repeat(100_000));
      h.transport.stream(chunks, {
        status: 503,
        stayOpen: true,
        headers: { 'content-type': 'text/plain', 'x-request-id': 'req_9' },
      });
      const error = await failure(h.stream());
      expect(error).toBeInstanceOf(OverloadedError);
      expect(error).toMatchObject({ code: 'overloaded', retryable: true, requestId: 'req_9' });
      const { body } = (error as { context: { body: string } }).context;
      expect(body).toHaveLength(1024 * 1024);
      expectClosed(h, 'error');
    });

    it('may be tried again', async () => {
      const h = new AcmeHarness({ attempts: 3 });
      h.transport.respond({ status: 500 });
      h.transport.stream([ERROR_EVENT], { stayOpen: true });
      h.transport.stream([delta('third'), DONE]);
      expect(await collect(await h.stream())).toBe('third');
      await h.clock.advance(0);
      expectClosed(h, 'ok');
    });

    it('is limited by the attempt’s timeout, keep-alives or not', async () => {
      const h = new AcmeHarness();
      h.transport.stream([': keep-alive\n\n', PING], { stayOpen: true });
      const failed = failure(h.stream({ timeout: 500 }));
      await h.clock.advance(499);
      expect(h.transport.openStreams).toBe(1);
      await h.clock.advance(1);
      expect(await failed).toBeInstanceOf(AttemptTimeoutError);
      await h.clock.advance(0);
      expectClosed(h, 'error');
    });

    it('ends with the caller’s abort', async () => {
      const h = new AcmeHarness();
      h.transport.stream([PING], { stayOpen: true });
      const controller = new AbortController();
      const failed = failure(h.stream({ signal: controller.signal }));
      await h.clock.advance(0);
      controller.abort();
      expect(await failed).toBeInstanceOf(AbortedError);
      await h.clock.advance(0);
      expectClosed(h, 'error');
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    });
  });

  describe('from its first event on', () => {
    it('has no other limit than the silence between events', async () => {
      const h = new AcmeHarness({ timeoutMs: 100 });
      h.transport.stream([delta('a'), delta('b'), DONE], {});
      const stream = await h.stream({ totalTimeout: 100 });
      expect(h.clock.pending).toBe(0);
      await h.clock.advance(100_000);
      expect(await collect(stream)).toBe('ab');
    });

    it('takes the limit of the call over the client’s', async () => {
      const h = new AcmeHarness();
      h.transport.stream([delta('a')], { stayOpen: true });
      const stream = await h.stream({ streamIdleTimeout: '5s' });
      const failed = failure(collect(stream));
      await h.clock.advance(4999);
      expect(stream.state).toBe('reading');
      await h.clock.advance(1);
      expect(await failed).toBeInstanceOf(StreamIdleTimeoutError);
      await h.clock.advance(0);
      expectClosed(h, 'error');
    });

    it('takes the client’s limit where the call says nothing', async () => {
      const h = new AcmeHarness({ streamIdleTimeoutMs: 700 });
      h.transport.stream([delta('a')], { stayOpen: true });
      const failed = failure(collect(await h.stream()));
      await h.clock.advance(700);
      expect(await failed).toBeInstanceOf(StreamIdleTimeoutError);
    });

    it('never becomes another attempt', async () => {
      const h = new AcmeHarness({ attempts: 3 });
      h.transport.stream([delta('a'), ERROR_EVENT], { stayOpen: true });
      const stream = await h.stream();
      expect(await failure(collect(stream))).toBeInstanceOf(ServerError);
      expect(h.transport.requests).toHaveLength(1);
      await h.clock.advance(0);
      expectClosed(h, 'error');
    });

    it('ends with the caller’s abort, and closes the connection', async () => {
      const h = new AcmeHarness();
      h.transport.stream([delta('a')], { stayOpen: true });
      const controller = new AbortController();
      const { signal } = controller;
      const stream = await h.stream({ signal });
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      const failed = failure(collect(stream));
      await h.clock.advance(0);
      const reason = new TotalTimeoutError('of a larger piece of work');
      controller.abort(reason);
      expect(await failed).toBe(reason);
      await h.clock.advance(0);
      expectClosed(h, 'error');
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    });

    it('is closed by leaving the loop', async () => {
      const h = new AcmeHarness();
      h.transport.stream([delta('a'), delta('b')], { stayOpen: true });
      for await (const event of await h.stream()) {
        expect(event.delta).toBe('a');
        break;
      }
      await h.clock.advance(0);
      expectClosed(h, 'cancelled');
    });

    it('gives the same stream to all who await', async () => {
      const h = new AcmeHarness();
      h.transport.stream([delta('a'), DONE]);
      const promise = h.stream();
      const [first, second] = await Promise.all([promise, promise]);
      expect(first).toBeInstanceOf(EventStream);
      expect(second).toBe(first);
      expect(h.transport.requests).toHaveLength(1);
      first.cancel();
    });
  });
});
