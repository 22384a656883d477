import {
  type IntegrationError,
  isIntegrationError,
  ProtocolError,
  ValidationError,
} from '@integrations/errors';
import type { AttemptContext, ExecutionOptions, Orchestrator } from '@integrations/types';
import {
  asIntegrationError,
  type AttemptOptions,
  openOnce,
  sendOnce,
  toApiError,
} from './attempt.ts';
import type { CallOptions, StreamOptions } from './call-options.ts';
import { readDuration } from './durations.ts';
import type { Endpoint, EndpointRequest, JsonEndpoint, StreamEndpoint } from './endpoint.ts';
import { EventReader } from './event-reader.ts';
import { draftRequest, type HttpDraft, type RequestDefaults } from './http-draft.ts';
import { readJson } from './json-body.ts';
import { attachRequestId, readRequestId, type WithRequestId } from './request-id.ts';
import { type ResponseHead, ResponsePromise } from './response-promise.ts';
import type { CallRecord, Telemetry } from './telemetry.ts';

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
export interface CallerOptions extends AttemptOptions {
  readonly defaults: RequestDefaults;
  readonly orchestrator: Orchestrator;
  readonly telemetry: Telemetry;
  /** Milliseconds; 0 for no limit. */
  readonly streamIdleTimeoutMs: number;
}

/** What labels a call's metrics; bodies of all providers name their model so. */
function modelOf(body: unknown): string | undefined {
  const model = (body as { readonly model?: unknown } | undefined)?.model;
  return typeof model === 'string' ? model : undefined;
}

function executionOptions(options: CallOptions, label: string): ExecutionOptions {
  const { signal, timeout, totalTimeout } = options;
  return {
    label,
    ...(signal === undefined ? {} : { signal }),
    ...(timeout === undefined ? {} : { attemptTimeout: readDuration('timeout', timeout) }),
    ...(totalTimeout === undefined
      ? {}
      : { totalTimeout: readDuration('totalTimeout', totalTimeout) }),
  };
}

