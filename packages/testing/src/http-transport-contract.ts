import { deepEqual, equal, ok } from 'node:assert/strict';
import { type HttpMethod, type HttpTransport, systemClock } from '@integrations/types';
import { abortedAlready, assertNoListener, prepareAbort } from './abort-checks.ts';
import { type ContractOptions, describeContract, withSubject } from './contract.ts';
import { ContractServer } from './contract-server.ts';
import {
  assertTyped,
  echoOf,
  failureOf,
  LARGE_BODY_BYTES,
  request,
  SAMPLING_MS,
  textOf,
  type TransportCase,
} from './http-contract-trial.ts';
import { uploadCases } from './http-upload-contract.ts';

/** Options of `describeHttpTransportContract`. */
export interface HttpTransportContractOptions extends ContractOptions<void, HttpTransport> {
  /**
   * Whether the transport's connections are its own; false where the platform keeps
   * them, and `close()` can't close the idle ones. @default true
   */
  readonly ownsConnections?: boolean;
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** The next chunk; undefined at the end. */
async function nextText(chunks: AsyncIterator<Uint8Array>): Promise<string | undefined> {
  const next = await chunks.next();
  return next.done === true ? undefined : textOf(next.value);
}

const requestCases: readonly TransportCase[] = [
  {
    promise: 'every method arrives with path, query and headers',
    check: async (trial) => {
      const methods: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
      for (const method of methods) {
        const headers = { 'x-contract': 'yes', 'x-absent': undefined };
        const sent = request(trial, '/echo?a=1&b=%20', { method, headers });
        const seen = echoOf(await trial.transport.send(sent));
        equal(seen.method, method, `${method} arrived as ${seen.method}`);
        equal(seen.url, '/echo?a=1&b=%20', `the path arrived as ${seen.url}`);
        equal(seen.headers['x-contract'], 'yes', 'a header did not arrive');
        ok(!('x-absent' in seen.headers), 'a header that is undefined was sent');
      }
    },
  },
  {
    promise: 'text is sent as UTF-8 and bytes as they are',
    check: async (trial) => {
      const bytes = new Uint8Array([9, 0, 255, 13, 10, 9]).subarray(1, 5);
      for (const [body, hex] of [
        ['né€', '6ec3a9e282ac'],
        ['', ''],
        [bytes, '00ff0d0a'],
      ] as const) {
        const sent = request(trial, '/echo', { method: 'POST', body });
        equal(echoOf(await trial.transport.send(sent)).body, hex, 'the body arrived as another');
      }
    },
  },
  {
    promise: 'any status is a response, not an error, and nothing is sent twice',
    check: async (trial) => {
      const statuses = [200, 201, 204, 304, 400, 401, 404, 408, 429, 500, 502, 503];
      for (const status of statuses) {
        const response = await trial.transport.send(request(trial, `/status/${status}`));
        equal(response.status, status, `status ${status} came as ${response.status}`);
        const streaming = await trial.transport.sendStreaming(request(trial, `/status/${status}`));
        equal(streaming.status, status, `status ${status} came as ${streaming.status}, streaming`);
        equal(await readText(streaming.body), '', 'an empty body is not empty');
      }
      const count = trial.server.requests.length;
      equal(count, 2 * statuses.length, `${2 * statuses.length} requests were sent as ${count}`);
    },
  },
  {
    promise: 'response headers have lower-case names, and repeated ones are joined by a comma',
    check: async (trial) => {
      const { headers } = await trial.transport.send(request(trial, '/repeated'));
      equal(headers['x-once'], 'c', `x-once is ${headers['x-once']}`);
      equal(headers['x-repeated'], 'a, b', `x-repeated is ${headers['x-repeated']}`);
    },
  },
  {
    promise: 'url says where the response came from',
    check: async (trial) => {
      const plain = await trial.transport.send(request(trial, '/echo?a=1'));
      equal(plain.url, `${trial.server.origin}/echo?a=1`, `url is ${plain.url}`);
      const other = await trial.transport.send(request(trial, '/redirect'));
      const from = other.status === 302 ? '/redirect' : '/echo';
      equal(other.url, `${trial.server.origin}${from}`, `after a redirect url is ${other.url}`);
    },
  },
];

const failureCases: readonly TransportCase[] = [
  {
    promise: 'a connection that is refused is a typed error',
    check: async (trial) => {
      const gone = await ContractServer.start();
      const sent = { ...request(trial, '/'), url: `${gone.origin}/` };
      await gone.stop();
      await assertTyped(trial.transport.send(sent), 'send() should reject');
      await assertTyped(trial.transport.sendStreaming(sent), 'sendStreaming() should reject');
    },
  },
  {
    promise: 'a connection that breaks before the head is a typed error, and nothing is sent again',
    check: async (trial) => {
      const { transport, server } = trial;
      await assertTyped(transport.send(request(trial, '/reset')), 'send() should reject');
      await assertTyped(transport.sendStreaming(request(trial, '/reset')), 'it should reject');
      equal(server.requests.length, 2, `2 requests were sent as ${server.requests.length}`);
    },
  },
  {
    promise: 'a body that breaks off is a typed error, after what has arrived',
    check: async (trial) => {
      const { transport, server } = trial;
      const sent = transport.send(request(trial, '/cut'));
      const outcome = assertTyped(sent, 'send() should reject without the whole body');
      await server.until(() => server.requests.length === 1);
      server.release();
      await outcome;
      const { body } = await transport.sendStreaming(request(trial, '/cut'));
      const chunks = body[Symbol.asyncIterator]();
      equal(await nextText(chunks), 'abc', 'the first chunk is another');
      server.release();
      await assertTyped(chunks.next(), 'reading on should reject when the body breaks off');
    },
  },
];

const abortCases: readonly TransportCase[] = [
  {
    promise: 'an aborted signal rejects with its reason, and nothing is sent',
    check: async (trial) => {
      const { signal, reason } = abortedAlready();
      const sent = request(trial, '/echo', { signal });
      const { transport } = trial;
      for (const start of [() => transport.send(sent), () => transport.sendStreaming(sent)]) {
        const error = await failureOf(start(), 'an aborted request should reject');
        ok(error === reason, `it was rejected with ${String(error)}, not with the signal's reason`);
      }
      deepEqual(trial.server.requests, [], 'a request was sent');
      assertNoListener(signal, 'after the refusal');
    },
  },
  ...(
    [
      ['while the request is sent', '/deaf', LARGE_BODY_BYTES],
      ['while the head is awaited', '/silent', 0],
      ['while the body is read', '/unfinished', 0],
    ] as const
  ).map(([stage, path, bytes]): TransportCase => ({
    promise: `an abort ${stage} rejects send() with the reason and closes the connection`,
    check: async (trial) => {
      const { transport, server } = trial;
      const { signal, reason, abort } = prepareAbort();
      const more = bytes > 0 ? ({ method: 'POST', body: new Uint8Array(bytes) } as const) : {};
      const work = transport.send(request(trial, path, { ...more, signal }));
      const outcome = failureOf(work, 'an aborted request should reject');
      await server.until(() => server.requests.length === 1);
      abort();
      const error = await outcome;
      ok(error === reason, `it was rejected with ${String(error)}, not with the signal's reason`);
      assertNoListener(signal, 'after the abort');
      server.release();
      await server.until(() => server.cutOff === 1);
    },
  })),
  {
    promise: 'an abort while the head is awaited rejects sendStreaming() with the reason',
    check: async (trial) => {
      const { transport, server } = trial;
      const { signal, reason, abort } = prepareAbort();
      const work = transport.sendStreaming(request(trial, '/silent', { signal }));
      const outcome = failureOf(work, 'an aborted request should reject');
      await server.until(() => server.requests.length === 1);
      abort();
      const error = await outcome;
      ok(error === reason, `it was rejected with ${String(error)}, not with the signal's reason`);
      assertNoListener(signal, 'after the abort');
      await server.until(() => server.cutOff === 1);
    },
  },
  {
    promise: 'an abort while a stream is read rejects the reader with the reason',
    check: async (trial) => {
      const { transport, server } = trial;
      const { signal, reason, abort } = prepareAbort();
      const { body } = await transport.sendStreaming(request(trial, '/unfinished', { signal }));
      const chunks = body[Symbol.asyncIterator]();
      await chunks.next();
      const outcome = failureOf(chunks.next(), 'the reader should be rejected');
      abort();
      const error = await outcome;
      ok(error === reason, `it was rejected with ${String(error)}, not with the signal's reason`);
      assertNoListener(signal, 'after the abort');
      await server.until(() => server.cutOff === 1);
    },
  },
  {
    promise: 'no listener is left on the signal once a response is complete',
    check: async (trial) => {
      const { transport } = trial;
      const { signal } = prepareAbort();
      for (let calls = 0; calls < 3; calls += 1) {
        await transport.send(request(trial, '/echo', { signal }));
        await readText((await transport.sendStreaming(request(trial, '/echo', { signal }))).body);
        const left = await transport.sendStreaming(request(trial, '/unfinished', { signal }));
        left.cancel();
      }
      assertNoListener(signal, 'after responses that were read to their end or cancelled');
    },
  },
];

const streamCases: readonly TransportCase[] = [
  {
    promise: 'sendStreaming() resolves with the head, and chunks come as they arrive',
    check: async (trial) => {
      const { status, body } = await trial.transport.sendStreaming(request(trial, '/held'));
      equal(status, 200, `the status is ${status}`);
      const chunks = body[Symbol.asyncIterator]();
      for (const text of ['first', 'second']) {
        trial.server.release();
        equal(await nextText(chunks), text, 'the chunk is another');
      }
      equal((await chunks.next()).done, true, 'the body does not end');
    },
  },
  {
    promise: 'leaving the loop closes the connection',
    check: async (trial) => {
      const { body } = await trial.transport.sendStreaming(request(trial, '/unfinished'));
      for await (const chunk of body) {
        equal(textOf(chunk), 'abc', 'the chunk is another');
        break;
      }
      await trial.server.until(() => trial.server.cutOff === 1);
    },
  },
  {
    promise: 'cancel() closes the connection, and may be called again',
    check: async (trial) => {
      const response = await trial.transport.sendStreaming(request(trial, '/unfinished'));
      response.cancel(new Error('enough'));
      response.cancel();
      await trial.server.until(() => trial.server.cutOff === 1);
    },
  },
  {
    promise: 'reading slowly slows the sender down',
    check: async (trial) => {
      const { server } = trial;
      const response = await trial.transport.sendStreaming(request(trial, '/flood'));
      await response.body[Symbol.asyncIterator]().next();
      let before = -1;
      while (before !== server.poured && !server.isFloodOver) {
        before = server.poured;
        await systemClock.sleep(SAMPLING_MS);
      }
      const wasSent = server.isFloodOver;
      response.cancel();
      equal(wasSent, false, `64 MiB were sent though only the first chunk was read`);
    },
  },
];

const closingCases: readonly TransportCase[] = [
  {
    promise: 'close() waits for the responses in use',
    check: async (trial) => {
      const { transport, server } = trial;
      if (transport.close === undefined) return;
      const { body } = await transport.sendStreaming(request(trial, '/held'));
      let isClosed = false;
      const closing = Promise.allSettled([transport.close()]).then(([outcome]) => {
        isClosed = true;
        equal(outcome.status, 'fulfilled', 'close() rejected');
      });
      // Whatever fails first is told; the other must not go unhandled.
      closing.catch(() => undefined);
      const chunks = body[Symbol.asyncIterator]();
      for (const text of ['first', 'second']) {
        server.release();
        equal(await nextText(chunks), text, 'close() cut the response off');
        equal(isClosed, false, 'close() did not wait for a response in use');
      }
      await chunks.next();
      await closing;
    },
  },
];

const connectionCases: readonly TransportCase[] = [
  {
    promise: 'close() closes idle connections',
    check: async ({ transport, server }) => {
      if (transport.close === undefined) return;
      await transport.send(request({ transport, server }, '/echo'));
      await transport.close();
      await server.until(() => server.openSockets === 0);
    },
  },
];

/** The server goes first: a transport that is closed waits for responses still in use. */
async function withServer(transport: HttpTransport, check: TransportCase['check']): Promise<void> {
  const server = await ContractServer.start();
  try {
    await check({ transport, server });
  } finally {
    await server.stop();
  }
}

/**
 * Checks what `HttpTransport` promises, against a server of its own on 127.0.0.1:
 * what is sent and what comes back, typed errors, an abort at each stage, streams.
 */
export function describeHttpTransportContract(options: HttpTransportContractOptions): void {
  const own = options.ownsConnections === false ? [] : connectionCases;
  describeContract(options, {
    interfaceName: 'HttpTransport',
    cases: [
      ...requestCases,
      ...uploadCases,
      ...failureCases,
      ...abortCases,
      ...streamCases,
      ...closingCases,
      ...own,
    ],
    attempt: (check) =>
      withSubject(options, undefined, (transport) => withServer(transport, check)),
  });
}
