import { Semaphore } from '@integrations/rate-limits';
import { answerError, CHUNK } from './echo-server.test.support.ts';
import type { FailurePath } from './failure-path.test.support.ts';

/** What never comes. */
const silent = (): void => undefined;

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** The way there. */
export const CONNECTIONS: readonly FailurePath[] = [
  {
    name: 'nobody who listens',
    code: 'connection',
    run: (bench) => bench.client({ baseURL: 'http://127.0.0.1:1/v1' }).chat.create(bench.request),
  },
  {
    name: 'a connection that is reset before the answer',
    code: 'connection',
    run: (bench) => bench.ask((request) => request.socket.resetAndDestroy()),
  },
  {
    name: 'a connection that is reset within the answer',
    code: 'connection',
    run: async (bench) => {
      const client = await bench.clientOfRaw((socket, head) => {
        socket.write(`${HEAD}content-length: 9999\r\n\r\n{"sent":"${head}`, () =>
          socket.resetAndDestroy(),
        );
      });
      await client.chat.create(bench.request);
    },
  },
  {
    name: 'a connection that ends within the answer',
    code: 'connection',
    run: async (bench) => {
      const client = await bench.clientOfRaw((socket, head) => {
        socket.end(`${HEAD}content-length: 9999\r\n\r\n{"sent":"${head}`);
      });
      await client.chat.create(bench.request);
    },
  },
  {
    name: 'a server without TLS',
    code: 'tls',
    run: async (bench) => {
      const { port } = new URL(await bench.serve(silent));
      await bench.client({ baseURL: `https://127.0.0.1:${port}/v1` }).chat.create(bench.request);
    },
  },
  {
    name: 'a host without an address',
    code: 'dns',
    run: (bench) => bench.client({ baseURL: 'https://host.invalid/v1' }).chat.create(bench.request),
  },
  {
    name: 'a redirect in a circle, with the key in its address',
    code: 'protocol',
    run: (bench) =>
      bench.ask((request, response) => {
        const key = request.headers.authorization?.replace('Bearer ', '');
        response.writeHead(307, { location: `/v1/${key}/chat?api_key=${key}` }).end();
      }),
  },
  {
    name: 'a redirect to an address with credentials',
    code: 'protocol',
    run: (bench) =>
      bench.ask((request, response) => {
        const key = request.headers.authorization?.replace('Bearer ', '');
        response.writeHead(307, { location: `https://user:${key}@host.invalid/${key}` }).end();
      }),
  },
  {
    name: 'a redirect to what is no address',
    code: 'protocol',
    run: (bench) =>
      bench.ask((request, response) => {
        const key = request.headers.authorization?.replace('Bearer ', '');
        response.writeHead(307, { location: `https://user:${key}@host:port/` }).end();
      }),
  },
];

/** Time, the caller, and our own protections. */
export const STOPS: readonly FailurePath[] = [
  {
    name: 'an attempt that takes too long',
    code: 'attempt_timeout',
    run: (bench) => bench.ask(silent, { timeout: 20, maxRetries: 0 }),
  },
  {
    name: 'a call that takes too long',
    code: 'total_timeout',
    run: (bench) => bench.ask(silent, { totalTimeout: 20 }),
  },
  {
    name: 'a call that is stopped',
    code: 'aborted',
    run: async (bench) => {
      const stop = new AbortController();
      await bench.ask(() => stop.abort(), { signal: stop.signal });
    },
  },
  {
    name: 'a stream that is stopped',
    code: 'aborted',
    run: async (bench) => {
      const stop = new AbortController();
      const client = await bench.clientOf((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${CHUNK}\n\n`);
      });
      const stream = await client.chat.createStream(bench.request, { signal: stop.signal });
      stop.abort();
      await stream.finalCompletion();
    },
  },
  {
    name: 'a breaker that is open',
    code: 'circuit_open',
    run: async (bench) => {
      const client = await bench.clientOf(answerError(500));
      const call = () => client.chat.create(bench.request, { maxRetries: 0 });
      for (let failed = 0; failed < 5; failed += 1) await call().catch(() => undefined);
      await call();
    },
  },
  {
    name: 'a line that is full',
    code: 'queue_full',
    run: async (bench) => {
      const client = await bench.clientOf(silent, {
        concurrency: new Semaphore({ limit: 1, maxQueue: 1 }),
      });
      const stop = new AbortController();
      const call = () => client.chat.create(bench.request, { signal: stop.signal });
      const waiting = [call(), call()].map((one) => one.catch(() => undefined));
      try {
        await call();
      } finally {
        stop.abort();
        await Promise.all(waiting);
      }
    },
  },
  {
    name: 'a call beyond the limit',
    code: 'validation',
    run: (bench) =>
      bench
        .client({ rateLimit: { tokensPerMinute: 5 }, baseURL: 'http://127.0.0.1:1/v1' })
        .chat.create(bench.request),
  },
];
