import {
  type CallOptions,
  type Caller,
  EventStream,
  type PagePromise,
  type ResponsePromise,
  type StreamOptions,
  type WithRequestId,
} from '@integrations/provider';
import { bracketQuery } from '../../../bracket-query.ts';
import type { CursorList, TwoWayCursorQuery } from '../../../cursor-list.ts';
import { assistantsBeta } from '../../assistants-beta.ts';
import type { InThread } from '../messages/messages.ts';
import {
  cancel,
  create,
  createStream,
  list,
  retrieve,
  submit,
  submitStream,
  update,
} from './run-endpoints.ts';
import type {
  MaybeStreamed,
  NotStreamed,
  RunRequest,
  RunUpdate,
  Streamed,
  ToolOutputsRequest,
} from './run-request.ts';
import type { RunStream } from './run-stream.ts';
import type { Run } from './run.ts';
import { RunSteps } from './steps/run-steps.ts';

/** A run as it stands, or the stream of what it does. */
export type RunAnswer = ResponsePromise<RunStream> | ResponsePromise<WithRequestId<Run>>;

/**
 * `/threads/{thread_id}/runs`. OpenAI's own API answers `GoneError` to all of it.
 *
 * @deprecated Use Responses: `client.responses`.
 */
export class Runs {
  /**
   * `/threads/{thread_id}/runs/{run_id}/steps`.
   *
   * @deprecated Use `client.responses`.
   */
  readonly steps: RunSteps;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.steps = new RunSteps(caller);
  }

  /**
   * Sets an assistant to work on a thread, and streams what it does. `POST /threads/{thread_id}/runs`
   *
   * @deprecated Use `client.responses.create`.
   */
  create(
    threadId: string,
    request: Streamed<RunRequest>,
    options?: StreamOptions,
  ): ResponsePromise<RunStream>;
  /**
   * Sets an assistant to work on a thread. `POST /threads/{thread_id}/runs`
   *
   * @deprecated Use `client.responses.create`.
   */
  create(
    threadId: string,
    request: NotStreamed<RunRequest>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Run>>;
  create(threadId: string, request: MaybeStreamed<RunRequest>, options?: StreamOptions): RunAnswer;
  create(
    threadId: string,
    { include, ...body }: MaybeStreamed<RunRequest>,
    options?: StreamOptions,
  ): RunAnswer {
    const request = { params: { thread_id: threadId }, query: bracketQuery({ include }), body };
    const opts = assistantsBeta(options);
    return body.stream === true
      ? this.#caller.stream(createStream, request, opts, (reader) => new EventStream(reader))
      : this.#caller.call(create, request, opts);
  }

  /**
   * One run as it stands. `GET /threads/{thread_id}/runs/{run_id}`
   *
   * @deprecated Use `client.responses`.
   */
  retrieve(
    runId: string,
    { thread_id }: InThread,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Run>> {
    const params = { thread_id, run_id: runId };
    return this.#caller.call(retrieve, { params }, assistantsBeta(options));
  }

  /**
   * Changes a run. `POST /threads/{thread_id}/runs/{run_id}`
   *
   * @deprecated Use `client.responses`.
   */
  update(
    runId: string,
    { thread_id, ...body }: RunUpdate,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Run>> {
    const params = { thread_id, run_id: runId };
    return this.#caller.call(update, { params, body }, assistantsBeta(options));
  }

  /**
   * The runs of a thread, newest first. `GET /threads/{thread_id}/runs`
   *
   * @deprecated Use `client.responses`.
   */
  list(
    threadId: string,
    query?: TwoWayCursorQuery | null,
    options?: CallOptions,
  ): PagePromise<Run, WithRequestId<CursorList<Run>>> {
    const params = { thread_id: threadId };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, assistantsBeta(options));
  }

  /**
   * Stops a run. `POST /threads/{thread_id}/runs/{run_id}/cancel`
   *
   * @deprecated Use `client.responses.cancel`.
   */
  cancel(
    runId: string,
    { thread_id }: InThread,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Run>> {
    const params = { thread_id, run_id: runId };
    return this.#caller.call(cancel, { params }, assistantsBeta(options));
  }

  /**
   * Gives a run what it waits for, and streams what it does then.
   * `POST /threads/{thread_id}/runs/{run_id}/submit_tool_outputs`
   *
   * @deprecated Use `client.responses.create`.
   */
  submitToolOutputs(
    runId: string,
    request: Streamed<ToolOutputsRequest>,
    options?: StreamOptions,
  ): ResponsePromise<RunStream>;
  /**
   * Gives a run what it waits for. `POST /threads/{thread_id}/runs/{run_id}/submit_tool_outputs`
   *
   * @deprecated Use `client.responses.create`.
   */
  submitToolOutputs(
    runId: string,
    request: NotStreamed<ToolOutputsRequest>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Run>>;
  submitToolOutputs(
    runId: string,
    request: MaybeStreamed<ToolOutputsRequest>,
    options?: StreamOptions,
  ): RunAnswer;
  submitToolOutputs(
    runId: string,
    { thread_id, ...body }: MaybeStreamed<ToolOutputsRequest>,
    options?: StreamOptions,
  ): RunAnswer {
    const request = { params: { thread_id, run_id: runId }, body };
    const opts = assistantsBeta(options);
    return body.stream === true
      ? this.#caller.stream(submitStream, request, opts, (reader) => new EventStream(reader))
      : this.#caller.call(submit, request, opts);
  }
}
