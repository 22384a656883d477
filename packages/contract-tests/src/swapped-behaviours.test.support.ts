import { type ErrorCode, isIntegrationError } from '@integrations/errors';
import type { FaultRule, Simulator } from '@integrations/simulator';
import type { Calls } from './swapped-providers.test.support.ts';

/** What a call came to. */
export interface Outcome {
  readonly result?: unknown;
  /** Its class, and its code. */
  readonly error?: { readonly type: string; readonly code: ErrorCode | 'untyped' };
  /** Those that the server saw. */
  readonly requests: number;
}

/** Something that a client does alike whatever its parts are. */
export interface Behaviour {
  readonly name: string;
  readonly fault?: FaultRule;
  readonly run: (calls: Calls, simulator: Simulator) => PromiseLike<unknown>;
  /** The error that it ends with; a result where there is none. */
  readonly code?: ErrorCode;
  readonly requests: number;
}

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Fails as the stream does, if so many pieces came before that. */
async function countThenFail(pieces: AsyncIterable<string>, expected: number): Promise<void> {
  const came: string[] = [];
  try {
    for await (const piece of pieces) came.push(piece);
  } catch (error) {
    if (came.length === expected) throw error;
    throw new Error(`${came.length} pieces came, not ${expected}`, { cause: error });
  }
}

async function requestCame({ requests }: Pick<Simulator, 'requests'>): Promise<void> {
  while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}

const chat: Behaviour['run'] = (calls) => calls.chat();
const stream: Behaviour['run'] = (calls) => collect(calls.stream());

const FOREVER = { latencyMs: 3_600_000 };

/** Each error that an API answers with, and how often it is asked. */
const REFUSALS: readonly Behaviour[] = (
  [
    [400, 'bad_request', 1],
    [401, 'authentication', 1],
    [404, 'not_found', 1],
    [429, 'rate_limit', 3],
    [503, 'overloaded', 3],
  ] as const
).map(([status, code, requests]) => ({
  name: `${status} is ${code}`,
  fault: { fault: { status } },
  run: chat,
  code,
  requests,
}));

/** What every client has to do alike, whatever its parts are; all have two retries. */
export const BEHAVIOURS: readonly Behaviour[] = [
  { name: 'a chat', run: chat, requests: 1 },
  { name: 'a stream', run: stream, requests: 1 },
  { name: 'embeddings', run: (calls) => calls.embed(), requests: 1 },
  { name: 'a list by pages', run: (calls) => calls.list(3), requests: 5 },
  { name: 'a file, there and back', run: (calls) => calls.upload(), requests: 2 },
  ...REFUSALS,
  {
    name: 'a chat after two failures',
    fault: { times: 2, fault: { status: 500, retryAfterMs: 2 } },
    run: chat,
    requests: 3,
  },
  {
    name: 'a stream after a reset and an error',
    fault: { times: 2, fault: { reset: 'beforeHeaders' } },
    run: stream,
    requests: 3,
  },
  {
    name: 'a page that is no answer',
    fault: { fault: { html: true } },
    run: chat,
    code: 'unexpected_content_type',
    requests: 1,
  },
  {
    name: 'a stream that is cut',
    fault: { fault: { cutAfterEvents: 2 } },
    run: (calls) => countThenFail(calls.stream(), 2),
    code: 'stream_truncated',
    requests: 1,
  },
  {
    name: 'a stream that is reset',
    fault: { fault: { resetAfterEvents: 2 } },
    run: (calls) => countThenFail(calls.stream(), 2),
    code: 'connection',
    requests: 1,
  },
  {
    name: 'a stream that carries an error',
    fault: { fault: { errorEvent: { afterEvents: 2, error: { type: 'server_error' } } } },
    run: (calls) => countThenFail(calls.stream(), 2),
    code: 'server',
    requests: 1,
  },
  {
    name: 'a chat after an attempt that took too long',
    fault: { times: 1, fault: FOREVER },
    // Long enough for the next attempt, also where much else is run.
    run: (calls) => calls.chat({ timeout: 600 }),
    requests: 2,
  },
  {
    name: 'a chat that takes too long',
    fault: { fault: FOREVER },
    run: (calls) => calls.chat({ totalTimeout: 300 }),
    code: 'total_timeout',
    requests: 1,
  },
  {
    name: 'a chat that is stopped',
    fault: { fault: FOREVER },
    run: async (calls, simulator) => {
      const stop = new AbortController();
      void requestCame(simulator).then(() => stop.abort());
      await calls.chat({ signal: stop.signal });
    },
    code: 'aborted',
    requests: 1,
  },
  {
    name: 'a stream that is stopped',
    fault: { fault: { stallAfterEvents: 1 } },
    run: async (calls) => {
      const stop = new AbortController();
      for await (const piece of calls.stream({ signal: stop.signal })) stop.abort(piece);
    },
    code: 'aborted',
    requests: 1,
  },
  {
    name: 'a call that is stopped before it is made',
    run: (calls) => calls.chat({ signal: AbortSignal.abort() }),
    code: 'aborted',
    requests: 0,
  },
];

function described(error: unknown): NonNullable<Outcome['error']> {
  const { name: type } = (error as object).constructor;
  return { type, code: isIntegrationError(error) ? error.code : 'untyped' };
}

/** What it comes to with these calls. */
export async function outcomeOf(
  { fault, run }: Behaviour,
  calls: Calls,
  simulator: Simulator,
): Promise<Outcome> {
  if (fault !== undefined) simulator.inject(fault);
  try {
    const result = await run(calls, simulator);
    return { result, requests: simulator.requests.length };
  } catch (error) {
    return { error: described(error), requests: simulator.requests.length };
  }
}
