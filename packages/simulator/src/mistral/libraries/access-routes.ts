import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { badRequest, notFound } from '../mistral-error.ts';
import { OWNER_ID } from '../owner.ts';
import { filledText, nullable, oneOf, readBody, record, text } from '../shape.ts';
import { accessObject, type LibraryAccess } from './library-access.ts';
import type { StoredLibrary } from './stored-library.ts';

const PATH = '/v1/libraries/{library_id}/share';

const ENTITY = {
  org_id: nullable(text),
  share_with_uuid: filledText,
  share_with_type: oneOf('User', 'Workspace', 'Org'),
};
const ACCESS = record({ ...ENTITY, level: oneOf('Viewer', 'Editor') });
const WHOSE = record(ENTITY);

/** /v1/libraries/{library_id}/share. */
export function accessRoutes(
  find: (params: Readonly<Record<string, string>>) => StoredLibrary,
): Route[] {
  return [
    {
      method: 'GET',
      path: PATH,
      handle: ({ params }) => {
        const library = find(params);
        const owner: LibraryAccess = { role: 'Owner', type: 'User', id: OWNER_ID };
        const all = [owner, ...library.accesses.values()];
        return jsonReply({ data: all.map((access) => accessObject(library.id, access)) });
      },
    },
    {
      method: 'PUT',
      path: PATH,
      handle: ({ params, body }) => {
        const library = find(params);
        const { share_with_uuid: id, share_with_type: type, level } = readBody(ACCESS, body);
        requireOther(id);
        const access = { role: level, type, id };
        library.accesses.set(id, access);
        return jsonReply(accessObject(library.id, access));
      },
    },
    {
      method: 'DELETE',
      path: PATH,
      handle: ({ params, body }) => {
        const library = find(params);
        const { share_with_uuid: id } = readBody(WHOSE, body);
        requireOther(id);
        const access = library.accesses.get(id);
        if (access === undefined) throw notFound(`${id} has no access to this library.`);
        library.accesses.delete(id);
        return jsonReply(accessObject(library.id, access));
      },
    },
  ];
}

function requireOther(id: string): void {
  if (id === OWNER_ID) throw badRequest('The access of an owner stays.');
}
