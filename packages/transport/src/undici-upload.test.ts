import type { Http2SecureServer } from 'node:http2';
import { ConnectionError, ProtocolError, SerializationError } from '@integrations/errors';
import type { HttpRequest, HttpStreamingBody } from '@integrations/types';
import { beforeAll, describe, expect, it } from 'vitest';
import { formParts } from './form-parts.ts';
import {
  type Certificate,
  makeCertificate,
  readText,
  rejection,
  serveHttp,
  serveHttp2,
  serveRead,
  serveTcp,
  text,
  until,
} from './local-servers.test.support.ts';
import { MultipartBody } from './multipart.ts';
import { UndiciTransport } from './undici-transport.ts';

const CHUNK = new Uint8Array(64 * 1024).fill(97);

function post(url: string, body: HttpStreamingBody, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'POST', url, headers: {}, body, ...more };
}

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const piece of texts) yield new TextEncoder().encode(piece);
}

/** A body of 10 MB or more, each chunk of it in a turn of its own; notes how its reading ended. */
function large(chunks = 160): HttpStreamingBody & { ended: 'left' | 'whole' | undefined } {
  const body = {
    ended: undefined as 'left' | 'whole' | undefined,
    async *stream(): AsyncGenerator<Uint8Array> {
      body.ended = 'left';
      for (let count = 0; count < chunks; count += 1) {
        yield CHUNK;
        await new Promise((resolve) => setImmediate(resolve));
      }
      body.ended = 'whole';
    },
  };
  return body;
}

describe('a streaming body over UndiciTransport', () => {
  it('has its length where the size is known, and is chunked where it is not', async () => {
    const seen: unknown[] = [];
    await using server = await serveRead((request, response, body) => {
      const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
      seen.push({ length, coding, type: request.headers['content-type'], body: body.toString() });
      response.end();
    });
    await using transport = new UndiciTransport();
    const sized = { size: 3, contentType: 'text/x', stream: () => pieces('ab', 'c') };
    await transport.send(post(server.origin, sized));
    await transport.send(post(server.origin, { stream: () => pieces('ab', '', 'c') }));
    await transport.send(
      post(
        server.origin,
        { size: 0, contentType: 'text/x', stream: () => pieces() },
        {
          headers: { 'Content-Type': 'text/y', 'content-length': '99' },
        },
      ),
    );
    expect(seen).toEqual([
      { length: '3', type: 'text/x', body: 'abc' },
      { coding: 'chunked', body: 'abc' },
      { length: '0', type: 'text/y', body: '' },
    ]);
    expect(server.sockets).toHaveLength(1);
  });

  it('carries a form that the other side can read', async () => {
    let form: FormData | undefined;
    await using server = await serveRead(async (request, response, body) => {
      const type = request.headers['content-type'] ?? '';
      form = await new Response(body, { headers: { 'content-type': type } }).formData();
      response.end();
    });
    await using transport = new UndiciTransport();
    const file = { name: 'ü.txt', contentType: 'text/plain', stream: () => pieces('hé', 'llo') };
    await transport.send(post(server.origin, new MultipartBody(formParts({ n: 1, file }))));
    expect(form?.get('n')).toBe('1');
    const got = form?.get('file') as File;
    expect([got.name, got.type, await got.text()]).toEqual(['ü.txt', 'text/plain', 'héllo']);
  });

  const refusal = 'HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno';

  it.each([
    ['leaves the rest unread', () => undefined],
    ['closes', 'destroy' as const],
    ['resets the connection', 'resetAndDestroy' as const],
  ])('gives the answer of a server that refuses it and %s', async (_name, ending) => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write(refusal, () => {
          if (typeof ending === 'string') socket[ending]();
        });
      });
    });
    await using transport = new UndiciTransport();
    // The write that meets the closed connection comes sooner or later.
    for (let count = 0; count < 20; count += 1) {
      const body = large();
      const response = await transport.send(post(server.origin, body));
      expect([response.status, text(response.body)]).toEqual([413, 'no']);
      await until(() => body.ended !== undefined);
      expect(body.ended).toBe('left');
    }
    // A connection that was left in the middle of a request serves no other.
    expect(server.sockets).toHaveLength(20);
  });

  it('types the loss of a server that closes without an answer', async () => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => socket.destroy());
    });
    await using transport = new UndiciTransport();
    for (let count = 0; count < 20; count += 1) {
      const error = await rejection(transport.send(post(server.origin, large())));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ retryable: true });
    }
  });

  it('closes the socket when the source fails, and says what failed', async () => {
    await using server = await serveHttp((request) => void request.resume());
    await using transport = new UndiciTransport();
    const cause = new Error('EIO: disk');
    const body = {
      async *stream() {
        yield CHUNK;
        throw cause;
      },
    };
    const error = await rejection(transport.send(post(server.origin, body)));
    expect(error).toBeInstanceOf(SerializationError);
    expect(error).toMatchObject({ cause, retryable: false });
    await until(() => server.openSockets() === 0);
  });

  it('uses a connection again that carried a body whole', async () => {
    await using server = await serveHttp((request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    await using transport = new UndiciTransport();
    for (let count = 0; count < 3; count += 1) {
      const body = large();
      expect(text((await transport.send(post(server.origin, body))).body)).toBe('ok');
      expect(body.ended).toBe('whole');
    }
    expect(server.sockets).toHaveLength(1);
  });

  it('is left when the reader of a streaming answer leaves', async () => {
    await using server = await serveHttp((request, response) => {
      request.resume();
      response.write('first');
    });
    await using transport = new UndiciTransport();
    const body = large(Infinity);
    const response = await transport.sendStreaming(post(server.origin, body));
    response.cancel();
    await until(() => server.openSockets() === 0);
    expect(body.ended).toBe('left');
  });

  it('is not opened when there is no connection', async () => {
    const server = await serveHttp(() => undefined);
    const { origin } = server;
    await server[Symbol.asyncDispose]();
    await using transport = new UndiciTransport();
    const body = large();
    await rejection(transport.send(post(origin, body)));
    expect(body.ended).toBeUndefined();
  });

  describe('when the server redirects', () => {
    const redirecting = (): ReturnType<typeof serveHttp> =>
      serveRead((request, response, body) => {
        if (request.url === '/old') response.writeHead(307, { location: '/new' }).end();
        else response.end(body);
      });

    it('is sent again', async () => {
      await using server = await redirecting();
      await using transport = new UndiciTransport();
      const sent = post(`${server.origin}/old`, { size: 3, stream: () => pieces('abc') });
      expect(text((await transport.send(sent)).body)).toBe('abc');
    });

    it('is refused where it can be read once only', async () => {
      await using server = await redirecting();
      await using transport = new UndiciTransport();
      const once = { replayable: false, stream: () => pieces('abc') };
      const error = await rejection(transport.send(post(`${server.origin}/old`, once)));
      expect(error).toBeInstanceOf(ProtocolError);
      expect(error.message).toContain('can be read once only');
    });
  });
});

