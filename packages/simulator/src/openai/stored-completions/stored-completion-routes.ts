import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { listPage, withMetadata } from '../list-page.ts';
import { missing, optionalMetadata, requireObjectBody } from '../request-fields.ts';
import { type StoredCompletions, storedObject } from './stored-completions.ts';

const ALL = '/v1/chat/completions';
const ONE = `${ALL}/{id}`;

/** The routes of completions that were made with `store: true`. */
export function storedCompletionRoutes(stored: StoredCompletions): Route[] {
  return [
    {
      method: 'GET',
      path: ALL,
      handle: ({ query }) => {
        const model = query.get('model');
        const found = withMetadata(stored.all, query).filter(
          (completion) => model === null || completion.model === model,
        );
        const page = listPage(found, query, { order: 'asc' });
        return jsonReply({ ...page, data: page.data.map(storedObject) });
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params }) => jsonReply(storedObject(stored.require(params['id']))),
    },
    {
      method: 'POST',
      path: ONE,
      handle: ({ params, body: given }) => {
        const known = stored.require(params['id']);
        const body = requireObjectBody(given);
        if (body['metadata'] === undefined) throw missing('metadata');
        const metadata = optionalMetadata(body);
        return jsonReply(storedObject(stored.add({ ...known, metadata })));
      },
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => {
        const { id } = stored.remove(params['id']);
        return jsonReply({ object: 'chat.completion.deleted', id, deleted: true });
      },
    },
    {
      method: 'GET',
      path: `${ONE}/messages`,
      handle: ({ params, query }) =>
        jsonReply(listPage(stored.require(params['id']).messages, query, { order: 'asc' })),
    },
  ];
}
