import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import {
  AbortedError,
  ConfigurationError,
  ConnectionError,
  ConnectTimeoutError,
  HeadersTimeoutError,
  ProtocolError,
} from '@integrations/errors';
import type { Clock, HttpRequest } from '@integrations/types';
import { systemClock } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import {
  readText,
  rejection,
  serveHttp,
  serveTcp,
  serveText,
  text,
  until,
} from './local-servers.test.support.ts';
import { UndiciTransport } from './undici-transport.ts';

function get(url: string, extra: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: {}, ...extra };
}

/** Holds every response back until the test lets it go. */
function holdBack(): { listener: RequestListener; held: ServerResponse[] } {
  const held: ServerResponse[] = [];
  return { held, listener: (_request, response) => void held.push(response) };
}

/** A clock whose scheduled callbacks run when the test says so. */
function steppedClock(): { clock: Clock; fire(): void } {
  let callbacks: (() => void)[] = [];
  return {
    clock: {
      ...systemClock,
      schedule: (callback) => {
        callbacks.push(callback);
        return {
          [Symbol.dispose]: () => {
            callbacks = callbacks.filter((other) => other !== callback);
          },
        };
      },
    },
    fire: () => {
      for (const callback of callbacks.splice(0)) callback();
    },
  };
}

describe('connections', () => {
  it('are used again, the last one first', async () => {
    const { listener, held } = holdBack();
    await using server = await serveHttp(listener);
    await using transport = new UndiciTransport();
    const first = transport.send(get(`${server.origin}/1`));
    const second = transport.send(get(`${server.origin}/2`));
    await until(() => held.length === 2);
    const socketOf = (path: string): unknown =>
      held.find((response) => response.req.url === path)?.socket;
    const [firstSocket, secondSocket] = [socketOf('/1'), socketOf('/2')];
    held.find((response) => response.req.url === '/2')?.end();
    await second;
    held.find((response) => response.req.url === '/1')?.end();
    await first;
    expect(firstSocket).not.toBe(secondSocket);
    const third = transport.send(get(`${server.origin}/3`));
    await until(() => held.length === 3);
    expect(socketOf('/3')).toBe(firstSocket);
    held[2]?.end();
    await third;
    expect(server.sockets).toHaveLength(2);
  });

  it('serve many calls, one after the other, over one socket', async () => {
    await using server = await serveHttp((_request, response) => response.end('ok'));
    await using transport = new UndiciTransport();
    for (let count = 0; count < 20; count += 1) await transport.send(get(server.origin));
    expect(server.sockets).toHaveLength(1);
  });

  it('beyond maxIdleConnections are closed when they fall idle', async () => {
    const { listener, held } = holdBack();
    await using server = await serveHttp(listener);
    await using transport = new UndiciTransport({ maxIdleConnections: 2 });
    const calls = Array.from({ length: 5 }, () => transport.send(get(server.origin)));
    await until(() => held.length === 5);
    expect(server.openSockets()).toBe(5);
    for (const response of held) response.end('ok');
    await Promise.all(calls);
    await until(() => server.openSockets() === 2);
  });

  it('are not kept at all with maxIdleConnections 0', async () => {
    await using server = await serveHttp((_request, response) => response.end('ok'));
    await using transport = new UndiciTransport({ maxIdleConnections: 0 });
    await transport.send(get(server.origin));
    await until(() => server.openSockets() === 0);
    await transport.send(get(server.origin));
    expect(server.sockets).toHaveLength(2);
  });

  it('never exceed maxConnections; requests wait their turn, and can give up waiting', async () => {
    const { listener, held } = holdBack();
    await using server = await serveHttp(listener);
    await using transport = new UndiciTransport({ maxConnections: 1 });
    const first = transport.send(get(`${server.origin}/1`));
    await until(() => held.length === 1);
    const controller = new AbortController();
    const second = rejection(
      transport.send(get(`${server.origin}/2`, { signal: controller.signal })),
    );
    const third = transport.send(get(`${server.origin}/3`));
    controller.abort();
    expect(await second).toBeInstanceOf(AbortedError);
    held[0]?.end('one');
    expect(text((await first).body)).toBe('one');
    await until(() => held.length === 2);
    held[1]?.end('three');
    expect(text((await third).body)).toBe('three');
    expect(held[1]?.req.url).toBe('/3');
    expect(server.sockets).toHaveLength(1);
  });

  it('are counted: open, idle, and waited for', async () => {
    const { listener, held } = holdBack();
    await using server = await serveHttp(listener);
    await using transport = new UndiciTransport({ maxConnections: 1 });
    expect(transport.connections()).toEqual({ open: 0, idle: 0, waiting: 0 });
    const answers = [1, 2].map((at) => transport.send(get(`${server.origin}/${at}`)));
    await until(() => held.length === 1);
    expect(transport.connections()).toEqual({ open: 1, idle: 0, waiting: 1 });
    held[0]?.end();
    await until(() => held.length === 2);
    held[1]?.end();
    await Promise.all(answers);
    expect(transport.connections()).toEqual({ open: 1, idle: 1, waiting: 0 });
  });

  it('that failed make room for requests that wait', async () => {
    let count = 0;
    await using server = await serveTcp((socket) => {
      count += 1;
      const isFirst = count === 1;
      socket.once('data', () => {
        if (isFirst) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    await using transport = new UndiciTransport({ maxConnections: 1 });
    const failed = rejection(transport.send(get(server.origin)));
    const waited = transport.send(get(server.origin));
    expect(await failed).toBeInstanceOf(ConnectionError);
    expect(text((await waited).body)).toBe('ok');
  });

  it('that the server closes while idle are replaced', async () => {
    await using server = await serveHttp((_request, response) => response.end('ok'));
    await using transport = new UndiciTransport();
    await transport.send(get(server.origin));
    server.sockets[0]?.end();
    await until(() => server.openSockets() === 0);
    expect(text((await transport.send(get(server.origin))).body)).toBe('ok');
    expect(server.sockets).toHaveLength(2);
  });

  it('that the server does not keep are replaced', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { connection: 'close' }).end('ok');
    });
    await using transport = new UndiciTransport();
    for (let count = 0; count < 3; count += 1) {
      expect(text((await transport.send(get(server.origin))).body)).toBe('ok');
    }
    expect(server.sockets).toHaveLength(3);
  });

  it('idle for keepAliveTimeout are closed', async () => {
    await using server = await serveText('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    await using transport = new UndiciTransport({ keepAliveTimeout: 50 });
    await transport.send(get(server.origin));
    await until(() => server.openSockets() === 0);
  });

  it('are separate for separate origins', async () => {
    await using one = await serveHttp((_request, response) => response.end('one'));
    await using two = await serveHttp((_request, response) => response.end('two'));
    await using transport = new UndiciTransport();
    expect(text((await transport.send(get(one.origin))).body)).toBe('one');
    expect(text((await transport.send(get(two.origin))).body)).toBe('two');
    expect(text((await transport.send(get(one.origin))).body)).toBe('one');
    expect(one.sockets).toHaveLength(1);
    expect(two.sockets).toHaveLength(1);
  });

  it('are all closed by close, the ones in use after their response', async () => {
    const { listener, held } = holdBack();
    await using server = await serveHttp(listener);
    const transport = new UndiciTransport();
    const calls = [transport.send(get(server.origin)), transport.send(get(server.origin))];
    await until(() => held.length === 2);
    held[0]?.end('ok');
    await Promise.race(calls);
    const closing = transport.close();
    await until(() => server.openSockets() === 1);
    held[1]?.end('ok');
    await closing;
    await Promise.all(calls);
    await until(() => server.openSockets() === 0);
  });

  it('in use for a redirect are closed too, when close came in the middle', async () => {
    let redirect: (() => void) | undefined;
    await using target = await serveHttp((_request, response) => response.end('there'));
    await using server = await serveHttp((_request, response) => {
      redirect = () => response.writeHead(307, { location: target.origin }).end();
    });
    const transport = new UndiciTransport();
    const sent = transport.send(get(server.origin));
    await until(() => redirect !== undefined);
    const closing = transport.close();
    redirect?.();
    expect(text((await sent).body)).toBe('there');
    await closing;
    await until(() => target.openSockets() === 0 && server.openSockets() === 0);
  });

  it('do not keep the process alive when idle', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { 'keep-alive': 'timeout=600' }).end('done');
    });
    const module = new URL('../dist/index.js', import.meta.url).href;
    const script = `
      import { UndiciTransport } from ${JSON.stringify(module)};
      const transport = new UndiciTransport();
      const response = await transport.send({ method: 'GET', url: ${JSON.stringify(server.origin)}, headers: {} });
      const stream = await transport.sendStreaming({ method: 'GET', url: ${JSON.stringify(server.origin)}, headers: {} });
      for await (const chunk of stream.body) process.stdout.write(chunk);
      console.log(new TextDecoder().decode(response.body));
    `;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 20_000,
    });
    expect(stdout).toBe('donedone\n');
  }, 30_000);
});

