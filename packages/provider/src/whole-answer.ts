import type { HttpResponse } from '@integrations/types';
import { sendOnce } from './attempt.ts';
import type { CallRun } from './call-run.ts';
import type { ResponseReader } from './response-promise.ts';

/** A call whose answer is read as a whole: what a `ResponsePromise` is made of. */
export interface WholeAnswer<Result> {
  readonly head: Promise<HttpResponse>;
  readonly reader: ResponseReader<HttpResponse, Result>;
}

function finish<Body, Result>(
  run: CallRun<Body>,
  response: HttpResponse,
  read: (response: HttpResponse) => Result,
): Result {
  try {
    const result = run.deserialize(response.body.length, () => read(response));
    run.settle(run.record.facts.usage);
    const requestId = run.requestId(response.headers);
    run.record.succeeded({ status: response.status, requestId }, result);
    return result;
  } catch (cause) {
    const error = run.unreadable(cause, response);
    run.failedLate(error);
    throw error;
  }
}

/** Makes a call, and of its answer what `read` makes of it. */
export function wholeAnswer<Body, Result>(
  run: CallRun<Body>,
  read: (response: HttpResponse) => Result,
): WholeAnswer<Result> {
  return {
    head: run.attempts('application/json', sendOnce),
    reader: {
      requestId: ({ headers }) => run.requestId(headers),
      readRaw: ({ status, headers }) => {
        run.record.succeeded({ status, requestId: run.requestId(headers) });
      },
      read: (response) => finish(run, response, read),
    },
  };
}