describe('a streaming body over HTTP/2', () => {
  let certificate: Certificate;

  beforeAll(async () => {
    certificate = await makeCertificate({ ip: '127.0.0.1' });
  });

  function serve(setUp: (server: Http2SecureServer) => void): ReturnType<typeof serveHttp2> {
    return serveHttp2(certificate, setUp);
  }

  it('arrives whole', async () => {
    await using server = await serve((http2) => {
      http2.on('request', (request, response) => {
        const chunks: Uint8Array[] = [];
        request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        request.on('end', () => response.end(`${Buffer.concat(chunks).length}`));
      });
    });
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const response = await transport.send(post(server.origin, large()));
    expect(text(response.body)).toBe(`${160 * CHUNK.length}`);
  });

  it('is left by an abort, and the others go on', async () => {
    await using server = await serve((http2) => {
      http2.on('stream', (stream) => stream.on('error', () => undefined));
      http2.on('request', (request, response) => {
        if (request.url === '/other') {
          response.write('first');
          setImmediate(() => response.end('second'));
        }
      });
    });
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const controller = new AbortController();
    const body = large();
    const { signal } = controller;
    const sent = rejection(transport.send(post(`${server.origin}/stuck`, body, { signal })));
    const other = await transport.sendStreaming({
      method: 'GET',
      url: `${server.origin}/other`,
      headers: {},
    });
    controller.abort();
    expect(await sent).toMatchObject({ code: 'aborted' });
    expect(await readText(other.body)).toBe('firstsecond');
    await until(() => body.ended !== undefined && server.openSockets() === 0);
    expect(body.ended).toBe('left');
  });

  it('is left when the answer comes early', async () => {
    await using server = await serve((http2) => {
      http2.on('stream', (stream) => stream.on('error', () => undefined));
      http2.on('request', (_request, response) => {
        response.writeHead(413);
        response.end('no');
      });
    });
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const body = large();
    const response = await transport.send(post(server.origin, body));
    expect([response.status, text(response.body)]).toEqual([413, 'no']);
    expect(body.ended).toBe('left');
  });
});
