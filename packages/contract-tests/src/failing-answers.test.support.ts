import {
  answerError,
  answerEvents,
  answerJson,
  answerText,
  CHUNK,
  echoOf,
} from './echo-server.test.support.ts';
import type { FailurePath } from './failure-path.test.support.ts';

/** The provider, or who stands before it, says what it was sent. */
export const ANSWERS: readonly FailurePath[] = [
  ...(
    [
      [400, 'bad_request'],
      [401, 'authentication'],
      [403, 'permission_denied'],
      [404, 'not_found'],
      [409, 'conflict'],
      [410, 'gone'],
      [422, 'unprocessable'],
      [429, 'rate_limit'],
      [500, 'server'],
      [503, 'overloaded'],
    ] as const
  ).map(([status, code]): FailurePath => ({
    name: `the status ${status}`,
    code,
    run: (bench) => bench.ask(answerError(status)),
  })),
  {
    name: 'a page with an error status',
    code: 'server',
    run: (bench) =>
      bench.ask(answerText(502, 'text/html', (request) => `<p>${echoOf(request)}</p>`)),
  },
  {
    name: 'a problem in its own format',
    code: 'bad_request',
    run: (bench) =>
      bench.ask(
        answerJson(400, (request) => ({
          type: echoOf(request),
          title: 'Refused',
          detail: echoOf(request),
          sent: { ...request.headers },
        })),
      ),
  },
  {
    name: 'a page in place of JSON',
    code: 'unexpected_content_type',
    run: (bench) =>
      bench.ask(answerText(200, 'text/html', (request) => `<p>${echoOf(request)}</p>`)),
  },
  {
    name: 'JSON that is none',
    code: 'invalid_json',
    run: (bench) =>
      bench.ask(
        answerText(
          200,
          'application/json',
          (request) => `{"sent":${request.headers.authorization}`,
        ),
      ),
  },
  {
    name: 'JSON that begins as a key',
    code: 'invalid_json',
    run: (bench) =>
      bench.ask(
        answerText(
          200,
          'application/json',
          (request) => request.headers.authorization?.replace('Bearer ', '') ?? '',
        ),
      ),
  },
  {
    name: 'JSON of another kind',
    code: 'protocol',
    run: (bench) => bench.ask(answerJson(200, (request) => ({ sent: request.headers }))),
  },
  {
    name: 'an error in spite of its status',
    code: 'unexpected_status',
    run: (bench) => bench.ask(answerError(200)),
  },
  {
    name: 'nothing',
    code: 'protocol',
    run: (bench) => bench.ask(answerText(200, 'application/json', () => '')),
  },
  {
    name: 'an answer that is no HTTP',
    code: 'protocol',
    run: async (bench) => {
      const client = await bench.clientOfRaw((socket, head) => {
        socket.end(`HTTP/1.1 200 OK\r\nno header ${head}\r\n\r\n`);
      });
      await client.chat.create(bench.request);
    },
  },
];

/** What a stream may turn out to be. */
export const STREAMS: readonly FailurePath[] = [
  {
    name: 'a stream that is cut',
    code: 'stream_truncated',
    run: (bench) =>
      bench.stream(
        answerText(
          200,
          'text/event-stream',
          (request) => `data: ${CHUNK}\n\ndata: {"sent":"${echoOf(request)}`,
        ),
      ),
  },
  {
    name: 'an error event',
    code: 'server',
    run: (bench) =>
      bench.stream(
        answerEvents((request) => [
          CHUNK,
          JSON.stringify({ error: { message: echoOf(request), type: 'server_error' } }),
        ]),
      ),
  },
  {
    name: 'an event that is no JSON',
    code: 'invalid_json',
    run: (bench) =>
      bench.stream(
        answerEvents((request) => [CHUNK, `{"sent":${request.headers.authorization}`, '[DONE]']),
      ),
  },
  {
    name: 'a page in place of a stream',
    code: 'unexpected_content_type',
    run: (bench) =>
      bench.stream(answerText(200, 'text/html', (request) => `<p>${echoOf(request)}</p>`)),
  },
  {
    name: 'JSON in place of a stream',
    code: 'unexpected_content_type',
    run: (bench) => bench.stream(answerJson(200, (request) => ({ sent: request.headers }))),
  },
  {
    name: 'an error in place of a stream',
    code: 'server',
    run: (bench) => bench.stream(answerError(500)),
  },
  {
    name: 'a stream that falls silent',
    code: 'stream_idle_timeout',
    run: (bench) =>
      bench.stream(
        (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(`data: ${CHUNK}\n\n`);
        },
        { streamIdleTimeout: 20 },
      ),
  },
  {
    name: 'a stream that breaks',
    code: 'connection',
    run: (bench) =>
      bench.stream((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${CHUNK}\n\n`, () => response.socket?.resetAndDestroy());
      }),
  },
];
