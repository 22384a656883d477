import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { createdReply, jsonReply, NO_CONTENT } from '../../reply.ts';
import { queryInteger } from '../list-page.ts';
import { notFound } from '../mistral-error.ts';
import { pagesOf } from '../ocr/document-text.ts';
import { dictionary, filledText, nullable, optional, readBody, record, text } from '../shape.ts';
import type { SignedUrls } from '../signed-urls.ts';
import { UPLOADED_FILE } from '../uploaded-file.ts';
import { pathUuid } from '../uuid.ts';
import { pagination } from './pagination.ts';
import {
  advance,
  documentObject,
  makeDocument,
  olderWord,
  type StoredDocument,
} from './stored-document.ts';
import type { StoredLibrary } from './stored-library.ts';

const ALL = '/v1/libraries/{library_id}/documents';
const ONE = `${ALL}/{document_id}`;
const SIGNED = '/signed/libraries/{library_id}/documents/{document_id}';
const USUAL_SIZE = 100;
const URL_HOURS = 0.5;

const NEW = record({ file: UPLOADED_FILE });
const CHANGE = record({
  name: optional(filledText),
  attributes: nullable(dictionary),
  expires_at: nullable(text),
});

type Params = Readonly<Record<string, string>>;
/** What an address is made of. */
type Asked = Pick<Parameters<Route['handle']>[0], 'headers' | 'path'>;

/** /v1/libraries/{library_id}/documents and what is below it. */
export function documentRoutes(
  find: (params: Params) => StoredLibrary,
  identifiers: Identifiers,
  urls: SignedUrls,
): Route[] {
  const address = ({ headers, path }: Asked, what: string): string => {
    const place = path.slice(0, path.lastIndexOf('/')).replace('/v1/', '/signed/');
    return urls.sign(`http://${headers.host}${place}/${what}`, URL_HOURS);
  };
  const documentAt = (params: Params): StoredDocument =>
    find(params).documents.require(pathUuid(params, 'document_id'));
  return [
    {
      method: 'GET',
      path: ALL,
      handle: ({ params, query }) =>
        jsonReply(documentPage(find(params).documents.all.toReversed(), query)),
    },
    {
      method: 'POST',
      path: ALL,
      handle: ({ params, body }) => {
        const library = find(params);
        const { file } = readBody(NEW, body ?? {});
        const document = makeDocument(identifiers, library.id, file);
        return createdReply(documentObject(library.documents.add(document)));
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params }) => jsonReply(documentObject(advance(documentAt(params)))),
    },
    ...(['PATCH', 'PUT'] as const).map((method): Route => ({
      method,
      path: ONE,
      handle: ({ params, body }) => {
        const document = documentAt(params);
        const change = readBody(CHANGE, body);
        document.name = change.name ?? document.name;
        document.attributes = change.attributes ?? document.attributes;
        document.expiresAt = change.expires_at ?? document.expiresAt;
        return jsonReply(documentObject(document));
      },
    })),
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => {
        find(params).documents.remove(documentAt(params).id);
        return NO_CONTENT;
      },
    },
    {
      method: 'GET',
      path: `${ONE}/text_content`,
      handle: ({ params, query }) => {
        const { file } = requireProcessed(documentAt(params));
        const start = queryInteger(query, 'page_start', { from: 0 }) ?? 0;
        const end = queryInteger(query, 'page_end', { from: 0 });
        return jsonReply({ text: pagesOf(file.bytes).slice(start, end).join('\n\n') });
      },
    },
    {
      method: 'GET',
      path: `${ONE}/status`,
      handle: ({ params }) => {
        const { id, status } = advance(documentAt(params));
        return jsonReply({
          document_id: id,
          process_status: status,
          processing_status: olderWord(status),
        });
      },
    },
    {
      method: 'GET',
      path: `${ONE}/signed-url`,
      handle: (request) => {
        documentAt(request.params);
        return jsonReply(address(request, 'content'));
      },
    },
    {
      method: 'GET',
      path: `${ONE}/extracted-text-signed-url`,
      handle: (request) => {
        requireProcessed(documentAt(request.params));
        return jsonReply(address(request, 'text'));
      },
    },
    {
      method: 'POST',
      path: `${ONE}/reprocess`,
      handle: ({ params }) => {
        documentAt(params).status = 'todo';
        return NO_CONTENT;
      },
    },
    ...(['content', 'text'] as const).map((what): Route => ({
      method: 'GET',
      path: `${SIGNED}/${what}`,
      isPublic: true,
      handle: ({ headers, params, path, query }) => {
        urls.check(`http://${headers.host}${path}`, query);
        const { file } = documentAt(params);
        const contentType = what === 'text' ? 'text/plain; charset=utf-8' : file.contentType;
        return { kind: 'binary', contentType, content: file.bytes, tokens: 0 };
      },
    })),
  ];
}

function documentPage(all: readonly StoredDocument[], query: URLSearchParams): object {
  const search = (query.get('search') ?? '').toLowerCase();
  const found = all.filter(({ name }) => name.toLowerCase().includes(search));
  const sorted = inOrder(found, query);
  const size = queryInteger(query, 'page_size', { from: 1, to: 100 }) ?? USUAL_SIZE;
  const page = queryInteger(query, 'page', { from: 0 }) ?? 0;
  return {
    pagination: pagination(sorted.length, page, size),
    data: sorted.slice(page * size, (page + 1) * size).map(documentObject),
  };
}

/** @param newestFirst as the API has them where the query says nothing */
function inOrder(newestFirst: readonly StoredDocument[], query: URLSearchParams): StoredDocument[] {
  const down =
    query.get('sort_by') === 'name'
      ? newestFirst.toSorted((a, b) => (a.name < b.name ? 1 : -1))
      : [...newestFirst];
  return query.get('sort_order') === 'asc' ? down.toReversed() : down;
}

function requireProcessed(document: StoredDocument): StoredDocument {
  if (document.status === 'done') return document;
  throw notFound(`Document ${document.id} has no text (${document.status}).`);
}
