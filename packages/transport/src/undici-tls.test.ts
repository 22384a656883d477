import { once } from 'node:events';
import { connect } from 'node:tls';
import { ConnectionError, ProtocolError, TlsError } from '@integrations/errors';
import type { HttpRequest } from '@integrations/types';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Certificate,
  makeCertificate,
  rejection,
  serveHttp,
  serveHttps,
  serveTcp,
  text,
} from './local-servers.test.support.ts';
import { UndiciTransport } from './undici-transport.ts';

function get(url: string): HttpRequest {
  return { method: 'GET', url, headers: {} };
}

describe('TLS', () => {
  let good: Certificate;

  beforeAll(async () => {
    good = await makeCertificate({ ip: '127.0.0.1', dns: 'localhost' });
  });

  it('trusts the authorities of the ca option, for an address and for a name', async () => {
    await using server = await serveHttps(good, (_request, response) => response.end('secret'));
    for (const ca of [good.cert, Buffer.from(good.cert), [good.cert]]) {
      await using transport = new UndiciTransport({ ca });
      expect(text((await transport.send(get(server.origin))).body)).toBe('secret');
    }
    await using transport = new UndiciTransport({ ca: good.cert });
    const response = await transport.send(get(`https://localhost:${server.port}/`));
    expect(response.status).toBe(200);
  });

  it('speaks TLS 1.3 where the server does, over one socket for many calls', async () => {
    const protocols = new Set<string | null>();
    await using server = await serveHttps(good, (request, response) => {
      protocols.add((request.socket as unknown as { getProtocol(): string }).getProtocol());
      response.end('ok');
    });
    await using transport = new UndiciTransport({ ca: good.cert });
    for (let count = 0; count < 5; count += 1) await transport.send(get(server.origin));
    expect([...protocols]).toEqual(['TLSv1.3']);
    expect(server.sockets).toHaveLength(1);
  });

  it.each([
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-RSA-CHACHA20-POLY1305',
  ])('speaks TLS 1.2 with %s', async (ciphers) => {
    await using server = await serveHttps(good, (_request, response) => response.end('ok'), {
      maxVersion: 'TLSv1.2',
      ciphers,
    });
    await using transport = new UndiciTransport({ ca: good.cert });
    expect((await transport.send(get(server.origin))).status).toBe(200);
  });

  it.each(['AES256-GCM-SHA384', 'ECDHE-RSA-AES256-SHA384'])(
    'refuses a server that only speaks %s',
    async (ciphers) => {
      await using server = await serveHttps(good, (_request, response) => response.end('ok'), {
        maxVersion: 'TLSv1.2',
        ciphers,
      });
      await using transport = new UndiciTransport({ ca: good.cert });
      expect(await rejection(transport.send(get(server.origin)))).toBeInstanceOf(TlsError);
    },
  );

  it('refuses a server that only speaks TLS 1.1', async () => {
    await using server = await serveHttps(good, (_request, response) => response.end('ok'), {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const lax = connect({
      host: '127.0.0.1',
      port: server.port,
      ca: good.cert,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await once(lax, 'secureConnect');
    expect(lax.getProtocol()).toBe('TLSv1.1');
    lax.destroy();
    await using transport = new UndiciTransport({ ca: good.cert });
    const error = await rejection(transport.send(get(server.origin)));
    expect(error).toBeInstanceOf(TlsError);
    expect(error).toMatchObject({ retryable: false });
  });

  it('refuses a self-signed certificate', async () => {
    await using server = await serveHttps(good, (_request, response) => response.end('ok'));
    await using transport = new UndiciTransport();
    const error = await rejection(transport.send(get(server.origin)));
    expect(error).toBeInstanceOf(TlsError);
    expect(error.message).toContain('SELF_SIGNED');
  });

  it('refuses it also where the environment turns verification off', async () => {
    await using server = await serveHttps(good, (_request, response) => response.end('ok'));
    await using transport = new UndiciTransport();
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await rejection(transport.send(get(server.origin)))).toBeInstanceOf(TlsError);
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });

  it('refuses a certificate for another host', async () => {
    const other = await makeCertificate({ dns: 'other.example' });
    await using server = await serveHttps(other, (_request, response) => response.end('ok'));
    await using transport = new UndiciTransport({ ca: other.cert });
    for (const origin of [server.origin, `https://localhost:${server.port}`]) {
      const error = await rejection(transport.send(get(origin)));
      expect(error).toBeInstanceOf(TlsError);
      expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    }
  });

  it('refuses an expired certificate', async () => {
    const expired = await makeCertificate(
      { ip: '127.0.0.1' },
      { from: new Date('2020-01-01'), to: new Date('2021-01-01') },
    );
    await using server = await serveHttps(expired, (_request, response) => response.end('ok'));
    await using transport = new UndiciTransport({ ca: expired.cert });
    const error = await rejection(transport.send(get(server.origin)));
    expect(error).toBeInstanceOf(TlsError);
    expect(error.message).toContain('CERT_HAS_EXPIRED');
  });

  it('refuses a server that speaks no TLS, and one that hangs up', async () => {
    await using plain = await serveHttp((_request, response) => response.end('ok'));
    await using rude = await serveTcp((socket) => socket.destroy());
    await using transport = new UndiciTransport();
    for (const { port } of [plain, rude]) {
      const error = await rejection(transport.send(get(`https://127.0.0.1:${port}/`)));
      expect(error).toBeInstanceOf(ConnectionError);
    }
  });

  it('refuses a redirect from https: to http:, even on this machine', async () => {
    await using plain = await serveHttp((_request, response) => response.end('ok'));
    await using server = await serveHttps(good, (_request, response) => {
      response.writeHead(307, { location: plain.origin }).end();
    });
    await using transport = new UndiciTransport({ ca: good.cert });
    const error = await rejection(transport.send(get(server.origin)));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error.message).toContain('leaves https:');
    expect(plain.sockets).toHaveLength(0);
  });
});
