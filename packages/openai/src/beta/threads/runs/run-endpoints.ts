import {
  AFTER_LAST_ITEM,
  type JsonEndpoint,
  type ListEndpoint,
  type StreamEndpoint,
  validateWith,
} from '@integrations/provider';
import * as v from 'valibot';
import type { CursorList } from '../../../cursor-list.ts';
import type { Run } from './run.ts';
import type { MaybeStreamed, RunRequest, RunUpdate, ToolOutputsRequest } from './run-request.ts';
import { decodeRunEvent } from './run-stream.ts';
import type { RunStreamEvent } from './run-stream-event.ts';

const ALL = '/threads/{thread_id}/runs';
const ONE = `${ALL}/{run_id}`;

/** What a run is made from, without what stands in the address. */
export type RunBody = MaybeStreamed<Omit<RunRequest, 'include'>>;

/** What functions gave back, without what stands in the address. */
export type ToolOutputsBody = MaybeStreamed<Omit<ToolOutputsRequest, 'thread_id'>>;

const CREATE = {
  method: 'POST',
  path: ALL,
  validate: validateWith('openai threads.runs.create', () =>
    v.object({ assistant_id: v.pipe(v.string(), v.nonEmpty()) }),
  ),
} as const;

const SUBMIT = {
  method: 'POST',
  path: `${ONE}/submit_tool_outputs`,
  validate: validateWith('openai threads.runs.submit_tool_outputs', () =>
    v.object({
      tool_outputs: v.array(
        v.object({ tool_call_id: v.optional(v.string()), output: v.optional(v.string()) }),
      ),
    }),
  ),
} as const;

export const create: JsonEndpoint<RunBody, Run> = {
  ...CREATE,
  operation: 'threads.runs.create',
  resultKey: 'id',
};

export const createStream: StreamEndpoint<RunBody, RunStreamEvent> = {
  ...CREATE,
  operation: 'threads.runs.create_stream',
  decode: decodeRunEvent,
};

export const submit: JsonEndpoint<ToolOutputsBody, Run> = {
  ...SUBMIT,
  operation: 'threads.runs.submit_tool_outputs',
  resultKey: 'id',
};

export const submitStream: StreamEndpoint<ToolOutputsBody, RunStreamEvent> = {
  ...SUBMIT,
  operation: 'threads.runs.submit_tool_outputs_stream',
  decode: decodeRunEvent,
};

export const retrieve: JsonEndpoint<undefined, Run> = {
  operation: 'threads.runs.retrieve',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

export const update: JsonEndpoint<Omit<RunUpdate, 'thread_id'>, Run> = {
  operation: 'threads.runs.update',
  method: 'POST',
  path: ONE,
  resultKey: 'id',
};

export const cancel: JsonEndpoint<undefined, Run> = {
  operation: 'threads.runs.cancel',
  method: 'POST',
  path: `${ONE}/cancel`,
  resultKey: 'id',
};

export const list: ListEndpoint<Run, CursorList<Run>> = {
  operation: 'threads.runs.list',
  method: 'GET',
  path: ALL,
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};
