import { abortReason } from '@integrations/errors';
import { openContentOnce } from './attempt.ts';
import { BinaryReader } from './binary-reader.ts';
import { BinaryResponse } from './binary-response.ts';
import type { StreamOptions } from './call-options.ts';
import { CallRun, type Once } from './call-run.ts';
import { type CallerOptions, idleTimeoutOf } from './caller-options.ts';
import type { BinaryEndpoint, EndpointRequest } from './endpoint.ts';
import { ANY_FILE } from './expected-content.ts';
import { type ResponseHead, ResponsePromise } from './response-promise.ts';

/** A file at its first byte, before its caller has it. */
interface OpenedFile extends ResponseHead {
  readonly reader: BinaryReader;
  readonly response: BinaryResponse;
  readonly idleTimeoutMs: number;
}

/** From here on the caller's signal and the idle timeout hold, and the end is recorded. */
function handOver<Body>(run: CallRun<Body>, { reader, response, idleTimeoutMs }: OpenedFile): void {
  const { status, requestId } = response;
  reader.handOver({
    signal: run.options.signal,
    idleTimeoutMs,
    onEnd: (ending, error) => {
      run.settle(undefined);
      if (ending === 'errored') run.failedLate(error);
      else run.record.succeeded({ status, requestId, cancelled: ending === 'cancelled' });
    },
  });
}

function openFile<Body>(
  client: CallerOptions,
  run: CallRun<Body>,
  { expects = ANY_FILE }: BinaryEndpoint<Body>,
  options: StreamOptions,
): Once<OpenedFile> {
  return async (_client, draft, attempt, report) => {
    const idleTimeoutMs = idleTimeoutOf(client, options);
    const answer = await openContentOnce(client, draft, attempt, report, expects);
    const { call } = run.record;
    // A transport may be deaf to its signal; nobody waits for this answer any more.
    if (attempt.signal?.aborted) {
      const reason = abortReason(attempt.signal, call);
      answer.cancel(reason);
      throw reason;
    }
    const { status, headers, url } = answer;
    const requestId = run.requestId(headers);
    const reader = new BinaryReader({ response: answer, clock: client.clock, call, requestId });
    const response = new BinaryResponse({ status, headers, url, requestId }, reader);
    run.keepOpen(attempt);
    const openBody = (): ReadableStream<Uint8Array> => response.stream();
    return { status, headers, url, openBody, reader, response, idleTimeoutMs };
  };
}

/** A call that answers with a file. Resolves at its head. */
export function callForBinary<Body>(
  client: CallerOptions,
  endpoint: BinaryEndpoint<Body>,
  request: EndpointRequest<Body>,
  options: StreamOptions,
): ResponsePromise<BinaryResponse> {
  const run = new CallRun(client, endpoint, request, options);
  const opened = run
    .attempts(endpoint.accept ?? '*/*', openFile(client, run, endpoint, options))
    .then((file) => {
      handOver(run, file);
      return file;
    });
  return ResponsePromise.of(opened, {
    requestId: ({ response }) => response.requestId,
    // The raw response reads the same bytes.
    readRaw: () => undefined,
    read: ({ response }) => response,
  });
}
