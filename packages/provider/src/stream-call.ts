import { abortReason, type IntegrationError, ValidationError } from '@integrations/errors';
import type { StreamOptions } from './call-options.ts';
import { CallRun, type Once } from './call-run.ts';
import { type CallerOptions, idleTimeoutOf } from './caller-options.ts';
import { openContentOnce } from './attempt.ts';
import type { EndpointRequest, StreamEndpoint } from './endpoint.ts';
import { EventReader } from './event-reader.ts';
import { EVENTS } from './expected-content.ts';
import { type ResponseHead, ResponsePromise } from './response-promise.ts';

/** A stream at its first event, before its caller has it. */
interface OpenedStream<Item> extends ResponseHead {
  readonly reader: EventReader<Item>;
  readonly idleTimeoutMs: number;
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
  run.record.streaming(reader.facts);
  reader.handOver({
    signal: run.options.signal,
    idleTimeoutMs,
    onEnd: (ending, error) => {
      const { events, requestId, usage } = reader;
      run.settle(usage);
      const estimate =
        usage === undefined && ending !== 'completed' ? run.estimateUsage(events) : undefined;
      if (ending === 'errored') {
        run.failedLate(error, { events, estimate });
        return;
      }
      const cancelled = ending === 'cancelled';
      run.record.streamEnded({ status, requestId, events, cancelled, estimate });
    },
  });
}

function openReader<Body, Item>(
  client: CallerOptions,
  run: CallRun<Body>,
  endpoint: StreamEndpoint<Body, Item>,
  options: StreamOptions,
): Once<OpenedStream<Item>> {
  return async (_client, draft, attempt, report) => {
    const idleTimeoutMs = idleTimeoutOf(client, options);
    const response = await openContentOnce(client, draft, attempt, report, EVENTS);
    const { headers } = response;
    const { call } = run.record;
    const toApiError = (body: unknown): IntegrationError =>
      run.apiErrorFor({ status: undefined, headers }, body);
    const { endOf } = endpoint;
    const reader = new EventReader<Item>({
      response,
      decode: (event) => endpoint.decode(event, toApiError),
      endOf: endOf === undefined ? undefined : (item) => endOf(item, toApiError),
      observe: (item, facts) => {
        endpoint.collect?.(item, facts);
        run.record.event(item);
      },
      endsUnmarked: endpoint.endsUnmarked ?? false,
      clock: client.clock,
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

/**
 * A call that answers with events. Resolves at the first of them.
 *
 * @param open makes the stream that the caller gets.
 */
export function callForStream<Body, Item, Stream extends object>(
  client: CallerOptions,
  endpoint: StreamEndpoint<Body, Item>,
  request: EndpointRequest<Body>,
  options: StreamOptions,
  open: (reader: EventReader<Item>) => Stream,
): ResponsePromise<Stream> {
  const run = new CallRun(client, endpoint, request, options);
  const opened = run
    .attempts('text/event-stream', openReader(client, run, endpoint, options))
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