/** What an endpoint's own functions throw at an answer they did not expect. */
function asUnreadable(
  cause: unknown,
  {
    call,
    ...details
  }: {
    readonly call: string;
    readonly status: number;
    readonly requestId: string | undefined;
  },
): IntegrationError {
  if (isIntegrationError(cause)) return cause;
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new ProtocolError(`${call}: the answer is not of the expected form: ${problem}`, {
    ...details,
    cause,
  });
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

/**
 * The one path of every call: validate, draft, then attempts under the
 * orchestrator, then the result, with the record of it all.
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
    const record = this.#options.telemetry.begin(endpoint.operation, modelOf(request.body));
    const response = this.#execute(
      endpoint,
      request,
      options,
      record,
      'application/json',
      sendOnce,
    );
    return ResponsePromise.of(response, {
      requestId: (head) => this.#requestId(head.headers),
      readRaw: (head) => {
        record.succeeded({
          status: head.status,
          requestId: this.#requestId(head.headers),
          usage: undefined,
        });
      },
      read: (head) => {
        const requestId = this.#requestId(head.headers);
        try {
          const body = readJson(head, {
            call: record.call,
            requestId,
            resultKey: endpoint.resultKey,
            toApiError: (error) => toApiError(this.#options, head, error, record.call),
          }) as Result;
          const result = attachRequestId(endpoint.toResult?.(body) ?? body, requestId);
          record.succeeded({ status: head.status, requestId, usage: endpoint.usage?.(result) });
          return result;
        } catch (cause) {
          const error = asUnreadable(cause, { call: record.call, status: head.status, requestId });
          record.failed(error);
          throw error;
        }
      },
    });
  }

  stream<Body, Item, Stream extends object>(
    endpoint: StreamEndpoint<Body, Item>,
    request: EndpointRequest<Body>,
    options: StreamOptions = {},
    open: (reader: EventReader<Item>) => Stream,
  ): ResponsePromise<Stream> {
    const record = this.#options.telemetry.begin(endpoint.operation, modelOf(request.body));
    const opened = this.#execute(
      endpoint,
      request,
      options,
      record,
      'text/event-stream',
      (_options, draft, attempt) => this.#openReader(endpoint, draft, attempt, options, record),
    ).then((stream) => {
      this.#handOver(stream, options.signal, record);
      return stream;
    });
    return ResponsePromise.of(opened, {
      requestId: (head) => head.reader.requestId,
      readRaw: (head) => head.reader.cancel(),
      read: ({ reader }) => openStream(reader, open, record.call),
    });
  }

  /** Runs attempts until one gives what is wanted; the record learns of each. */
  async #execute<Body, Answer>(
    endpoint: Endpoint<Body>,
    request: EndpointRequest<Body>,
    options: CallOptions,
    record: CallRecord,
    accept: string,
    once: (
      options: AttemptOptions,
      draft: HttpDraft,
      attempt: AttemptContext,
      call: string,
    ) => Promise<Answer>,
  ): Promise<Answer> {
    const { call } = record;
    try {
      endpoint.validate?.(request.body as Body);
      const draft = draftRequest(this.#options.defaults, endpoint, request, options, accept, call);
      return await record.within(() =>
        this.#options.orchestrator.execute(
          async (attempt) => {
            record.attempt(attempt);
            try {
              return await once(this.#options, draft, attempt, call);
            } catch (cause) {
              const error = asIntegrationError(cause, call);
              record.attemptFailed(error);
              throw error;
            }
          },
          executionOptions(options, call),
        ),
      );
    } catch (cause) {
      const error = asIntegrationError(cause, call);
      record.failed(error);
      throw error;
    }
  }

  async #openReader<Body, Item>(
    endpoint: StreamEndpoint<Body, Item>,
    draft: HttpDraft,
    attempt: AttemptContext,
    options: StreamOptions,
    record: CallRecord,
  ): Promise<OpenedStream<Item>> {
    const { call } = record;
    const idleTimeoutMs = this.#streamIdleTimeoutMs(options);
    const response = await openOnce(this.#options, draft, attempt, call);
    const head = { status: undefined, headers: response.headers };
    const fail = (body: unknown): IntegrationError => toApiError(this.#options, head, body, call);
    const reader = new EventReader<Item>({
      response,
      decode: (event) => endpoint.decode(event, fail),
      usage: endpoint.usage,
      clock: this.#options.clock,
      call,
      requestId: this.#requestId(response.headers),
    });
    await reader.waitForFirst();
    return { ...reader.head, reader, idleTimeoutMs };
  }

  /** From here on the caller's signal and the idle timeout hold, and the end is recorded. */
  #handOver<Item>(
    { reader, idleTimeoutMs, status }: OpenedStream<Item>,
    signal: AbortSignal | undefined,
    record: CallRecord,
  ): void {
    const firstEventMs = record.firstEvent();
    reader.handOver({
      signal,
      idleTimeoutMs,
      onEnd: (ending, error) => {
        if (ending === 'errored') {
          record.failed(error);
          return;
        }
        record.streamEnded({
          status,
          requestId: reader.requestId,
          usage: reader.usage,
          events: reader.events,
          firstEventMs,
          cancelled: ending === 'cancelled',
        });
      },
    });
  }

  #streamIdleTimeoutMs({ streamIdleTimeout }: StreamOptions): number {
    if (streamIdleTimeout === undefined) return this.#options.streamIdleTimeoutMs;
    return readDuration('streamIdleTimeout', streamIdleTimeout);
  }

  #requestId(headers: HttpDraft['headers']): string | undefined {
    return readRequestId(headers, this.#options.profile.requestIdHeaders);
  }
}

/** Makes the functions that the resources of one client call. */
export function createCaller(options: CallerOptions): Caller {
  return new ProviderCaller(options);
}
