import { getEventListeners } from 'node:events';
import { type IntegrationError, InvalidJsonError, RateLimitError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import type { ServerSentEvent } from '@integrations/transport';
import type { HttpStreamingResponse } from '@integrations/types';
import { type DecodedEvent, STREAM_END, STREAM_SKIP } from './endpoint.ts';
import { EventReader, type StreamEnding } from './event-reader.ts';
import type { TokenUsage } from './token-usage.ts';

const encoder = new TextEncoder();

type Arrival = { readonly chunk: Uint8Array } | { readonly error: unknown } | 'end';

interface Puller {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/** A response whose body arrives as the test says. */
export class ManualResponse implements HttpStreamingResponse {
  readonly status = 200;
  readonly headers = { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' };
  readonly url = 'https://api.test/v1/items';
  readonly body: AsyncIterable<Uint8Array>;
  /** How often a chunk was asked for. */
  pulls = 0;
  /** The reasons of all calls of `cancel`. */
  readonly cancels: unknown[] = [];
  readonly #arrived: Arrival[] = [];
  #puller: Puller | undefined;
  #last: Arrival | undefined;

  constructor() {
    this.body = { [Symbol.asyncIterator]: () => ({ next: () => this.#next() }) };
  }

  push(chunk: string | Uint8Array): this {
    return this.#arrive({ chunk: typeof chunk === 'string' ? encoder.encode(chunk) : chunk });
  }

  end(): this {
    return this.#arrive('end');
  }

  break(error: unknown): this {
    return this.#arrive({ error });
  }

  cancel(reason?: unknown): void {
    this.cancels.push(reason);
    this.#arrived.length = 0;
    this.#arrive('end');
  }

  #arrive(arrival: Arrival): this {
    this.#arrived.push(arrival);
    const puller = this.#puller;
    this.#puller = undefined;
    if (puller !== undefined) this.#settle(puller);
    return this;
  }

  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.pulls += 1;
    return new Promise((resolve, reject) => {
      if (this.#puller !== undefined) throw new Error('the body is read twice at once');
      const puller = { resolve, reject };
      if (this.#arrived.length > 0 || this.#last !== undefined) this.#settle(puller);
      else this.#puller = puller;
    });
  }

  #settle({ resolve, reject }: Puller): void {
    const arrival = this.#last ?? this.#arrived.shift();
    if (arrival === undefined) throw new Error('nothing has arrived');
    if (arrival === 'end' || 'error' in arrival) this.#last = 'end';
    if (arrival === 'end') resolve({ done: true, value: undefined });
    else if ('error' in arrival) reject(arrival.error);
    else resolve({ done: false, value: arrival.chunk });
  }
}

export interface Item {
  readonly n: number;
  readonly usage?: TokenUsage;
  /** Ends the stream with this item. */
  readonly last?: 'whole' | 'failed';
}

/** `data: {"n":1}`, `event: ping`, `data: {"error":…}` and `data: [DONE]`. */
function decodeItem(
  event: ServerSentEvent,
  toApiError: (body: unknown) => IntegrationError,
): DecodedEvent<Item> {
  if (event.data === '[DONE]') return STREAM_END;
  if (event.event === 'ping') return STREAM_SKIP;
  let body: object;
  try {
    body = JSON.parse(event.data) as object;
  } catch (cause) {
    throw new InvalidJsonError('an event is not JSON', { cause });
  }
  if ('error' in body) throw toApiError(body);
  return body as Item;
}

function rateLimited(): IntegrationError {
  return new RateLimitError('slow down');
}

export function item(n: number): string {
  return `data: ${JSON.stringify({ n })}\n\n`;
}

export const DONE = 'data: [DONE]\n\n';
export const PING = 'event: ping\ndata: {}\n\n';
export const COMMENT = ': keep-alive\n\n';
export const ERROR_EVENT = 'data: {"error":{"message":"slow down"}}\n\n';
export const BAD_JSON = 'data: {"n":\n\n';

/** A reader with everything around it that a test looks at. */
export class ReaderHarness {
  readonly clock: ManualClock = new ManualClock();
  readonly response: ManualResponse = new ManualResponse();
  readonly controller: AbortController = new AbortController();
  readonly endings: StreamEnding[] = [];
  readonly errors: (IntegrationError | undefined)[] = [];
  readonly reader: EventReader<Item>;
  readonly idleTimeoutMs: number;

  constructor(options: { idleTimeoutMs?: number } = {}) {
    this.idleTimeoutMs = options.idleTimeoutMs ?? 1000;
    this.reader = new EventReader<Item>({
      response: this.response,
      decode: (event) => decodeItem(event, rateLimited),
      endOf: (item) => {
        if (item.last === 'whole') return STREAM_END;
        return item.last === 'failed' ? rateLimited() : undefined;
      },
      observe: ({ usage }, facts) => {
        if (usage !== undefined) facts.usage = usage;
      },
      clock: this.clock,
      call: 'acme items.stream',
      requestId: 'req_1',
    });
  }

  handOver(): this {
    this.reader.handOver({
      idleTimeoutMs: this.idleTimeoutMs,
      signal: this.controller.signal,
      onEnd: (ending, error) => {
        this.endings.push(ending);
        this.errors.push(error);
      },
    });
    return this;
  }

  get listeners(): number {
    return getEventListeners(this.controller.signal, 'abort').length;
  }

  /** Lets everything happen that needs no time. */
  settle(): Promise<void> {
    return this.clock.advance(0);
  }
}

/** What a promise has come to. */
export interface Outcome {
  state: 'pending' | 'item' | 'done' | 'error';
  value?: Item;
  error?: unknown;
}

export function watch(next: Promise<IteratorResult<Item, undefined>>): Outcome {
  const outcome: Outcome = { state: 'pending' };
  next.then(
    (result) => {
      outcome.state = result.done ? 'done' : 'item';
      if (!result.done) outcome.value = result.value;
    },
    (error: unknown) => {
      outcome.state = 'error';
      outcome.error = error;
    },
  );
  return outcome;
}

/** The error of a promise that has to fail. */
export async function failure(running: PromiseLike<unknown>): Promise<unknown> {
  try {
    await running;
  } catch (error) {
    return error;
  }
  throw new Error('this should have failed');
}
