import { equal, ok } from 'node:assert/strict';
import { isIntegrationError } from '@integrations/errors';
import { type HttpRequest, type HttpStreamingBody, systemClock } from '@integrations/types';
import { assertNoListener, prepareAbort } from './abort-checks.ts';
import {
  assertTyped,
  echoOf,
  failureOf,
  LARGE_BODY_BYTES,
  request,
  SAMPLING_MS,
  type TransportCase,
  type TransportTrial,
} from './http-contract-trial.ts';

const CHUNK = new Uint8Array(64 * 1024).fill(97);

/** A body that counts what is taken of it, and notes when it is left. */
class WatchedBody implements HttpStreamingBody {
  readonly contentType = 'application/x-contract';
  readonly size: number | undefined;
  readonly replayable: boolean | undefined;
  opened = 0;
  taken = 0;
  /** How many of its readers left before its end. */
  left = 0;
  readonly #chunks: () => AsyncIterable<Uint8Array>;

  constructor(
    chunks: () => AsyncIterable<Uint8Array>,
    known: { readonly size?: number; readonly replayable?: boolean } = {},
  ) {
    this.#chunks = chunks;
    this.size = known.size;
    this.replayable = known.replayable;
  }

  async *stream(): AsyncGenerator<Uint8Array> {
    this.opened += 1;
    let isWhole = false;
    try {
      for await (const chunk of this.#chunks()) {
        this.taken += chunk.byteLength;
        yield chunk;
      }
      isWhole = true;
    } finally {
      if (!isWhole) this.left += 1;
    }
  }
}

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

/** More than the sockets' own buffers take. */
async function* flood(): AsyncGenerator<Uint8Array> {
  for (let bytes = 0; bytes < LARGE_BODY_BYTES; bytes += CHUNK.byteLength) yield CHUNK;
}

async function* failing(error: Error): AsyncGenerator<Uint8Array> {
  yield CHUNK;
  throw error;
}

function upload(trial: TransportTrial, path: string, body: HttpStreamingBody): HttpRequest {
  return request(trial, path, { method: 'POST', body });
}

/** Waits until nothing more is taken of the body. */
async function untilStill(body: WatchedBody): Promise<void> {
  let before = -1;
  while (before !== body.taken) {
    before = body.taken;
    await systemClock.sleep(SAMPLING_MS);
  }
}

/** The promises on bodies that are made while they are sent. */
export const uploadCases: readonly TransportCase[] = [
  {
    promise: 'a streaming body arrives whole, with its content type',
    check: async (trial) => {
      for (const size of [undefined, 9]) {
        const body = new WatchedBody(
          () => pieces('né€', '', 'abc'),
          size === undefined ? {} : { size },
        );
        const seen = echoOf(await trial.transport.send(upload(trial, '/echo', body)));
        equal(seen.body, '6ec3a9e282ac616263', 'the body arrived as another');
        const type = seen.headers['content-type'];
        equal(type, 'application/x-contract', `its content type arrived as ${type}`);
      }
    },
  },
  {
    promise: 'every request opens a streaming body anew',
    check: async (trial) => {
      const body = new WatchedBody(() => pieces('abc'));
      const sent = upload(trial, '/echo', body);
      for (let count = 1; count <= 2; count += 1) {
        const seen = echoOf(await trial.transport.send(sent));
        equal(seen.body, '616263', 'the body arrived as another');
        equal(body.opened, count, `it was opened ${body.opened} times for ${count} requests`);
      }
    },
  },
  {
    promise: 'a streaming body is read no faster than it is taken',
    check: async (trial) => {
      const { transport, server } = trial;
      const { signal, abort } = prepareAbort();
      const body = new WatchedBody(flood);
      const outcome = failureOf(
        transport.send({ ...upload(trial, '/deaf', body), signal }),
        'an aborted request should reject',
      );
      await server.until(() => server.requests.length === 1);
      await untilStill(body);
      const { taken } = body;
      abort();
      await outcome;
      server.release();
      ok(taken < LARGE_BODY_BYTES, `all ${taken} bytes were read though the server takes none`);
    },
  },
  {
    promise: 'an abort while a streaming body is sent rejects with the reason and leaves the body',
    check: async (trial) => {
      const { transport, server } = trial;
      const { signal, reason, abort } = prepareAbort();
      const body = new WatchedBody(flood);
      const outcome = failureOf(
        transport.send({ ...upload(trial, '/deaf', body), signal }),
        'an aborted request should reject',
      );
      await server.until(() => server.requests.length === 1);
      await untilStill(body);
      abort();
      const error = await outcome;
      ok(error === reason, `it was rejected with ${String(error)}, not with the signal's reason`);
      assertNoListener(signal, 'after the abort');
      server.release();
      await server.until(() => server.cutOff === 1);
      equal(body.left, 1, 'the body was not left');
    },
  },
  {
    promise: 'an answer that comes before a streaming body is sent whole is the response',
    check: async (trial) => {
      const body = new WatchedBody(flood);
      const response = await trial.transport.send(upload(trial, '/refuse', body));
      equal(response.status, 413, `the status is ${response.status}`);
      equal(new TextDecoder().decode(response.body), 'no', 'the answer is another');
      trial.server.release();
      await trial.server.until(() => trial.server.openSockets === 0);
      equal(body.left, 1, 'the body was not left');
    },
  },
  {
    promise: 'a streaming body that fails is a typed error, and ends the request',
    check: async (trial) => {
      const body = new WatchedBody(() => failing(new Error('disk')));
      const sent = trial.transport.send(upload(trial, '/silent', body));
      await assertTyped(sent, 'send() should reject');
      await trial.server.until(() => trial.server.openSockets === 0);
    },
  },
  {
    promise: 'a streaming body of another size than it says is a typed error',
    check: async (trial) => {
      for (const size of [2, 4]) {
        const body = new WatchedBody(() => pieces('ab', 'c'), { size });
        const sent = trial.transport.send(upload(trial, '/echo', body));
        await assertTyped(sent, `3 bytes were sent for ${size}`);
      }
    },
  },
  {
    promise: 'what fails after a body was read that can be read once only is not retryable',
    check: async (trial) => {
      for (const replayable of [true, false]) {
        const body = new WatchedBody(flood, { replayable });
        const sent = trial.transport.send(upload(trial, '/break', body));
        const error = await failureOf(sent, 'a broken connection should reject');
        ok(isIntegrationError(error), `the error is not a typed one: ${String(error)}`);
        equal(error.retryable, replayable, `retryable is ${error.retryable}`);
      }
    },
  },
];