describe('timeouts', () => {
  /** Accepts nothing: its queue of connections is full. */
  async function fullServer(): Promise<AsyncDisposable & { origin: string }> {
    const server = createServer(() => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return {
      origin: `https://127.0.0.1:${port}`,
      [Symbol.asyncDispose]: async () => {
        server.close();
      },
    };
  }

  it('gives up connecting after connectTimeout, TLS included', async () => {
    await using server = await serveTcp((socket) => void socket.resume());
    const { clock, fire } = steppedClock();
    await using transport = new UndiciTransport({ clock, connectTimeout: '5s' });
    const sent = rejection(transport.send(get(`https://127.0.0.1:${server.port}/`)));
    await until(() => server.sockets.length === 1);
    fire();
    const error = await sent;
    expect(error).toBeInstanceOf(ConnectTimeoutError);
    expect(error.message).toContain(`GET https://127.0.0.1:${server.port}/`);
    await until(() => server.openSockets() === 0);
  });

  it('does not run the connect timeout on once connected', async () => {
    const { listener, held } = holdBack();
    await using server = await serveHttp(listener);
    const { clock, fire } = steppedClock();
    await using transport = new UndiciTransport({ clock });
    const sent = transport.send(get(server.origin));
    await until(() => held.length === 1);
    fire();
    held[0]?.end('ok');
    expect(text((await sent).body)).toBe('ok');
  });

  it('aborts while connecting at once, and closes the connecting socket', async () => {
    await using server = await serveTcp((socket) => void socket.resume());
    await using transport = new UndiciTransport();
    const controller = new AbortController();
    const sent = rejection(
      transport.send(get(`https://127.0.0.1:${server.port}/`, { signal: controller.signal })),
    );
    await until(() => server.sockets.length === 1);
    controller.abort();
    expect(await sent).toBeInstanceOf(AbortedError);
    await until(() => server.openSockets() === 0);
  });

  it('aborts before the socket is even connected', async () => {
    await using server = await fullServer();
    await using transport = new UndiciTransport();
    const controller = new AbortController();
    const sent = rejection(transport.send(get(server.origin, { signal: controller.signal })));
    controller.abort();
    expect(await sent).toBeInstanceOf(AbortedError);
  });

  it('gives up waiting for the head after headersTimeout', async () => {
    await using server = await serveTcp((socket) => void socket.resume());
    await using transport = new UndiciTransport({ headersTimeout: 60 });
    expect(await rejection(transport.send(get(server.origin)))).toBeInstanceOf(HeadersTimeoutError);
    await until(() => server.openSockets() === 0);
  });
});

describe('responses', () => {
  it.each(['gzip', 'br', 'x-thing'])('encoded with %s are refused', async (encoding) => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end('whatever');
    });
    await using transport = new UndiciTransport();
    const error = await rejection(transport.send(get(server.origin)));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error.message).toContain(encoding);
    const streaming = await rejection(transport.sendStreaming(get(server.origin)));
    expect(streaming).toBeInstanceOf(ProtocolError);
  });

  it('that say they are not encoded are taken', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'identity' }).end('plain');
    });
    await using transport = new UndiciTransport();
    expect(text((await transport.send(get(server.origin))).body)).toBe('plain');
  });

  it('with a head that is too large are refused', async () => {
    await using server = await serveText(
      `HTTP/1.1 200 OK\r\nX-Large: ${'x'.repeat(70_000)}\r\n\r\n`,
    );
    await using transport = new UndiciTransport();
    expect(await rejection(transport.send(get(server.origin)))).toBeInstanceOf(ProtocolError);
  });

  it('without a length end with the connection, unless it breaks', async () => {
    const head = 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc';
    await using whole = await serveText(head, 'end');
    await using broken = await serveTcp((socket) => {
      socket.once('data', () => {
        // The reset must not overtake the bytes, or there is nothing to be cut.
        socket.write(head, () => setTimeout(() => socket.resetAndDestroy(), 50));
      });
    });
    await using transport = new UndiciTransport();
    expect(text((await transport.send(get(whole.origin))).body)).toBe('abc');
    expect(await rejection(transport.send(get(broken.origin)))).toBeInstanceOf(ConnectionError);
  });

  it('of a stream leave its connection fit for the next call', async () => {
    await using server = await serveHttp((_request, response) => response.end('ok'));
    await using transport = new UndiciTransport();
    for (let count = 0; count < 5; count += 1) {
      const response = await transport.sendStreaming(get(server.origin));
      expect(await readText(response.body)).toBe('ok');
    }
    expect(server.sockets).toHaveLength(1);
  });
});

describe('options', () => {
  it.each([
    [{ maxIdleConnections: -1 }, /`maxIdleConnections` must be/],
    [{ maxConnections: 0 }, /`maxConnections` must be/],
    [{ keepAliveTimeout: 0 }, /`keepAliveTimeout` must be/],
    [{ connectTimeout: Number.NaN }, /`connectTimeout` must be/],
    [{ headersTimeout: -1 }, /`headersTimeout` must be/],
    [{ maxResponseBytes: 1.5 }, /`maxResponseBytes` must be/],
    [{ streamBufferBytes: 0 }, /`streamBufferBytes` must be/],
    [{ maxRedirects: -1 }, /`maxRedirects` must be/],
  ])('%j are refused', (options, message) => {
    expect(() => new UndiciTransport(options)).toThrow(ConfigurationError);
    expect(() => new UndiciTransport(options)).toThrow(message);
  });
});
