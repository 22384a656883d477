import { inspect } from 'node:util';
import { ConnectionError, ConnectTimeoutError, TlsError } from '@integrations/errors';
import type { HttpRequest } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { serveConnectProxy } from './connect-proxy.test.support.ts';
import {
  makeCertificate,
  rejection,
  serveHttp,
  serveHttp2,
  serveHttps,
  serveTcp,
  until,
} from './local-servers.test.support.ts';
import { UndiciTransport } from './undici-transport.ts';

const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: {} });

describe('UndiciTransport with a proxy', () => {
  it('calls an https: host through a tunnel, and uses it again', async () => {
    const certificate = await makeCertificate({ ip: '127.0.0.1' });
    await using server = await serveHttps(certificate, (_request, response) => response.end('hi'));
    await using proxy = await serveConnectProxy();
    const transport = new UndiciTransport({ proxy: proxy.origin, ca: certificate.cert });
    const first = await transport.send(get(`${server.origin}/a`));
    await transport.send(get(`${server.origin}/b`));
    expect(Buffer.from(first.body).toString()).toBe('hi');
    expect(proxy.destinations).toEqual([`127.0.0.1:${server.port}`]);
    expect(server.sockets).toHaveLength(1);
    await transport.close();
    await until(() => proxy.openSockets() === 0 && server.openSockets() === 0);
  });

  it('gives the proxy its credentials, and the server none of them', async () => {
    const seen: (string | undefined)[] = [];
    await using server = await serveHttp((request, response) => {
      seen.push(request.headers['proxy-authorization']);
      response.end();
    });
    await using proxy = await serveConnectProxy();
    const url = proxy.origin.replace('//', '//user:pass@');
    await using transport = new UndiciTransport({ proxy: url });
    await transport.send(get(server.origin));
    const basic = `Basic ${Buffer.from('user:pass').toString('base64')}`;
    expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(basic);
    expect(seen).toEqual([undefined]);
  });

  it('speaks TLS with a proxy that wants it, and HTTP/2 through it', async () => {
    const certificate = await makeCertificate({ ip: '127.0.0.1' });
    await using server = await serveHttp2(certificate, (h2) => {
      h2.on('request', (request, response) => response.end(`HTTP/${request.httpVersion}`));
    });
    await using proxy = await serveConnectProxy(undefined, certificate);
    await using transport = new UndiciTransport({
      proxy: proxy.origin,
      ca: certificate.cert,
      http2: true,
    });
    const responses = await Promise.all([1, 2, 3].map(() => transport.send(get(server.origin))));
    expect(responses.map(({ body }) => Buffer.from(body).toString())).toEqual(
      Array.from({ length: 3 }, () => 'HTTP/2.0'),
    );
    expect(proxy.destinations).toHaveLength(1);
  });

  it('calls directly what noProxy lists', async () => {
    await using server = await serveHttp((_request, response) => response.end());
    await using proxy = await serveConnectProxy();
    await using transport = new UndiciTransport({
      proxy: { url: proxy.origin, noProxy: '127.0.0.1' },
    });
    expect((await transport.send(get(server.origin))).status).toBe(200);
    expect(proxy.requests).toHaveLength(0);
  });

  it.each([
    [407, false, /407.*user and password/],
    [403, false, /403/],
    [502, true, /502/],
  ])('says that the proxy answered %i', async (status, retryable, message) => {
    await using proxy = await serveConnectProxy(() => status);
    const url = proxy.origin.replace('//', '//user:hidden-word@');
    await using transport = new UndiciTransport({ proxy: url });
    const error = await rejection(transport.send(get('https://api.example/v1')));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ retryable, message: expect.stringMatching(message) });
    const basic = Buffer.from('user:hidden-word').toString('base64');
    expect(inspect(error, { depth: 9 })).not.toMatch(new RegExp(`hidden-word|${basic}|secret`));
    expect(inspect(transport, { depth: 9, showHidden: true })).not.toContain('hidden-word');
  });

  it('trusts the server no more than without', async () => {
    const certificate = await makeCertificate({ ip: '127.0.0.1' });
    await using server = await serveHttps(certificate, (_request, response) => response.end());
    await using proxy = await serveConnectProxy();
    await using transport = new UndiciTransport({ proxy: proxy.origin });
    expect(await rejection(transport.send(get(server.origin)))).toBeInstanceOf(TlsError);
  });

  it('waits for a silent proxy no longer than for a silent host', async () => {
    await using proxy = await serveTcp((socket) => socket.resume());
    await using transport = new UndiciTransport({ proxy: proxy.origin, connectTimeout: 20 });
    const error = await rejection(transport.send(get('https://api.example')));
    expect(error).toBeInstanceOf(ConnectTimeoutError);
    await until(() => proxy.openSockets() === 0);
  });

  it('stops in the middle of a tunnel when the call is aborted', async () => {
    await using proxy = await serveTcp((socket) => socket.resume());
    await using transport = new UndiciTransport({ proxy: proxy.origin });
    const controller = new AbortController();
    const call = rejection(
      transport.send({ ...get('https://api.example'), signal: controller.signal }),
    );
    await until(() => proxy.sockets.length === 1);
    controller.abort();
    expect(await call).toMatchObject({ code: 'aborted' });
    await until(() => proxy.openSockets() === 0);
  });

  it('tells of a proxy that hangs up', async () => {
    await using proxy = await serveTcp((socket) => socket.on('data', () => socket.end()));
    await using transport = new UndiciTransport({ proxy: proxy.origin });
    const error = await rejection(transport.send(get('https://api.example')));
    expect(error).toMatchObject({ code: 'connection', retryable: true });
  });
});
