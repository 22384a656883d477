import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply, type Reply, type ServerEvent } from '../../reply.ts';
import { listPage } from '../list-page.ts';
import {
  missing,
  optionalMetadata,
  requireObjectBody,
  requireText,
  wrongType,
} from '../request-fields.ts';
import type { StoredObjects } from '../../stored-objects.ts';
import type { Shown } from './assistant-objects.ts';
import { Run } from './run.ts';
import { addMessages, createThread } from './thread-routes.ts';
import type { Thread } from './thread.ts';

export interface RunSettings {
  readonly assistants: StoredObjects<Shown>;
  readonly threads: StoredObjects<Thread>;
  readonly identifiers: Identifiers;
}

const RUNS = '/v1/threads/{thread}/runs';
const RUN = `${RUNS}/{id}`;
const DONE: ServerEvent = { event: 'done', data: '[DONE]' };

/** The routes of runs and their steps. Each GET of a run takes it on by one stage. */
export function runRoutes(settings: RunSettings): Route[] {
  const { threads, identifiers } = settings;
  const requireRun = (params: Readonly<Record<string, string>>): Run =>
    threads.require(params['thread']).runs.require(params['id']);
  return [
    {
      method: 'POST',
      path: '/v1/threads/runs',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const described = isJsonObject(body['thread']) ? body['thread'] : {};
        const thread = createThread(described, identifiers);
        const run = begin(settings, thread, body);
        threads.add(thread);
        const created = { event: 'thread.created', data: JSON.stringify(thread.shown) };
        return reply(run, body, [created]);
      },
    },
    {
      method: 'POST',
      path: RUNS,
      handle: ({ params, body: given }) => {
        const thread = threads.require(params['thread']);
        const body = requireObjectBody(given);
        addMessages(thread, body['additional_messages'], 'additional_messages', identifiers);
        return reply(begin(settings, thread, body), body);
      },
    },
    {
      method: 'GET',
      path: RUNS,
      handle: ({ params, query }) => {
        const { runs } = threads.require(params['thread']);
        return jsonReply(
          listPage(
            runs.all.map((run) => run.shown),
            query,
          ),
        );
      },
    },
    {
      method: 'GET',
      path: RUN,
      handle: ({ params }) => {
        const run = requireRun(params);
        run.advance();
        return jsonReply(run.shown);
      },
    },
    {
      method: 'POST',
      path: RUN,
      handle: ({ params, body }) => {
        const run = requireRun(params);
        run.update({ metadata: optionalMetadata(requireObjectBody(body)) });
        return jsonReply(run.shown);
      },
    },
    {
      method: 'POST',
      path: `${RUN}/cancel`,
      handle: ({ params }) => {
        const run = requireRun(params);
        run.cancel();
        return jsonReply(run.shown);
      },
    },
    {
      method: 'POST',
      path: `${RUN}/submit_tool_outputs`,
      handle: ({ params, body: given }) => {
        const run = requireRun(params);
        const body = requireObjectBody(given);
        run.takeEvents();
        run.submit(parseOutputs(body['tool_outputs']));
        return reply(run, body);
      },
    },
    {
      method: 'GET',
      path: `${RUN}/steps`,
      handle: ({ params, query }) => jsonReply(listPage(requireRun(params).steps.all, query)),
    },
    {
      method: 'GET',
      path: `${RUN}/steps/{step}`,
      handle: ({ params }) => jsonReply(requireRun(params).steps.require(params['step'])),
    },
  ];
}

function begin({ assistants, identifiers }: RunSettings, thread: Thread, body: JsonObject): Run {
  const assistant = assistants.require(requireText(body, 'assistant_id'));
  optionalMetadata(body);
  return thread.runs.add(new Run({ thread, assistant, request: body, identifiers }));
}

/** A stream tells what the run does as far as it can go; without one it has barely begun. */
function reply(run: Run, body: JsonObject, before: readonly ServerEvent[] = []): Reply {
  const shown = run.shown;
  if (body['stream'] !== true) return jsonReply(shown);
  run.finish();
  const events = run.takeEvents().map(({ event, data }) => ({ event, data: JSON.stringify(data) }));
  return {
    kind: 'events',
    events: [...before, ...events],
    terminator: DONE,
    body: shown,
    tokens: 0,
  };
}

function parseOutputs(given: unknown): JsonObject[] {
  if (given === undefined || given === null) throw missing('tool_outputs');
  if (!Array.isArray(given)) throw wrongType('tool_outputs', 'an array of objects', given);
  return given.map((output: unknown, at) => {
    if (isJsonObject(output)) return output;
    throw wrongType(`tool_outputs[${at}]`, 'an object', output);
  });
}
