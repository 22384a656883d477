import { UploadedFile } from '../../form-data.ts';
import type { JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { listPage } from '../list-page.ts';
import {
  missing,
  requireObjectBody,
  requireText,
  wrongType,
  wrongValue,
} from '../request-fields.ts';
import { parseFileExpiry } from './file-expiry.ts';
import type { FileStore } from './file-store.ts';
import { fileObject } from './stored-file.ts';

const PURPOSES: ReadonlySet<string> = new Set([
  'assistants',
  'batch',
  'fine-tune',
  'vision',
  'user_data',
  'evals',
]);
const LONGEST_LIST = 10_000;
const PATH = '/v1/files/{file_id}';

/** /v1/files and what is below it. */
export function fileRoutes(files: FileStore): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/files',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const { name: filename, bytes: content } = requireFile(body, 'file');
        const purpose = parsePurpose(body);
        const expiresAfter = parseFileExpiry(body);
        const file = files.add({ filename, purpose, content, expiresAfter });
        return { kind: 'json', tokens: 0, body: fileObject(file) };
      },
    },
    {
      method: 'GET',
      path: '/v1/files',
      handle: ({ query }) => {
        const purpose = query.get('purpose');
        const wanted = files.all.filter((file) => purpose === null || file.purpose === purpose);
        const limits = { limit: LONGEST_LIST, maxLimit: LONGEST_LIST };
        return { kind: 'json', tokens: 0, body: listPage(wanted.map(fileObject), query, limits) };
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ params }) => ({
        kind: 'json',
        tokens: 0,
        body: fileObject(files.inspect(params['file_id'])),
      }),
    },
    {
      method: 'DELETE',
      path: PATH,
      handle: ({ params }) => {
        const { id } = files.remove(params['file_id']);
        return { kind: 'json', tokens: 0, body: { id, object: 'file', deleted: true } };
      },
    },
    {
      method: 'GET',
      path: `${PATH}/content`,
      handle: ({ params }) => ({
        kind: 'binary',
        contentType: 'application/octet-stream',
        content: files.require(params['file_id']).content,
        tokens: 0,
      }),
    },
  ];
}

/** A file of a form. @throws RequestRefused 400 */
export function requireFile(body: JsonObject, name: string): UploadedFile {
  const file = body[name];
  if (file instanceof UploadedFile) return file;
  throw file === undefined ? missing(name) : wrongType(name, 'a file', file);
}

/** @throws RequestRefused 400 */
export function parsePurpose(body: JsonObject): string {
  const purpose = requireText(body, 'purpose');
  if (PURPOSES.has(purpose)) return purpose;
  throw wrongValue('purpose', `'purpose' must be one of ${[...PURPOSES].join(', ')}.`);
}
