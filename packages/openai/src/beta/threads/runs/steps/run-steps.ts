import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  type WithRequestId,
} from '@integrations/provider';
import { bracketQuery } from '../../../../bracket-query.ts';
import type { CursorList, TwoWayCursorQuery } from '../../../../cursor-list.ts';
import { assistantsBeta } from '../../../assistants-beta.ts';
import type { RunStep, RunStepInclude } from './run-step.ts';

/** Which step, and what of it. */
export interface RunStepParams {
  readonly thread_id: string;
  readonly run_id: string;
  readonly include?: readonly RunStepInclude[] | undefined;
}

/** Which steps to list, and what of them. */
export interface RunStepQuery extends TwoWayCursorQuery {
  readonly thread_id: string;
  readonly include?: readonly RunStepInclude[] | undefined;
}

const ALL = '/threads/{thread_id}/runs/{run_id}/steps';

const retrieve: JsonEndpoint<undefined, RunStep> = {
  operation: 'threads.runs.steps.retrieve',
  method: 'GET',
  path: `${ALL}/{step_id}`,
  resultKey: 'id',
};

const list: ListEndpoint<RunStep, CursorList<RunStep>> = {
  operation: 'threads.runs.steps.list',
  method: 'GET',
  path: ALL,
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

/**
 * `/threads/{thread_id}/runs/{run_id}/steps`. OpenAI's own API answers `GoneError` to all of it.
 *
 * @deprecated Use Responses: `client.responses`.
 */
export class RunSteps {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * One step. `GET /threads/{thread_id}/runs/{run_id}/steps/{step_id}`
   *
   * @deprecated Use `client.responses`.
   */
  retrieve(
    stepId: string,
    { thread_id, run_id, ...query }: RunStepParams,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<RunStep>> {
    const params = { thread_id, run_id, step_id: stepId };
    return this.#caller.call(
      retrieve,
      { params, query: bracketQuery(query) },
      assistantsBeta(options),
    );
  }

  /**
   * The steps of a run, newest first. `GET /threads/{thread_id}/runs/{run_id}/steps`
   *
   * @deprecated Use `client.responses`.
   */
  list(
    runId: string,
    { thread_id, ...query }: RunStepQuery,
    options?: CallOptions,
  ): PagePromise<RunStep, WithRequestId<CursorList<RunStep>>> {
    const params = { thread_id, run_id: runId };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, assistantsBeta(options));
  }
}
