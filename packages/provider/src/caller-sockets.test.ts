import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AbortedError,
  AttemptTimeoutError,
  ConnectionError,
  RateLimitError,
  StreamTruncatedError,
} from '@integrations/errors';
import { UndiciTransport } from '@integrations/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AcmeHarness, collect, delta, DONE } from './acme.test.support.ts';
import { failure } from './manual-response.test.support.ts';

describe('a caller over sockets', () => {
  let server: Server;
  let transport: UndiciTransport;
  let h: AcmeHarness;
  let answer: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
  /** How many connections the server has seen. */
  let connections: number;

  beforeEach(async () => {
    connections = 0;
    server = createServer((request, response) => void answer(request, response));
    server.on('connection', () => (connections += 1));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    transport = new UndiciTransport();
    const { port } = server.address() as AddressInfo;
    h = new AcmeHarness({
      transport,
      defaults: { baseURL: `http://127.0.0.1:${port}/v1`, headers: { 'x-team': 'red' }, query: {} },
    });
  });

  afterEach(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  /** Opens an event stream on the server's side. */
  function open(response: ServerResponse): ServerResponse {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' });
    return response;
  }

  it('sends the request and reads the answer', async () => {
    const received: unknown[] = [];
    answer = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method, url, headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'req_1' });
      response.end(JSON.stringify({ output: 'héllo' }));
    };
    const result = await h.create(
      { model: 'small', input: 'ü' },
      { headers: { 'X-Team': undefined }, query: { page: 2 } },
    );
    expect(result).toEqual({ output: 'héllo' });
    expect(result.requestId).toBe('req_1');
    expect(received).toEqual([
      {
        method: 'POST',
        url: '/v1/answers?page=2',
        headers: expect.objectContaining({
          authorization: 'Bearer test-key-1',
          accept: 'application/json',
          'content-type': 'application/json',
        }),
        body: '{"model":"small","input":"ü"}',
      },
    ]);
    expect(received).not.toMatchObject([{ headers: { 'x-team': expect.anything() } }]);
  });

  it('types an error status', async () => {
    answer = (_request, response) => {
      response.writeHead(429, { 'retry-after': '2', 'x-request-id': 'req_9' });
      response.end('slow down');
    };
    const error = await failure(h.create());
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 2000, requestId: 'req_9', status: 429 });
  });

  it('reads a stream and uses its connection again', async () => {
    answer = (_request, response) => {
      open(response).write(delta('Hel'));
      response.end(delta('lo') + DONE);
    };
    expect(await collect(await h.stream())).toBe('Hello');
    expect(await collect(await h.stream())).toBe('Hello');
    expect(connections).toBe(1);
  });

  it('calls a stream truncated that ends without its end mark', async () => {
    answer = (_request, response) => void open(response).end(`${delta('Hel')}data: {"del`);
    const stream = await h.stream();
    const items: string[] = [];
    const read = async (): Promise<void> => {
      for await (const event of stream) items.push(event.delta);
    };
    expect(await failure(read())).toBeInstanceOf(StreamTruncatedError);
    expect(items).toEqual(['Hel']);
  });

  it('types a connection that breaks in the middle', async () => {
    let broken: ServerResponse | undefined;
    answer = (_request, response) => {
      broken = open(response);
      response.write(delta('Hel'));
    };
    const stream = await h.stream();
    const read = failure(collect(stream));
    broken?.destroy();
    expect(await read).toBeInstanceOf(ConnectionError);
  });

  it('reads no more of a large error than it must, and closes the connection', async () => {
    let closed: Promise<unknown> | undefined;
    answer = (_request, response) => {
      closed = once(response, 'close');
      response.writeHead(500, { 'content-type': 'text/plain' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      };
      response.on('drain', more);
      more();
    };
    expect(await failure(h.stream())).toMatchObject({ code: 'server', status: 500 });
    await closed;
  });

  it.each<[string, (stream: Awaited<ReturnType<AcmeHarness['stream']>>) => Promise<unknown>]>([
    [
      'leaving the loop',
      async (stream) => {
        for await (const event of stream) {
          expect(event.delta).toBe('Hel');
          break;
        }
      },
    ],
    ['cancel()', async (stream) => stream.cancel()],
    [
      'await using',
      async (stream) => {
        await using left = stream;
        return left.state;
      },
    ],
  ])('closes the socket of a stream by %s', async (_name, leave) => {
    let closed: Promise<unknown> | undefined;
    answer = (_request, response) => {
      closed = once(response, 'close');
      open(response).write(delta('Hel') + delta('lo'));
    };
    await leave(await h.stream());
    await closed;
    expect(h.endings).toEqual(['cancelled']);
  });

  it('closes the socket of a stream by an abort', async () => {
    let closed: Promise<unknown> | undefined;
    answer = (_request, response) => {
      closed = once(response, 'close');
      open(response).write(delta('Hel'));
    };
    const controller = new AbortController();
    const stream = await h.stream({ signal: controller.signal });
    const read = failure(collect(stream));
    controller.abort();
    expect(await read).toBeInstanceOf(AbortedError);
    await closed;
  });

  it('closes the socket of an attempt that times out', async () => {
    let closed: Promise<unknown> | undefined;
    const arrived = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        closed = once(response, 'close');
        resolve();
      };
    });
    const failed = failure(h.create(undefined, { timeout: 100 }));
    await arrived;
    await h.clock.advance(100);
    expect(await failed).toBeInstanceOf(AttemptTimeoutError);
    await closed;
  });
});
