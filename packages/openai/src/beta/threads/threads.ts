import {
  type CallOptions,
  type Caller,
  EventStream,
  type JsonEndpoint,
  type ResponsePromise,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { assistantsBeta } from '../assistants-beta.ts';
import { ThreadMessages } from './messages/messages.ts';
import type { MaybeStreamed, NotStreamed, Streamed, ThreadRunRequest } from './runs/run-request.ts';
import type { RunStreamEvent } from './runs/run-stream-event.ts';
import { decodeRunEvent, type RunStream } from './runs/run-stream.ts';
import type { Run } from './runs/run.ts';
import { type RunAnswer, Runs } from './runs/runs.ts';
import type { Thread, ThreadDeleted, ThreadRequest, ThreadUpdate } from './thread.ts';

const ONE = '/threads/{thread_id}';

const create: JsonEndpoint<ThreadRequest, Thread> = {
  operation: 'threads.create',
  method: 'POST',
  path: '/threads',
  resultKey: 'id',
};

const retrieve: JsonEndpoint<undefined, Thread> = {
  operation: 'threads.retrieve',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

const update: JsonEndpoint<ThreadUpdate, Thread> = {
  operation: 'threads.update',
  method: 'POST',
  path: ONE,
  resultKey: 'id',
};

const remove: JsonEndpoint<undefined, ThreadDeleted> = {
  operation: 'threads.delete',
  method: 'DELETE',
  path: ONE,
  resultKey: 'deleted',
};

const CREATE_AND_RUN = {
  method: 'POST',
  path: '/threads/runs',
  validate: validateWith('openai threads.create_and_run', () =>
    v.object({ assistant_id: v.pipe(v.string(), v.nonEmpty()) }),
  ),
} as const;

const createAndRun: JsonEndpoint<MaybeStreamed<ThreadRunRequest>, Run> = {
  ...CREATE_AND_RUN,
  operation: 'threads.create_and_run',
  resultKey: 'id',
};

const createAndRunStream: StreamEndpoint<MaybeStreamed<ThreadRunRequest>, RunStreamEvent> = {
  ...CREATE_AND_RUN,
  operation: 'threads.create_and_run_stream',
  decode: decodeRunEvent,
};

/**
 * `/threads`. OpenAI's own API answers `GoneError` to all of it.
 *
 * @deprecated Use Conversations and Responses: `client.conversations`, `client.responses`.
 */
export class Threads {
  /**
   * `/threads/{thread_id}/messages`.
   *
   * @deprecated Use `client.conversations.items`.
   */
  readonly messages: ThreadMessages;
  /**
   * `/threads/{thread_id}/runs`.
   *
   * @deprecated Use `client.responses`.
   */
  readonly runs: Runs;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.messages = new ThreadMessages(caller);
    this.runs = new Runs(caller);
  }

  /**
   * Begins a thread. `POST /threads`
   *
   * @deprecated Use `client.conversations.create`.
   */
  create(
    request?: ThreadRequest | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Thread>> {
    return this.#caller.call(create, { body: request ?? {} }, assistantsBeta(options));
  }

  /**
   * One thread. `GET /threads/{thread_id}`
   *
   * @deprecated Use `client.conversations.retrieve`.
   */
  retrieve(threadId: string, options?: CallOptions): ResponsePromise<WithRequestId<Thread>> {
    const params = { thread_id: threadId };
    return this.#caller.call(retrieve, { params }, assistantsBeta(options));
  }

  /**
   * Changes a thread. `POST /threads/{thread_id}`
   *
   * @deprecated Use `client.conversations.update`.
   */
  update(
    threadId: string,
    request: ThreadUpdate,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Thread>> {
    const params = { thread_id: threadId };
    return this.#caller.call(update, { params, body: request }, assistantsBeta(options));
  }

  /**
   * Deletes a thread. `DELETE /threads/{thread_id}`
   *
   * @deprecated Use `client.conversations.delete`.
   */
  delete(threadId: string, options?: CallOptions): ResponsePromise<WithRequestId<ThreadDeleted>> {
    const params = { thread_id: threadId };
    return this.#caller.call(remove, { params }, assistantsBeta(options));
  }

  /**
   * Begins a thread, sets an assistant to work on it, and streams what it does. `POST /threads/runs`
   *
   * @deprecated Use `client.responses.create`.
   */
  createAndRun(
    request: Streamed<ThreadRunRequest>,
    options?: StreamOptions,
  ): ResponsePromise<RunStream>;
  /**
   * Begins a thread and sets an assistant to work on it. `POST /threads/runs`
   *
   * @deprecated Use `client.responses.create`.
   */
  createAndRun(
    request: NotStreamed<ThreadRunRequest>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Run>>;
  createAndRun(request: MaybeStreamed<ThreadRunRequest>, options?: StreamOptions): RunAnswer;
  createAndRun(body: MaybeStreamed<ThreadRunRequest>, options?: StreamOptions): RunAnswer {
    const opts = assistantsBeta(options);
    return body?.stream === true
      ? this.#caller.stream(createAndRunStream, { body }, opts, (reader) => new EventStream(reader))
      : this.#caller.call(createAndRun, { body }, opts);
  }
}
