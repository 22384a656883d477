import { getEventListeners } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  AbortedError,
  AttemptTimeoutError,
  ConfigurationError,
  ConnectionError,
  DnsError,
  ProtocolError,
  ResponseTooLargeError,
  ValidationError,
} from '@integrations/errors';
import type { HttpRequest, HttpTransport } from '@integrations/types';
import { afterEach, describe, expect, it } from 'vitest';
import { FetchTransport } from './fetch-transport.ts';
import {
  type LocalServer,
  readText,
  rejection,
  serveHttp,
  serveTcp,
  serveText,
  text,
  until,
} from './local-servers.test.support.ts';
import { UndiciTransport } from './undici-transport.ts';

interface Limits {
  readonly maxResponseBytes?: number;
  readonly maxRedirects?: number;
}

const TRANSPORTS = [
  ['UndiciTransport', (limits?: Limits) => new UndiciTransport(limits)],
  ['FetchTransport', (limits?: Limits) => new FetchTransport(limits)],
] as const;

async function readRequest(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Answers with what it was sent, as JSON. */
const echo: RequestListener = (request, response) => {
  void answerWithRequest(request, response);
};

async function answerWithRequest(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url, headers } = request;
  const body = await readRequest(request);
  response.end(JSON.stringify({ method, url, headers, body }));
}

interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string | undefined>;
  readonly body: string;
}

function parseEcho(body: Uint8Array): Echo {
  return JSON.parse(text(body)) as Echo;
}

