import { createHash } from 'node:crypto';
import type { Identifiers } from '../../identifiers.ts';
import type { JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import { parseFileExpiry } from '../files/file-expiry.ts';
import { parsePurpose, requireFile } from '../files/file-routes.ts';
import type { FileStore } from '../files/file-store.ts';
import {
  missing,
  optionalInteger,
  requireObjectBody,
  requireText,
  wrongType,
  wrongValue,
} from '../request-fields.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { type StoredUpload, uploadObject } from './stored-upload.ts';

/** What uploads are made with. */
export interface UploadSettings {
  readonly identifiers: Identifiers;
  readonly files: FileStore;
  /** Seconds since 1970. */
  readonly now: () => number;
}

const MAX_UPLOAD_BYTES = 8 * 1024 ** 3;
const MAX_PART_BYTES = 64 * 1024 ** 2;
const LIFETIME_SECONDS = 3600;
const PATH = '/v1/uploads/{upload_id}';

/** /v1/uploads and what is below it. */
export function uploadRoutes({ identifiers, files, now }: UploadSettings): Route[] {
  const uploads = new StoredObjects<StoredUpload>('upload');
  const requirePending = (id: string | undefined): StoredUpload => {
    const upload = uploads.require(id);
    if (upload.status === 'pending' && upload.expiresAt > now()) return upload;
    const status = upload.status === 'pending' ? 'expired' : upload.status;
    throw refused(`Upload ${upload.id} is ${status}; only a pending one can be changed.`);
  };
  return [
    {
      method: 'POST',
      path: '/v1/uploads',
      handle: ({ body }) => {
        const upload = uploads.add(parseUpload(requireObjectBody(body), identifiers, now()));
        return { kind: 'json', tokens: 0, body: uploadObject(upload) };
      },
    },
    {
      method: 'POST',
      path: `${PATH}/parts`,
      handle: ({ body, params }) => {
        const upload = requirePending(params['upload_id']);
        const { bytes: content } = requireFile(requireObjectBody(body), 'data');
        if (content.length > MAX_PART_BYTES)
          throw wrongValue('data', `A part has ${MAX_PART_BYTES} bytes at most.`);
        const id = `part_${identifiers.nextHex('part', 32)}`;
        upload.parts.set(id, { id, content });
        const part = { id, object: 'upload.part', created_at: now(), upload_id: upload.id };
        return { kind: 'json', tokens: 0, body: part };
      },
    },
    {
      method: 'POST',
      path: `${PATH}/complete`,
      handle: ({ body: given, params }) => {
        const upload = requirePending(params['upload_id']);
        const body = requireObjectBody(given);
        const content = assemble(upload, body);
        const { filename, purpose, fileExpiresAfter: expiresAfter } = upload;
        upload.file = files.add({ filename, purpose, content, expiresAfter });
        upload.status = 'completed';
        upload.parts.clear();
        return { kind: 'json', tokens: 0, body: uploadObject(upload) };
      },
    },
    {
      method: 'POST',
      path: `${PATH}/cancel`,
      handle: ({ params }) => {
        const upload = requirePending(params['upload_id']);
        upload.status = 'cancelled';
        upload.parts.clear();
        return { kind: 'json', tokens: 0, body: uploadObject(upload) };
      },
    },
  ];
}

function parseUpload(body: JsonObject, identifiers: Identifiers, createdAt: number): StoredUpload {
  const filename = requireText(body, 'filename');
  const purpose = parsePurpose(body);
  const bytes = optionalInteger(body, 'bytes', { from: 1, to: MAX_UPLOAD_BYTES });
  if (bytes === undefined) throw missing('bytes');
  requireText(body, 'mime_type');
  return {
    id: `upload_${identifiers.nextHex('upload', 32)}`,
    filename,
    purpose,
    bytes,
    createdAt,
    expiresAt: createdAt + LIFETIME_SECONDS,
    fileExpiresAfter: parseFileExpiry(body),
    parts: new Map(),
    status: 'pending',
    file: undefined,
  };
}

/** The parts in the order that the request names. */
function assemble(upload: StoredUpload, body: JsonObject): Buffer {
  const ids = body['part_ids'];
  if (ids === undefined) throw missing('part_ids');
  if (!Array.isArray(ids)) throw wrongType('part_ids', 'an array of strings', ids);
  const content = Buffer.concat(
    ids.map((id: unknown, index) => {
      const part = upload.parts.get(String(id));
      if (part !== undefined) return part.content;
      throw wrongValue(`part_ids[${index}]`, `Upload ${upload.id} has no part '${String(id)}'.`);
    }),
  );
  if (content.length !== upload.bytes) {
    throw refused(
      `The parts have ${content.length} bytes; the upload was created for ${upload.bytes}.`,
    );
  }
  const { md5 } = body;
  if (typeof md5 === 'string' && createHash('md5').update(content).digest('hex') !== md5)
    throw wrongValue('md5', 'The parts have another MD5 checksum.');
  return content;
}

function refused(message: string): RequestRefused {
  return new RequestRefused({ status: 400, message, type: 'invalid_request_error', code: null });
}
