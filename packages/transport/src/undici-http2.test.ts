import type { Http2SecureServer, ServerHttp2Stream } from 'node:http2';
import { AbortedError, ConnectionError } from '@integrations/errors';
import type { HttpRequest } from '@integrations/types';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Certificate,
  makeCertificate,
  readText,
  rejection,
  serveHttp2,
  serveHttps,
  text,
  until,
} from './local-servers.test.support.ts';
import { UndiciTransport } from './undici-transport.ts';

function get(url: string, extra: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: {}, ...extra };
}

/** Keeps every stream until the test answers it. */
function holdStreams(held: ServerHttp2Stream[]): (server: Http2SecureServer) => void {
  return (server) => {
    server.on('stream', (stream: ServerHttp2Stream) => {
      stream.on('error', () => undefined);
      held.push(stream);
    });
  };
}

describe('HTTP/2', () => {
  let certificate: Certificate;

  beforeAll(async () => {
    certificate = await makeCertificate({ ip: '127.0.0.1' });
  });

  it('is not spoken unless asked for', async () => {
    const versions: string[] = [];
    await using server = await serveHttp2(certificate, (http2) => {
      http2.on('request', (request, response) => {
        versions.push(request.httpVersion);
        response.end('ok');
      });
    });
    await using plain = new UndiciTransport({ ca: certificate.cert });
    await plain.send(get(server.origin));
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const response = await transport.send({
      method: 'POST',
      url: `${server.origin}/x?y=1`,
      headers: { 'content-type': 'text/plain' },
      body: 'hello',
    });
    expect(text(response.body)).toBe('ok');
    expect(response.status).toBe(200);
    expect(Object.keys(response.headers).filter((name) => name.startsWith(':'))).toEqual([]);
    expect(versions).toEqual(['1.1', '2.0']);
  });

  it('lets requests share one connection', async () => {
    const held: ServerHttp2Stream[] = [];
    await using server = await serveHttp2(certificate, holdStreams(held));
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const calls = Array.from({ length: 30 }, () => transport.send(get(server.origin)));
    await until(() => held.length === 30);
    expect(server.sockets).toHaveLength(1);
    for (const stream of held) {
      stream.respond({ ':status': 200 });
      stream.end('ok');
    }
    for (const response of await Promise.all(calls)) expect(text(response.body)).toBe('ok');
    const again = transport.send(get(server.origin));
    await until(() => held.length === 31);
    held[30]?.respond({ ':status': 204 }, { endStream: true });
    expect((await again).status).toBe(204);
    expect(server.sockets).toHaveLength(1);
  });

  it('opens several connections to a server that only speaks HTTP/1.1', async () => {
    const held: (() => void)[] = [];
    await using server = await serveHttps(certificate, (_request, response) => {
      held.push(() => response.end('ok'));
    });
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const calls = Array.from({ length: 4 }, () => transport.send(get(server.origin)));
    await until(() => held.length === 4);
    expect(server.sockets).toHaveLength(4);
    for (const finish of held) finish();
    await Promise.all(calls);
  });

  it('spares the other requests when one is aborted, then closes their connection', async () => {
    const held: ServerHttp2Stream[] = [];
    await using server = await serveHttp2(certificate, holdStreams(held));
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const controller = new AbortController();
    const { signal } = controller;
    const first = rejection(transport.send(get(`${server.origin}/first`, { signal })));
    const second = transport.send(get(`${server.origin}/second`));
    await until(() => held.length === 2);
    controller.abort();
    expect(await first).toBeInstanceOf(AbortedError);
    const third = transport.send(get(`${server.origin}/third`));
    await until(() => held.length === 3);
    expect(server.sockets).toHaveLength(2);
    for (const stream of held.filter((one) => one.sentHeaders === undefined)) {
      stream.respond({ ':status': 200 });
      stream.end('ok');
    }
    expect(text((await second).body)).toBe('ok');
    expect(text((await third).body)).toBe('ok');
    await until(() => server.openSockets() === 1);
  });

  it('lets many uploads be aborted at any moment', async () => {
    await using server = await serveHttp2(certificate, (http2) => {
      http2.on('stream', (stream: ServerHttp2Stream) => {
        stream.on('error', () => undefined);
        stream.resume();
        stream.once('end', () => {
          if (stream.destroyed) return;
          stream.respond({ ':status': 200 });
          stream.end('ok');
        });
      });
    });
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async (_unused, index) => {
        const controller = new AbortController();
        const sent = transport.send({
          method: 'POST',
          url: server.origin,
          headers: {},
          body: 'x'.repeat(index % 2 === 0 ? 10 : 300_000),
          signal: controller.signal,
        });
        const outcome = sent.then(
          ({ status }) => status,
          (error: unknown) => (error instanceof Error ? error.name : String(error)),
        );
        if (index % 3 !== 0) {
          for (let turn = 0; turn < index; turn += 1) {
            await new Promise((resolve) => setImmediate(resolve));
          }
          controller.abort();
        }
        return outcome;
      }),
    );
    expect(new Set(outcomes).has(200)).toBe(true);
    expect(new Set(outcomes).has('AbortedError')).toBe(true);
    expect(outcomes.filter((one) => one !== 200 && one !== 'AbortedError')).toEqual([]);
  });

  it('holds streams back and lets them go on', async () => {
    const size = 8 * 1024 * 1024;
    await using server = await serveHttp2(certificate, (http2) => {
      http2.on('stream', (stream: ServerHttp2Stream) => {
        stream.on('error', () => undefined);
        stream.respond({ ':status': 200 });
        stream.end(Buffer.alloc(size, 120));
      });
    });
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const response = await transport.sendStreaming(get(server.origin));
    expect((await readText(response.body)).length).toBe(size);
  });

  it('reports a stream that the server resets, and a connection that breaks', async () => {
    const held: ServerHttp2Stream[] = [];
    await using server = await serveHttp2(certificate, holdStreams(held));
    await using transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const reset = rejection(transport.send(get(server.origin)));
    await until(() => held.length === 1);
    held[0]?.respond({ ':status': 200 });
    held[0]?.destroy(new Error('gone'));
    expect(await reset).toBeInstanceOf(ConnectionError);
    const broken = rejection(transport.send(get(server.origin)));
    await until(() => held.length === 2);
    held[1]?.respond({ ':status': 200 });
    held[1]?.write('part');
    for (const socket of server.sockets) socket.resetAndDestroy();
    expect(await broken).toBeInstanceOf(ConnectionError);
    const fresh = transport.send(get(server.origin));
    await until(() => held.length === 3);
    held[2]?.respond({ ':status': 200 });
    held[2]?.end('ok');
    expect(text((await fresh).body)).toBe('ok');
  });

  it('closes when told to, with requests under way', async () => {
    const held: ServerHttp2Stream[] = [];
    await using server = await serveHttp2(certificate, holdStreams(held));
    const transport = new UndiciTransport({ ca: certificate.cert, http2: true });
    const sent = transport.send(get(server.origin));
    await until(() => held.length === 1);
    const closing = transport.close();
    held[0]?.respond({ ':status': 200 });
    held[0]?.end('ok');
    expect((await sent).status).toBe(200);
    await closing;
    await until(() => server.openSockets() === 0);
  });
});
