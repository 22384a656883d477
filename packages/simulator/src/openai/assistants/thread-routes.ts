import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { listPage } from '../list-page.ts';
import { optionalMetadata, requireObjectBody, wrongType } from '../request-fields.ts';
import type { StoredObjects } from '../../stored-objects.ts';
import { newMessage, newThread } from './assistant-objects.ts';
import { Thread } from './thread.ts';

const ALL = '/v1/threads';
const ONE = `${ALL}/{thread}`;
const MESSAGES = `${ONE}/messages`;
const MESSAGE = `${MESSAGES}/{id}`;

/** The routes of threads and their messages. */
export function threadRoutes(threads: StoredObjects<Thread>, identifiers: Identifiers): Route[] {
  return [
    {
      method: 'POST',
      path: ALL,
      handle: ({ body }) => {
        const thread = createThread(requireObjectBody(body ?? {}), identifiers);
        return jsonReply(threads.add(thread).shown);
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params }) => jsonReply(threads.require(params['thread']).shown),
    },
    {
      method: 'POST',
      path: ONE,
      handle: ({ params, body: given }) => {
        const thread = threads.require(params['thread']);
        const body = requireObjectBody(given);
        if (body['metadata'] !== undefined) thread.update({ metadata: optionalMetadata(body) });
        if (body['tool_resources'] !== undefined)
          thread.update({ tool_resources: body['tool_resources'] });
        return jsonReply(thread.shown);
      },
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => {
        const { id } = threads.remove(params['thread']);
        return jsonReply({ id, object: 'thread.deleted', deleted: true });
      },
    },
    {
      method: 'POST',
      path: MESSAGES,
      handle: ({ params, body }) => {
        const thread = threads.require(params['thread']);
        const origin = { threadId: thread.id };
        const message = newMessage(requireObjectBody(body), origin, identifiers);
        return jsonReply(thread.messages.add(message));
      },
    },
    {
      method: 'GET',
      path: MESSAGES,
      handle: ({ params, query }) => {
        const run = query.get('run_id');
        const messages = threads
          .require(params['thread'])
          .messages.all.filter((message) => run === null || message['run_id'] === run);
        return jsonReply(listPage(messages, query));
      },
    },
    {
      method: 'GET',
      path: MESSAGE,
      handle: ({ params }) =>
        jsonReply(threads.require(params['thread']).messages.require(params['id'])),
    },
    {
      method: 'POST',
      path: MESSAGE,
      handle: ({ params, body }) => {
        const { messages } = threads.require(params['thread']);
        const metadata = optionalMetadata(requireObjectBody(body)) ?? {};
        return jsonReply(messages.add({ ...messages.require(params['id']), metadata }));
      },
    },
    {
      method: 'DELETE',
      path: MESSAGE,
      handle: ({ params }) => {
        const { id } = threads.require(params['thread']).messages.remove(params['id']);
        return jsonReply({ id, object: 'thread.message.deleted', deleted: true });
      },
    },
  ];
}

/** A thread with the messages that a request gives it. @throws RequestRefused 400 */
export function createThread(body: JsonObject, identifiers: Identifiers): Thread {
  const thread = new Thread(newThread(body, identifiers));
  addMessages(thread, body['messages'], 'messages', identifiers);
  return thread;
}

/** @throws RequestRefused 400 */
export function addMessages(
  thread: Thread,
  given: unknown,
  param: string,
  identifiers: Identifiers,
): void {
  if (given === undefined || given === null) return;
  if (!Array.isArray(given)) throw wrongType(param, 'an array of objects', given);
  for (const message of given as readonly unknown[]) {
    if (!isJsonObject(message)) throw wrongType(param, 'an array of objects', given);
    thread.messages.add(newMessage(message, { threadId: thread.id }, identifiers));
  }
}
