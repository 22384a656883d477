import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AttemptTimeoutError,
  StreamIdleTimeoutError,
  UnexpectedContentTypeError,
  UnexpectedStatusError,
} from '@integrations/errors';
import { UndiciTransport } from '@integrations/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AcmeHarness } from './acme.test.support.ts';
import type { BinaryEndpoint } from './endpoint.ts';
import { failure } from './manual-response.test.support.ts';

const CONTENT: BinaryEndpoint<undefined> = {
  operation: 'files.content',
  method: 'GET',
  path: '/files/{file_id}/content',
};

describe('a call that answers with a file', () => {
  let server: Server;
  let transport: UndiciTransport;
  let h: AcmeHarness;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    transport = new UndiciTransport();
    const { port } = server.address() as AddressInfo;
    const baseURL = `http://127.0.0.1:${port}`;
    h = new AcmeHarness({ transport, attempts: 2, defaults: { baseURL, headers: {}, query: {} } });
  });

  afterEach(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  function content(): ReturnType<typeof h.caller.binary> {
    return h.caller.binary(CONTENT, { params: { file_id: 'f' } });
  }

  it('gives it as it comes, after attempts that failed', async () => {
    let requests = 0;
    let rest: (() => void) | undefined;
    answer = (request, response) => {
      requests += 1;
      if (requests === 1) {
        response.writeHead(500).end('{}');
        return;
      }
      expect(request.headers.accept).toBe('*/*');
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'x-request-id': 'req_2' });
      response.write('abc');
      rest = () => response.end('def');
    };
    const file = await content();
    expect([file.status, file.contentType, file.requestId]).toEqual([200, 'audio/mpeg', 'req_2']);
    const seen: string[] = [];
    for await (const chunk of file) {
      seen.push(Buffer.from(chunk).toString());
      rest?.();
    }
    expect(seen).toEqual(['abc', 'def']);
    expect(h.endings).toEqual(['ok']);
  });

  it.each([
    ['text/html', '<html>Sign in</html>', UnexpectedContentTypeError],
    ['application/json', '{"error":{"message":"no"}}', UnexpectedStatusError],
  ])('refuses %s where something else is due', async (type, body, error) => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': type }).end(body);
    const speech: BinaryEndpoint<undefined> = {
      ...CONTENT,
      expects: { name: 'audio', type: /^audio\// },
    };
    const call = h.caller.binary(speech, { params: { file_id: 'f' } });
    expect(await failure(call)).toBeInstanceOf(error);
    expect(h.endings).toEqual(['error']);
  });

  it('gives the raw response with the bytes', async () => {
    answer = (_request, response) => response.end('abcdef');
    const raw = await content().asResponse();
    expect(await raw.text()).toBe('abcdef');
    expect(h.endings).toEqual(['ok']);
  });

  it('throws the error of an error answer', async () => {
    answer = (_request, response) => response.writeHead(404).end('{"error":{"message":"gone"}}');
    const error = await failure(content());
    expect(error).toMatchObject({
      code: 'not_found',
      context: { body: { error: { message: 'gone' } } },
    });
  });

  it.each([
    ['is reset', 'ECONNRESET'],
    ['ends', undefined],
  ])('throws when the connection %s in the middle', async (_name, reset) => {
    let cut: (() => void) | undefined;
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': '6' });
      response.write('abc');
      cut = () =>
        reset === undefined ? request.socket.destroy() : request.socket.resetAndDestroy();
    };
    const file = await content();
    const read = failure(
      (async () => {
        for await (const chunk of file) {
          expect(Buffer.from(chunk).toString()).toBe('abc');
          cut?.();
        }
      })(),
    );
    expect(await read).toMatchObject({ code: 'connection' });
    expect(h.endings).toEqual(['error']);
  });

  it('is recorded as left when its reader leaves, and closes the connection', async () => {
    let closed: Promise<unknown> | undefined;
    answer = (_request, response) => {
      closed = once(response, 'close');
      response.write('abc');
    };
    (await content()).cancel();
    await closed;
    expect(h.endings).toEqual(['cancelled']);
  });

  it('throws after a silence, counted by the call’s own limit', async () => {
    answer = (_request, response) => void response.write('abc');
    const file = await h.caller.binary(
      CONTENT,
      { params: { file_id: 'f' } },
      { streamIdleTimeout: 50 },
    );
    const chunks = file[Symbol.asyncIterator]();
    await chunks.next();
    const waiting = failure(chunks.next());
    await h.clock.advance(50);
    expect(await waiting).toBeInstanceOf(StreamIdleTimeoutError);
  });

  it('is limited by the attempt’s time until its head is there', async () => {
    const arrived = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const call = failure(
      h.caller.binary(CONTENT, { params: { file_id: 'f' } }, { timeout: 10, maxRetries: 0 }),
    );
    await arrived;
    await h.clock.advance(10);
    await h.clock.advance(10);
    expect(await call).toBeInstanceOf(AttemptTimeoutError);
  });
});
