import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { listPage } from '../list-page.ts';
import type { ModelDescription } from '../../model-description.ts';
import { requireModel } from '../models.ts';
import { requireObjectBody } from '../request-fields.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { assistantFields, newAssistant, type Shown } from './assistant-objects.ts';
import { runRoutes } from './run-routes.ts';
import { threadRoutes } from './thread-routes.ts';
import type { Thread } from './thread.ts';

export interface AssistantSettings {
  readonly models: readonly ModelDescription[];
  readonly identifiers: Identifiers;
}

const ALL = '/v1/assistants';
const ONE = `${ALL}/{id}`;

/** The routes of the Assistants API, which OpenAI has switched off: assistants, threads, messages and runs. */
export function assistantRoutes({ models, identifiers }: AssistantSettings): Route[] {
  const assistants = new StoredObjects<Shown>('assistant');
  const threads = new StoredObjects<Thread>('thread');
  return [
    {
      method: 'POST',
      path: ALL,
      handle: ({ body }) => {
        const assistant = newAssistant(requireObjectBody(body), identifiers);
        requireModel(models, String(assistant['model']));
        return jsonReply(assistants.add(assistant));
      },
    },
    {
      method: 'GET',
      path: ALL,
      handle: ({ query }) => jsonReply(listPage(assistants.all, query)),
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params }) => jsonReply(assistants.require(params['id'])),
    },
    {
      method: 'POST',
      path: ONE,
      handle: ({ params, body }) => {
        const known = assistants.require(params['id']);
        const changed = assistantFields({ ...known, ...requireObjectBody(body) });
        return jsonReply(assistants.add({ ...known, ...changed }));
      },
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => {
        const { id } = assistants.remove(params['id']);
        return jsonReply({ id, object: 'assistant.deleted', deleted: true });
      },
    },
    ...runRoutes({ assistants, threads, identifiers }),
    ...threadRoutes(threads, identifiers),
  ];
}
