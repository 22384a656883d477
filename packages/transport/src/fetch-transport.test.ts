import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import {
  AbortedError,
  ConfigurationError,
  ConnectionError,
  DnsError,
  ProtocolError,
  ResponseTooLargeError,
} from '@integrations/errors';
import type { HttpRequest } from '@integrations/types';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FetchTransport } from './fetch-transport.ts';
import {
  readText,
  rejection,
  serveHttp,
  serveRead,
  text,
  until,
} from './local-servers.test.support.ts';

function get(url: string, extra: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: {}, ...extra };
}

/** A fetch that never answers and does not heed its signal. */
function deafFetch(): Promise<Response> {
  return new Promise(() => undefined);
}

describe('FetchTransport', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('calls the fetch it was given, which sees method, headers and body', async () => {
    const seen: unknown[] = [];
    const transport = new FetchTransport({
      fetch: async (input, init) => {
        seen.push(input, init?.method, init?.headers, init?.body, init?.redirect);
        return new Response('ok', { headers: { 'X-Thing': 'yes' } });
      },
    });
    const response = await transport.send({
      method: 'POST',
      url: 'https://example.com/v1?a=1',
      headers: { Authorization: 'Bearer test-key', 'x-none': undefined },
      body: '{}',
    });
    expect(text(response.body)).toBe('ok');
    expect(response.headers).toMatchObject({ 'x-thing': 'yes' });
    expect(seen).toEqual([
      'https://example.com/v1?a=1',
      'POST',
      [['authorization', 'Bearer test-key']],
      '{}',
      'manual',
    ]);
  });

  it('uses the platform as it is when a request is sent, and says when there is none', async () => {
    const transport = new FetchTransport();
    vi.stubGlobal('fetch', async () => new Response('stubbed later'));
    const before = await new FetchTransport().send(get('https://example.com/'));
    expect(text(before.body)).toBe('stubbed later');
    expect(transport).toBeInstanceOf(FetchTransport);
    vi.stubGlobal('fetch', undefined);
    expect(() => new FetchTransport()).toThrow(ConfigurationError);
  });

  it('gives a body that fetch decoded, without the fields of its encoded form', async () => {
    const packed = gzipSync('hello '.repeat(100));
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, {
        'content-encoding': 'gzip',
        'content-length': packed.byteLength,
        'x-kept': 'yes',
      });
      response.end(packed);
    });
    const response = await new FetchTransport().send(get(server.origin));
    expect(text(response.body)).toBe('hello '.repeat(100));
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(response.headers['content-length']).toBeUndefined();
    expect(response.headers['x-kept']).toBe('yes');
  });

  it('counts decoded bytes against the limit', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(10_000_000)));
    });
    const transport = new FetchTransport({ maxResponseBytes: 1_000_000 });
    expect(await rejection(transport.send(get(server.origin)))).toBeInstanceOf(
      ResponseTooLargeError,
    );
  });

  it('says so when the platform hides a redirect', async () => {
    const hidden = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
    const transport = new FetchTransport({ fetch: async () => hidden });
    const error = await rejection(transport.send(get('https://example.com/')));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error.message).toContain('final address');
  });

  it('rejects at once on abort, even where fetch does not heed its signal', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const transport = new FetchTransport({ fetch: deafFetch });
    const sent = rejection(transport.send(get('https://example.com/', { signal })));
    const streamed = rejection(transport.sendStreaming(get('https://example.com/', { signal })));
    controller.abort();
    expect(await sent).toBeInstanceOf(AbortedError);
    expect(await streamed).toBeInstanceOf(AbortedError);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    await transport.close();
  });

  it('gives up the body of a response that comes after the abort', async () => {
    let answer: ((response: Response) => void) | undefined;
    const cancelled = vi.fn<() => void>();
    const transport = new FetchTransport({
      fetch: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const controller = new AbortController();
    const sent = rejection(
      transport.send(get('https://example.com/', { signal: controller.signal })),
    );
    await until(() => answer !== undefined);
    controller.abort();
    await sent;
    answer?.(new Response(new ReadableStream({ cancel: cancelled })));
    await until(() => cancelled.mock.calls.length === 1);
  });

  it('cancels the body of a fetch that does not heed its signal', async () => {
    const cancelled = vi.fn<() => void>();
    const transport = new FetchTransport({
      fetch: async () => new Response(new ReadableStream({ cancel: cancelled })),
    });
    const response = await transport.sendStreaming(get('https://example.com/'));
    const waiting = readText(response.body);
    response.cancel();
    expect(await waiting).toBe('');
    expect(cancelled).toHaveBeenCalledTimes(1);
  });

  it('reads a stream only as it is asked for', async () => {
    let pulled = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(40_000));
          if (pulled === 100) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const transport = new FetchTransport({ fetch: async () => new Response(stream) });
    const response = await transport.sendStreaming(get('https://example.com/'));
    expect(pulled).toBe(0);
    const iterator = response.body[Symbol.asyncIterator]();
    await iterator.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulled).toBeLessThanOrEqual(3);
    let length = 40_000;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      length += next.value.byteLength;
    }
    expect(length).toBe(4_000_000);
  });

  it('maps what fetch throws to the same classes', async () => {
    const wrapped = (code: string): Error =>
      new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });
    const send = (error: unknown): Promise<Error> =>
      rejection(
        new FetchTransport({ fetch: () => Promise.reject(error) }).send(
          get('https://example.com/'),
        ),
      );
    expect(await send(wrapped('ENOTFOUND'))).toBeInstanceOf(DnsError);
    expect(await send(wrapped('ECONNRESET'))).toBeInstanceOf(ConnectionError);
    expect(await send(new TypeError('Failed to fetch'))).toBeInstanceOf(ConnectionError);
    expect(await send('odd')).toBeInstanceOf(ConnectionError);
    const throwing = new FetchTransport({
      fetch: () => {
        throw new TypeError('thrown at once');
      },
    });
    expect(await rejection(throwing.send(get('https://example.com/')))).toBeInstanceOf(
      ConnectionError,
    );
  });

  it('takes a response without body', async () => {
    const transport = new FetchTransport({
      fetch: async () => new Response(null, { status: 204 }),
    });
    const buffered = await transport.send(get('https://example.com/'));
    expect(buffered.body.byteLength).toBe(0);
    const streamed = await transport.sendStreaming(get('https://example.com/'));
    expect(await readText(streamed.body)).toBe('');
    await transport.close();
  });

  it.each([
    [{ maxResponseBytes: -1 }, '`maxResponseBytes` must be'],
    [{ streamBufferBytes: 0 }, '`streamBufferBytes` must be'],
    [{ maxRedirects: 0.5 }, '`maxRedirects` must be'],
  ])('refuses %j', (options, message) => {
    expect(() => new FetchTransport(options)).toThrow(ConfigurationError);
    expect(() => new FetchTransport(options)).toThrow(message);
  });

  describe('with a streaming body', () => {
    const body = {
      contentType: 'text/x',
      size: 3,
      async *stream(): AsyncGenerator<Uint8Array> {
        yield new TextEncoder().encode('ab');
        yield new TextEncoder().encode('c');
      },
    };
    const post = (url: string): HttpRequest => ({ method: 'POST', url, headers: {}, body });

    it.each([
      ['as it is made', undefined, '3'],
      ['as a whole', false, '3'],
    ])('sends it %s', async (_name, streamUploads, length) => {
      const seen: unknown[] = [];
      await using server = await serveRead((request, response, sent) => {
        const { 'content-type': type, 'content-length': bytes } = request.headers;
        seen.push(type, bytes, sent.toString());
        response.end('ok');
      });
      await using transport = new FetchTransport({ streamUploads });
      expect(text((await transport.send(post(server.origin))).body)).toBe('ok');
      expect(seen).toEqual(['text/x', length, 'abc']);
    });

    it.each([
      ['a stream', 'half', ReadableStream, undefined],
      ['a blob where told not to stream', undefined, Blob, false],
    ])('gives fetch %s', async (_name, duplex, kind, streamUploads) => {
      const seen: RequestInit[] = [];
      const transport = new FetchTransport({
        streamUploads,
        fetch: async (_input, init) => {
          seen.push(init ?? {});
          return new Response('ok');
        },
      });
      await transport.send(post('https://example.com'));
      expect(seen[0]?.body).toBeInstanceOf(kind);
      expect(seen[0]).toMatchObject(duplex === undefined ? {} : { duplex });
    });

    it('gives fetch a blob on a platform that cannot stream', async () => {
      // Like Firefox, which makes text of a stream.
      vi.stubGlobal(
        'Request',
        class {
          readonly headers = new Headers({ 'content-type': 'text/plain' });
        },
      );
      const seen: unknown[] = [];
      const transport = new FetchTransport({
        fetch: async (_input, init) => {
          seen.push(init?.body);
          return new Response('ok');
        },
      });
      await transport.send(post('https://example.com'));
      expect(seen[0]).toBeInstanceOf(Blob);
    });
  });
});
