import type { Route } from '../../protocol.ts';
import { jsonReply, type Reply } from '../../reply.ts';
import { numberedPage, queryInteger } from '../list-page.ts';
import { integer, oneOf, optional, readBody, record, type Shape } from '../shape.ts';
import { UPLOADED_FILE } from '../uploaded-file.ts';
import type { FileShelf } from './file-shelf.ts';
import type { SignedUrls } from '../signed-urls.ts';
import type { StoredFile } from './stored-file.ts';

const PATH = '/v1/files/{file_id}';
const SIGNED_PATH = '/signed/files/{file_id}';
const USUAL_URL_HOURS = 24;
const LONGEST_URL_HOURS = 168;

/** The fields of forms are texts. */
const formHours: Shape<number> = (value, at) =>
  integer({ from: 1 })(typeof value === 'string' && value !== '' ? Number(value) : value, at);

const UPLOAD = record({
  file: UPLOADED_FILE,
  purpose: optional(oneOf('fine-tune', 'batch', 'ocr')),
  visibility: optional(oneOf('workspace', 'user')),
  expiry: optional(formHours),
});

/** `/v1/files` and what is below it. */
export function fileRoutes(files: FileShelf, urls: SignedUrls): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/files',
      handle: ({ body }) => {
        const { file, purpose = 'fine-tune', ...more } = readBody(UPLOAD, body);
        const { name: filename, contentType: mimetype, bytes: content } = file;
        return jsonReply(files.add({ filename, mimetype, content, purpose, ...more }).object);
      },
    },
    {
      method: 'GET',
      path: '/v1/files',
      handle: ({ query }) => {
        const wanted = files.all.filter((file) => isWanted(file, query));
        const { data, total } = numberedPage(wanted, query);
        return jsonReply({
          object: 'list',
          data: data.map(({ object }) => object),
          total: query.get('include_total') === 'false' ? null : total,
        });
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ params }) =>
        jsonReply({ ...files.require(params['file_id']).object, deleted: false }),
    },
    {
      method: 'DELETE',
      path: PATH,
      handle: ({ params }) => {
        const { id } = files.remove(params['file_id']);
        return jsonReply({ id, object: 'file', deleted: true });
      },
    },
    {
      method: 'GET',
      path: `${PATH}/content`,
      handle: ({ params }) => contentOf(files.require(params['file_id'])),
    },
    {
      method: 'GET',
      path: `${PATH}/url`,
      handle: ({ params, query, headers }) => {
        const { id } = files.require(params['file_id']);
        const range = { from: 1, to: LONGEST_URL_HOURS };
        const hours = queryInteger(query, 'expiry', range) ?? USUAL_URL_HOURS;
        return jsonReply({ url: urls.sign(`http://${headers.host}/signed/files/${id}`, hours) });
      },
    },
    {
      method: 'GET',
      path: SIGNED_PATH,
      isPublic: true,
      handle: ({ params, query, path, headers }) => {
        urls.check(`http://${headers.host}${path}`, query);
        return contentOf(files.require(params['file_id']));
      },
    },
  ];
}

function contentOf({ content }: StoredFile): Reply {
  return { kind: 'binary', contentType: 'application/octet-stream', content, tokens: 0 };
}

function isWanted({ object }: StoredFile, query: URLSearchParams): boolean {
  const isOneOf = (name: string, value: string): boolean =>
    !query.has(name) || query.getAll(name).includes(value);
  return (
    isOneOf('purpose', object.purpose) &&
    isOneOf('sample_type', object.sample_type) &&
    isOneOf('source', object.source) &&
    isOneOf('mimetypes', object.mimetype) &&
    object.filename.includes(query.get('search') ?? '')
  );
}