describe.each(TRANSPORTS)('%s', (_name, make) => {
  const cleanUps: (() => Promise<void>)[] = [];

  async function using(server: Promise<LocalServer>): Promise<LocalServer> {
    const made = await server;
    cleanUps.push(async () => made[Symbol.asyncDispose]());
    return made;
  }

  function get(url: string, extra: Partial<HttpRequest> = {}): HttpRequest {
    return { method: 'GET', url, headers: {}, ...extra };
  }

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  });

  describe('requests and responses', () => {
    it('sends method, path, query, headers and body, and reads the answer', async () => {
      const server = await using(serveHttp(echo));
      const response = await make().send({
        method: 'POST',
        url: `${server.origin}/v1/chat?a=1#part`,
        headers: { 'content-type': 'application/json', 'x-thing': 'yes' },
        body: '{"text":"né"}',
      });
      expect(response.status).toBe(200);
      const seen = parseEcho(response.body);
      expect(seen).toMatchObject({ method: 'POST', url: '/v1/chat?a=1', body: '{"text":"né"}' });
      expect(seen.headers).toMatchObject({ 'x-thing': 'yes', 'content-length': '14' });
    });

    it('sends bytes as they are', async () => {
      const server = await using(
        serveHttp((request, response) => {
          void readRequest(request).then((body) => response.end(Buffer.from(body).toString('hex')));
        }),
      );
      const whole = new Uint8Array([1, 65, 66, 67, 2]);
      const response = await make().send({
        method: 'PUT',
        url: server.origin,
        headers: {},
        body: whole.subarray(1, 4),
      });
      expect(text(response.body)).toBe('414243');
    });

    it('sends content-length 0 with a POST that has no body, and the true length whatever the caller says', async () => {
      const server = await using(serveHttp(echo));
      const transport = make();
      const empty = await transport.send({ method: 'POST', url: server.origin, headers: {} });
      expect(parseEcho(empty.body).headers['content-length']).toBe('0');
      const lied = await transport.send({
        method: 'POST',
        url: server.origin,
        headers: { 'Content-Length': '999' },
        body: 'abc',
      });
      expect(parseEcho(lied.body)).toMatchObject({
        body: 'abc',
        headers: { 'content-length': '3' },
      });
    });

    it('skips headers that are undefined', async () => {
      const server = await using(serveHttp(echo));
      const response = await make().send(get(server.origin, { headers: { 'x-none': undefined } }));
      expect('x-none' in parseEcho(response.body).headers).toBe(false);
    });

    it('gives response headers lower-case names and joins repeated ones', async () => {
      const server = await using(
        serveText(
          'HTTP/1.1 200 OK\r\nX-Many: a\r\nX-MANY: b\r\nSet-Cookie: c=1\r\nSet-Cookie: d=2\r\nContent-Length: 2\r\n\r\nok',
        ),
      );
      const { headers } = await make().send(get(server.origin));
      expect(headers['x-many']).toBe('a, b');
      expect(headers['set-cookie']).toBe('c=1, d=2');
    });

    it.each([204, 404, 500, 503])('takes status %i for a response', async (status) => {
      const server = await using(
        serveHttp((_request, response) => response.writeHead(status).end()),
      );
      expect((await make().send(get(server.origin))).status).toBe(status);
    });

    it('ignores 1xx heads', async () => {
      const server = await using(
        serveText(
          'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone',
        ),
      );
      const response = await make().send(get(server.origin));
      expect(response.status).toBe(200);
      expect(text(response.body)).toBe('done');
      expect(response.headers['link']).toBeUndefined();
    });

    it('joins a body that arrives in pieces', async () => {
      const server = await using(
        serveHttp((_request, response) => {
          const write = (left: number): void => {
            if (left === 0) response.end('!');
            else response.write('x'.repeat(4000), () => write(left - 1));
          };
          write(50);
        }),
      );
      const { body } = await make().send(get(server.origin));
      expect(body.byteLength).toBe(200_001);
      expect(body.at(-1)).toBe(33);
    });
  });

  describe('what is refused before anything is sent', () => {
    it.each([
      ['http://example.com/v1?key=hidden', /unencrypted/],
      ['http://127.0.0.1.example.com/', /unencrypted/],
      ['http://notlocalhost/', /unencrypted/],
      ['ftp://localhost/', /only https:/],
      ['/v1/models', /not an absolute URL/],
      ['https://user:hidden@example.com/', /user name or password/],
    ])('%s', async (url, message) => {
      const error = await rejection(make().send(get(url)));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain('hidden');
    });

    it.each([
      ['line break', { 'x-bad': 'hidden\r\nx-more: 1' }],
      ['NUL', { 'x-bad': 'hidden\0' }],
      ['a character outside latin-1', { 'x-bad': 'hidden €' }],
      ['a name that is no token', { 'x bad': 'hidden' }],
      ['a line break in a name', { 'x-bad\r\nx': 'hidden' }],
      ['a field of the connection', { 'transfer-encoding': 'hidden' }],
      ['a value that is no string', { 'x-bad': 7 as unknown as string }],
    ])('a header with %s', async (_what, headers) => {
      const error = await rejection(make().send(get('http://127.0.0.1:9/', { headers })));
      expect(error).toBeInstanceOf(ValidationError);
      expect(error.message).toContain(JSON.stringify(Object.keys(headers)[0]));
      expect(error.message).not.toContain('hidden');
    });

    it('a GET with a body, and a body of another type', async () => {
      const transport = make();
      const withBody = await rejection(transport.send(get('https://example.com/', { body: 'x' })));
      expect(withBody).toBeInstanceOf(ValidationError);
      const wrong = await rejection(
        transport.send({
          method: 'POST',
          url: 'https://example.com/',
          headers: {},
          body: { a: 1 } as unknown as string,
        }),
      );
      expect(wrong).toBeInstanceOf(ValidationError);
    });
  });

  describe('failures of the network', () => {
    it('a refused connection', async () => {
      const server = await serveHttp(echo);
      await server[Symbol.asyncDispose]();
      const error = await rejection(make().send(get(`${server.origin}/v1/models?key=hidden`)));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.message).toContain(`GET ${server.origin}/v1/models`);
      expect(error.message).toContain('ECONNREFUSED');
      expect(error.message).not.toContain('hidden');
    });

    it('a name that does not resolve', async () => {
      const error = await rejection(make().send(get('https://nothing.invalid/')));
      expect(error).toBeInstanceOf(DnsError);
    });

    it('a reset before the head', async () => {
      const server = await using(serveText('', 'reset'));
      expect(await rejection(make().send(get(server.origin)))).toBeInstanceOf(ConnectionError);
    });

    it.each([
      ['a body shorter than its content-length', 'Content-Length: 10\r\n\r\nabc', 'end'],
      ['a chunked body without its end', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', 'end'],
      ['a reset within the body', 'Content-Length: 10\r\n\r\nabc', 'reset'],
    ] as const)('%s', async (_what, rest, afterwards) => {
      const server = await using(serveText(`HTTP/1.1 200 OK\r\n${rest}`, afterwards));
      const error = await rejection(make().send(get(server.origin)));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ retryable: true });
      const stream = await make().sendStreaming(get(server.origin));
      expect(await rejection(readText(stream.body))).toBeInstanceOf(ConnectionError);
    });

    it('an answer that is not HTTP', async () => {
      const server = await using(serveText('SSH-2.0-OpenSSH_9.6\r\n'));
      expect(await rejection(make().send(get(server.origin)))).toBeInstanceOf(ProtocolError);
    });
  });

  describe('limits', () => {
    it('counts the body while it is read', async () => {
      const server = await using(
        serveHttp((_request, response) => {
          response.write('x'.repeat(600));
          response.write('x'.repeat(600));
        }),
      );
      const error = await rejection(make({ maxResponseBytes: 1000 }).send(get(server.origin)));
      expect(error).toBeInstanceOf(ResponseTooLargeError);
      await until(() => server.openSockets() === 0);
    });

    it('refuses by the content-length, without reading', async () => {
      const server = await using(serveText('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n'));
      const error = await rejection(make({ maxResponseBytes: 1000 }).send(get(server.origin)));
      expect(error).toBeInstanceOf(ResponseTooLargeError);
      await until(() => server.openSockets() === 0);
    });

    it('takes a body of exactly the limit', async () => {
      const server = await using(serveHttp((_request, response) => response.end('x'.repeat(1000))));
      const response = await make({ maxResponseBytes: 1000 }).send(get(server.origin));
      expect(response.body.byteLength).toBe(1000);
    });
  });

  describe('redirects', () => {
    function redirectTo(
      status: number,
      location: string | (() => string),
    ): (request: IncomingMessage, response: ServerResponse) => void {
      return (request, response) => {
        if (request.url === '/final') {
          echo(request, response);
          return;
        }
        const target = typeof location === 'string' ? location : location();
        response.writeHead(status, { location: target }).end('moved');
      };
    }

    const secrets = {
      authorization: 'Bearer test-key',
      cookie: 'a=1',
      'x-api-key': 'test-key',
      'api-key': 'test-key',
      'openai-organization': 'org',
      'openai-project': 'proj',
      'x-kept': 'yes',
    };

    it.each([301, 302, 303])('%i turns a POST into a GET without body', async (status) => {
      const server = await using(serveHttp(redirectTo(status, '/final')));
      const response = await make().send({
        method: 'POST',
        url: `${server.origin}/start`,
        headers: { 'content-type': 'application/json', authorization: 'Bearer test-key' },
        body: '{}',
      });
      const seen = parseEcho(response.body);
      expect(seen).toMatchObject({ method: 'GET', url: '/final', body: '' });
      expect(seen.headers['content-type']).toBeUndefined();
      expect(seen.headers['authorization']).toBe('Bearer test-key');
      expect(response.url).toBe(`${server.origin}/final`);
    });

    it.each([307, 308])('%i repeats method and body', async (status) => {
      const server = await using(serveHttp(redirectTo(status, '/final')));
      const response = await make().sendStreaming({
        method: 'POST',
        url: `${server.origin}/start`,
        headers: { 'content-type': 'application/json' },
        body: '{"a":1}',
      });
      const seen = JSON.parse(await readText(response.body)) as Echo;
      expect(seen).toMatchObject({ method: 'POST', url: '/final', body: '{"a":1}' });
      expect(response.url).toBe(`${server.origin}/final`);
    });

    it('keeps credentials from another origin, also on the way back', async () => {
      const home = await using(serveHttp(echo));
      const elsewhere = await using(
        serveHttp(redirectTo(307, () => `${home.origin}/after-elsewhere`)),
      );
      const start = await using(serveHttp(redirectTo(307, () => `${elsewhere.origin}/x`)));
      const response = await make().send(get(start.origin, { headers: secrets }));
      const { headers } = parseEcho(response.body);
      expect(headers['x-kept']).toBe('yes');
      for (const name of Object.keys(secrets).filter((key) => key !== 'x-kept')) {
        expect(headers[name]).toBeUndefined();
      }
    });

    it('follows five and no more', async () => {
      let count = 0;
      const server = await using(
        serveHttp((request, response) => {
          const left = Number((request.url ?? '').slice(1));
          count += 1;
          if (left === 0) response.end('there');
          else response.writeHead(302, { location: `/${left - 1}` }).end();
        }),
      );
      expect(text((await make().send(get(`${server.origin}/5`))).body)).toBe('there');
      count = 0;
      expect(await rejection(make().send(get(`${server.origin}/6`)))).toBeInstanceOf(ProtocolError);
      expect(count).toBe(6);
      const none = make({ maxRedirects: 0 }).send(get(`${server.origin}/1`));
      expect(await rejection(none)).toBeInstanceOf(ProtocolError);
    });

    it.each([
      ['a circle', '/start', /circle/],
      ['http: on another host', 'http://example.com/?key=hidden', /unencrypted/],
      ['another scheme', 'javascript:alert(1)', /only https:/],
      ['credentials in the address', 'https://user:hidden@example.com/', /user name/],
      ['something that is no URL', 'http://[', /not a URL/],
    ])('refuses %s', async (_what, location, message) => {
      const server = await using(serveHttp(redirectTo(302, location)));
      const error = await rejection(make().send(get(`${server.origin}/start`)));
      expect(error).toBeInstanceOf(ProtocolError);
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain('hidden');
    });

    it('returns a 3xx without location as it is', async () => {
      const server = await using(serveHttp((_request, response) => response.writeHead(302).end()));
      expect((await make().send(get(server.origin))).status).toBe(302);
    });
  });

  describe('abort', () => {
    it('rejects with AbortedError, whose cause is the reason, and sends nothing when aborted before', async () => {
      let count = 0;
      const server = await using(
        serveHttp((_request, response) => {
          count += 1;
          response.end();
        }),
      );
      const reason = new Error('changed my mind');
      const signal = AbortSignal.abort(reason);
      const error = await rejection(make().send(get(server.origin, { signal })));
      expect(error).toBeInstanceOf(AbortedError);
      expect(error.cause).toBe(reason);
      expect(count).toBe(0);
      expect(server.sockets).toHaveLength(0);
    });

    it('rejects with a typed reason itself', async () => {
      const server = await using(serveText(''));
      const controller = new AbortController();
      const sent = rejection(make().send(get(server.origin, { signal: controller.signal })));
      await until(() => server.sockets.length === 1);
      const reason = new AttemptTimeoutError('took too long');
      controller.abort(reason);
      expect(await sent).toBe(reason);
    });

    it('while the request is being sent closes the connection', async () => {
      const server = await using(serveTcp((socket) => socket.pause()));
      const controller = new AbortController();
      const sent = rejection(
        make().send({
          method: 'POST',
          url: server.origin,
          headers: {},
          body: new Uint8Array(64 * 1024 * 1024),
          signal: controller.signal,
        }),
      );
      await until(() => server.sockets.length === 1);
      controller.abort();
      expect(await sent).toBeInstanceOf(AbortedError);
      for (const socket of server.sockets) socket.resume();
      await until(() => server.openSockets() === 0);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    });

    it('while the head is awaited closes the connection', async () => {
      const server = await using(serveText(''));
      const controller = new AbortController();
      const sent = rejection(make().send(get(server.origin, { signal: controller.signal })));
      await until(() => (server.sockets[0]?.bytesRead ?? 0) > 0);
      controller.abort();
      expect(await sent).toBeInstanceOf(AbortedError);
      await until(() => server.openSockets() === 0);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    });

    it('while a buffered body is read closes the connection', async () => {
      const server = await using(serveText('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'));
      const controller = new AbortController();
      const sent = rejection(make().send(get(server.origin, { signal: controller.signal })));
      await until(() => (server.sockets[0]?.bytesWritten ?? 0) > 40);
      controller.abort();
      expect(await sent).toBeInstanceOf(AbortedError);
      await until(() => server.openSockets() === 0);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    });

    it('while a stream is read rejects the reader and closes the connection', async () => {
      const server = await using(serveText('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'));
      const controller = new AbortController();
      const response = await make().sendStreaming(
        get(server.origin, { signal: controller.signal }),
      );
      const iterator = response.body[Symbol.asyncIterator]();
      expect(text((await iterator.next()).value as Uint8Array)).toBe('abc');
      const pending = rejection(iterator.next());
      controller.abort();
      expect(await pending).toBeInstanceOf(AbortedError);
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      await until(() => server.openSockets() === 0);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    });

    it('leaves no listener behind after 1000 calls with one signal', async () => {
      const server = await using(serveHttp((_request, response) => response.end('ok')));
      const transport = make();
      const { signal } = new AbortController();
      for (let round = 0; round < 25; round += 1) {
        const calls = Array.from({ length: 40 }, async (_unused, index) => {
          if (index % 2 === 0) return transport.send(get(server.origin, { signal }));
          const { body } = await transport.sendStreaming(get(server.origin, { signal }));
          return readText(body);
        });
        await Promise.all(calls);
      }
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      await transport.close?.();
    }, 30_000);
  });

  describe('streams', () => {
    it('hand out chunks as they arrive', async () => {
      let finish: (() => void) | undefined;
      const server = await using(
        serveHttp((_request, response) => {
          response.write('first');
          finish = () => response.end('second');
        }),
      );
      const response = await make().sendStreaming(get(server.origin));
      const iterator = response.body[Symbol.asyncIterator]();
      expect(text((await iterator.next()).value as Uint8Array)).toBe('first');
      finish?.();
      expect(text((await iterator.next()).value as Uint8Array)).toBe('second');
      expect((await iterator.next()).done).toBe(true);
    });

    it('close the connection when the reader leaves the loop', async () => {
      const server = await using(
        serveHttp((_request, response) => {
          response.write('first');
        }),
      );
      const response = await make().sendStreaming(get(server.origin));
      for await (const chunk of response.body) {
        expect(text(chunk)).toBe('first');
        break;
      }
      await until(() => server.openSockets() === 0);
    });

    it('close the connection on cancel, which may be called again', async () => {
      const server = await using(
        serveHttp((_request, response) => {
          response.write('first');
        }),
      );
      const response = await make().sendStreaming(get(server.origin));
      response.cancel();
      response.cancel();
      expect(await readText(response.body)).toBe('');
      await until(() => server.openSockets() === 0);
    });

    it('reject a waiting reader with the typed reason of cancel', async () => {
      const server = await using(
        serveHttp((_request, response) => {
          response.flushHeaders();
        }),
      );
      const response = await make().sendStreaming(get(server.origin));
      const pending = rejection(readText(response.body));
      const reason = new AttemptTimeoutError('took too long');
      response.cancel(reason);
      expect(await pending).toBe(reason);
      const other = await make().sendStreaming(get(server.origin));
      const waiting = rejection(readText(other.body));
      other.cancel('enough');
      expect(await waiting).toMatchObject({ name: 'AbortedError', cause: 'enough' });
    });

    it('can be iterated once', async () => {
      const server = await using(serveHttp((_request, response) => response.end('ok')));
      const response = await make().sendStreaming(get(server.origin));
      expect(await readText(response.body)).toBe('ok');
      expect(() => response.body[Symbol.asyncIterator]()).toThrow(ConfigurationError);
    });

    it('give what arrived before a failure, then the failure, then the end', async () => {
      const server = await using(
        serveText('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', 'end'),
      );
      const response = await make().sendStreaming(get(server.origin));
      const iterator = response.body[Symbol.asyncIterator]();
      expect(text((await iterator.next()).value as Uint8Array)).toBe('abc');
      expect(await rejection(iterator.next())).toBeInstanceOf(ConnectionError);
      expect((await iterator.next()).done).toBe(true);
    });

    it('answer several calls of next in order', async () => {
      let finish: (() => void) | undefined;
      const server = await using(
        serveHttp((_request, response) => {
          response.flushHeaders();
          finish = () => {
            response.write('a', () => response.end('b'));
          };
        }),
      );
      const response = await make().sendStreaming(get(server.origin));
      const iterator = response.body[Symbol.asyncIterator]();
      const results = Promise.all([iterator.next(), iterator.next(), iterator.next()]);
      finish?.();
      const chunks = (await results).map((result) => (result.done ? '' : text(result.value)));
      expect(chunks.join('')).toBe('ab');
      expect(chunks.at(-1)).toBe('');
    });

    it('are held back by a slow reader down to the socket', async () => {
      let written = 0;
      const chunk = Buffer.alloc(64 * 1024);
      const server = await using(
        serveHttp((_request, response) => {
          const write = (): void => {
            while (written < 1024 && response.write(chunk)) written += 1;
            if (written < 1024) response.once('drain', write);
            else response.end();
            written += 1;
          };
          write();
        }),
      );
      const response = await make().sendStreaming(get(server.origin));
      const iterator = response.body[Symbol.asyncIterator]();
      await iterator.next();
      let before = -1;
      while (before !== written) {
        before = written;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      // 64 MiB are to be sent; the sockets' own buffers take a few.
      expect(written).toBeLessThan(512);
      let length = 0;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        length += next.value.byteLength;
      }
      expect(length).toBeGreaterThan(32 * 1024 * 1024);
    }, 30_000);
  });

  describe('close', () => {
    it('waits for calls under way and refuses further ones', async () => {
      let finish: (() => void) | undefined;
      const server = await using(
        serveHttp((_request, response) => {
          finish = () => response.end('late');
        }),
      );
      const transport = make();
      const sent = transport.send(get(server.origin));
      await until(() => finish !== undefined);
      let isClosed = false;
      const closing = transport.close?.().then(() => {
        isClosed = true;
      });
      const error = await rejection(transport.send(get(server.origin)));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toMatch(/closed/);
      expect(isClosed).toBe(false);
      finish?.();
      expect(text((await sent).body)).toBe('late');
      await closing;
      expect(isClosed).toBe(true);
    });

    it('waits for a stream until it is read or cancelled', async () => {
      const server = await using(
        serveHttp((_request, response) => {
          response.write('first');
        }),
      );
      const transport = make();
      const response = await transport.sendStreaming(get(server.origin));
      let isClosed = false;
      const closing = transport.close?.().then(() => {
        isClosed = true;
      });
      await new Promise((resolve) => setImmediate(resolve));
      expect(isClosed).toBe(false);
      response.cancel();
      await closing;
      await until(() => server.openSockets() === 0);
    });

    it('is what disposal does', async () => {
      const transport = make();
      await transport[Symbol.asyncDispose]();
      const error = await rejection((transport as HttpTransport).send(get('http://127.0.0.1:9/')));
      expect(error).toBeInstanceOf(ConfigurationError);
    });
  });
});
