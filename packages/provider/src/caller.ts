import { abortReason, ValidationError, durationOption } from '@integrations/errors';
import type { AttemptContext, HttpResponse } from '@integrations/types';
import { openOnce, sendOnce } from './attempt.ts';
import type { CallOptions, StreamOptions } from './call-options.ts';
import { CallRun, type CallRunOptions, type Once } from './call-run.ts';
import type { EndpointRequest, JsonEndpoint, StreamEndpoint } from './endpoint.ts';
import { EventReader } from './event-reader.ts';
import { readJson } from './json-body.ts';
import { attachRequestId, type WithRequestId } from './request-id.ts';
import { type ResponseHead, ResponsePromise } from './response-promise.ts';

/** The functions that resources get instead of a client. */
export interface Caller {
  /** Makes a call that answers with one JSON object. */
  call<Body, Result extends object>(
    endpoint: JsonEndpoint<Body, Result>,
    request: EndpointRequest<Body>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Result>>;
  /**
   * Makes a call that answers with events. Resolves at the first of them.
   *
   * @param open makes the stream that the caller gets.
   */
  stream<Body, Item, Stream extends object>(
    endpoint: StreamEndpoint<Body, Item>,
    request: EndpointRequest<Body>,
    options: StreamOptions | undefined,
    open: (reader: EventReader<Item>) => Stream,
  ): ResponsePromise<Stream>;
}

/** A stream at its first event, before its caller has it. */
interface OpenedStream<Item> extends ResponseHead {
  readonly reader: EventReader<Item>;
  readonly idleTimeoutMs: number;
}

/** Everything that the path of a call runs through. */
export interface CallerOptions extends CallRunOptions {
  /** Milliseconds; 0 for no limit. */
  readonly streamIdleTimeoutMs: number;
}

function readResult<Body, Result extends object>(
  run: CallRun<Body>,
  endpoint: JsonEndpoint<Body, Result>,
  response: HttpResponse,
): WithRequestId<Result> {
  const requestId = run.requestId(response.headers);
  try {
    const body = readJson(response, {
      call: run.record.call,
      requestId,
      resultKey: endpoint.resultKey,
      toApiError: (error) => run.apiErrorFor(response, error),
    }) as Result;
    const result = attachRequestId(endpoint.toResult?.(body) ?? body, requestId);
    const usage = endpoint.usage?.(result);
    run.settle(usage);
    run.record.succeeded({ status: response.status, requestId, usage });
    return result;
  } catch (cause) {
    const error = run.unreadable(cause, response);
    run.failedLate(error);
    throw error;
  }
}

/** Makes the caller's stream, once; a reader that nobody gets is closed. */
function openStream<Item, Stream>(
  reader: EventReader<Item>,
  open: (reader: EventReader<Item>) => Stream,
  call: string,
): Stream {
  if (reader.state === 'cancelled') {
    throw new ValidationError(
      `${call}: \`asResponse()\` closed the stream. Use \`withResponse()\` for both the response and the events.`,
      { requestId: reader.requestId },
    );
  }
  try {
    return open(reader);
  } catch (cause) {
    reader.fail(cause);
    throw reader.error ?? cause;
  }
}

/** From here on the caller's signal and the idle timeout hold, and the end is recorded. */
function handOver<Body, Item>(run: CallRun<Body>, stream: OpenedStream<Item>): void {
  const { reader, idleTimeoutMs, status } = stream;
  const firstEventMs = run.record.firstEvent();
  reader.handOver({
    signal: run.options.signal,
    idleTimeoutMs,
    onEnd: (ending, error) => {
      const { usage, events, requestId } = reader;
      run.settle(usage);
      if (ending === 'errored') {
        run.failedLate(error);
        return;
      }
      const cancelled = ending === 'cancelled';
      run.record.streamEnded({ status, requestId, usage, events, firstEventMs, cancelled });
    },
  });
}

/**
 * The one path of every call: validate, draft, then attempts under its protection,
 * then the result, with the record of it all.
 */
class ProviderCaller implements Caller {
  readonly #options: CallerOptions;

  constructor(options: CallerOptions) {
    this.#options = options;
  }

  call<Body, Result extends object>(
    endpoint: JsonEndpoint<Body, Result>,
    request: EndpointRequest<Body>,
    options: CallOptions = {},
  ): ResponsePromise<WithRequestId<Result>> {
    const run = new CallRun(this.#options, endpoint, request, options);
    return ResponsePromise.of(run.attempts('application/json', sendOnce), {
      requestId: ({ headers }) => run.requestId(headers),
      readRaw: ({ status, headers }) => {
        const requestId = run.requestId(headers);
        run.record.succeeded({ status, requestId, usage: undefined });
      },
      read: (response) => readResult(run, endpoint, response),
    });
  }

  stream<Body, Item, Stream extends object>(
    endpoint: StreamEndpoint<Body, Item>,
    request: EndpointRequest<Body>,
    options: StreamOptions = {},
    open: (reader: EventReader<Item>) => Stream,
  ): ResponsePromise<Stream> {
    const run = new CallRun(this.#options, endpoint, request, options);
    const opened = run
      .attempts('text/event-stream', this.#openReader(run, endpoint, options))
      .then((stream) => {
        handOver(run, stream);
        return stream;
      });
    return ResponsePromise.of(opened, {
      requestId: ({ reader }) => reader.requestId,
      readRaw: ({ reader }) => reader.cancel(),
      read: ({ reader }) => openStream(reader, open, run.record.call),
    });
  }

  #openReader<Body, Item>(
    run: CallRun<Body>,
    endpoint: StreamEndpoint<Body, Item>,
    options: StreamOptions,
  ): Once<OpenedStream<Item>> {
    return async (client, draft, attempt: AttemptContext, call, observe) => {
      const idleTimeoutMs = this.#streamIdleTimeoutMs(options);
      const response = await openOnce(client, draft, attempt, call, observe);
      const { headers } = response;
      const reader = new EventReader<Item>({
        response,
        decode: (event) =>
          endpoint.decode(event, (body) => run.apiErrorFor({ status: undefined, headers }, body)),
        usage: endpoint.usage,
        clock: this.#options.clock,
        call,
        requestId: run.requestId(headers),
      });
      await reader.waitForFirst();
      // A transport may be deaf to its signal; nobody waits for this stream any more.
      if (attempt.signal?.aborted) {
        reader.cancel();
        throw abortReason(attempt.signal, call);
      }
      run.keepOpen(attempt);
      return { ...reader.head, reader, idleTimeoutMs };
    };
  }

  #streamIdleTimeoutMs({ streamIdleTimeout }: StreamOptions): number {
    if (streamIdleTimeout === undefined) return this.#options.streamIdleTimeoutMs;
    return durationOption('streamIdleTimeout', streamIdleTimeout);
  }
}

/** Makes the functions that the resources of one client call. */
export function createCaller(options: CallerOptions): Caller {
  return new ProviderCaller(options);
}
