import { SerializationError, ValidationError } from '@integrations/errors';
import {
  buildUrl,
  encodePathSegment,
  formParts,
  isStreamingBody,
  MultipartBody,
  type QueryParameters,
} from '@integrations/transport';
import type { HttpRequest, HttpRequestBody, HttpStreamingBody } from '@integrations/types';
import type { CallOptions } from './call-options.ts';
import type { Endpoint, EndpointRequest } from './endpoint.ts';
import { readUploadable } from './uploadable.ts';

/** A request that lacks only what each attempt brings: credentials, a signal and its body. */
export interface HttpDraft extends Omit<HttpRequest, 'signal' | 'body'> {
  /**
   * Writes the body, once however often it is asked for. Not before an attempt begins:
   * calls that wait in line would hold all their texts.
   *
   * @throws SerializationError
   */
  readonly writeBody: (() => HttpRequestBody) | undefined;
  /** The body, where it is read as it is sent. */
  readonly upload: HttpStreamingBody | undefined;
}

/** What a client sends with every request. */
export interface RequestDefaults {
  /** Without a trailing slash. */
  readonly baseURL: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: QueryParameters;
  /**
   * Where a path of the API is on this server. @default where it is below the base URL
   *
   * @param body what is sent there; undefined where nothing is.
   */
  readonly rewritePath?: (path: string, body: unknown) => string;
}

function expandPath(template: string, params: Readonly<Record<string, string>>): string {
  if (!template.includes('{')) return template;
  return template.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    const value = params[name];
    if (typeof value !== 'string' || value === '') {
      throw new ValidationError(
        `${template} needs \`${name}\`, a string that is not empty; nothing was sent.`,
        { issues: [{ path: name, message: 'must be a string that is not empty' }] },
      );
    }
    return encodePathSegment(value);
  });
}

function serialize(body: unknown, call: string): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(body);
  } catch (cause) {
    throw new SerializationError(
      `${call}: the request cannot be written as JSON (${cause instanceof Error ? cause.message : String(cause)}); nothing was sent.`,
      { cause },
    );
  }
  if (json !== undefined) return json;
  throw new SerializationError(
    `${call}: the request cannot be written as JSON (it is a ${typeof body}); nothing was sent.`,
  );
}

/** Caller's headers win over the client's, whatever their case; undefined removes one. */
function mergeHeaders(
  base: Record<string, string | undefined>,
  added: Readonly<Record<string, string | undefined>> | undefined,
): Record<string, string | undefined> {
  if (added === undefined) return base;
  for (const name of Object.keys(added)) base[name.toLowerCase()] = added[name];
  return base;
}

function once(write: () => string): () => string {
  let written: string | undefined;
  return () => {
    written ??= write();
    return written;
  };
}

/** What is known of a body before any attempt. */
interface DraftedBody extends Pick<HttpDraft, 'writeBody' | 'upload'> {
  /** Undefined where the body knows its own best. */
  readonly contentType: string | undefined;
}

const NO_BODY: DraftedBody = { writeBody: undefined, upload: undefined, contentType: undefined };

/** @throws ValidationError for a form with a value that forms cannot hold. */
function draftBody(
  encoding: Endpoint['encoding'],
  body: unknown,
  { onUploadProgress: onProgress }: CallOptions,
  call: string,
): DraftedBody {
  if (body === undefined) return NO_BODY;
  if (encoding === undefined || encoding === 'json') {
    const writeBody = once(() => serialize(body, call));
    return { writeBody, upload: undefined, contentType: 'application/json' };
  }
  const written =
    encoding === 'raw'
      ? (body as HttpRequestBody)
      : new MultipartBody(formParts(body as object, readUploadable), { onProgress });
  const upload = isStreamingBody(written) ? written : undefined;
  return { writeBody: () => written, upload, contentType: upload?.contentType };
}

/** Everything of an HTTP request that stays the same over its attempts. */
export function draftRequest<Body>(
  defaults: RequestDefaults,
  endpoint: Endpoint<Body>,
  request: EndpointRequest<Body>,
  options: CallOptions,
  accept: string,
  call: string,
): HttpDraft {
  const { contentType, ...body } = draftBody(endpoint.encoding, request.body, options, call);
  const headers: Record<string, string | undefined> = { ...defaults.headers, accept };
  if (contentType !== undefined) headers['content-type'] = contentType;
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  const merged = mergeHeaders(headers, options.headers);
  // The boundary is in it: with any other the form could not be read.
  if (endpoint.encoding === 'multipart') merged['content-type'] = contentType;
  const path = expandPath(endpoint.path, request.params ?? {});
  return {
    method: endpoint.method,
    url: buildUrl(defaults.baseURL, defaults.rewritePath?.(path, request.body) ?? path, {
      ...defaults.query,
      ...request.query,
      ...options.query,
    }),
    headers: merged,
    ...body,
  };
}
