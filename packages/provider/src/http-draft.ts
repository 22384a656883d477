import { ValidationError } from '@integrations/errors';
import { buildUrl, encodePathSegment, type QueryParameters } from '@integrations/transport';
import type { HttpRequest } from '@integrations/types';
import { type DraftedBody, JSON_BODY } from './body-encoding.ts';
import type { CallOptions } from './call-options.ts';
import type { Endpoint, EndpointRequest, PathParameters } from './endpoint.ts';

/** A request that lacks only what each attempt brings: credentials, a signal and its body. */
export interface HttpDraft
  extends Omit<HttpRequest, 'signal' | 'body'>, Pick<DraftedBody, 'writeBody' | 'upload'> {}

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

function expandPath(template: string, params: PathParameters): string {
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

/** Caller's headers win over the client's, whatever their case; undefined removes one. */
function mergeHeaders(
  base: Record<string, string | undefined>,
  added: Readonly<Record<string, string | undefined>> | undefined,
): Record<string, string | undefined> {
  if (added === undefined) return base;
  for (const name of Object.keys(added)) base[name.toLowerCase()] = added[name];
  return base;
}

const NO_BODY: DraftedBody = { writeBody: undefined, upload: undefined, contentType: undefined };

/** Everything of an HTTP request that stays the same over its attempts. */
export function draftRequest<Body>(
  defaults: RequestDefaults,
  endpoint: Endpoint<Body>,
  request: EndpointRequest<Body>,
  options: CallOptions,
  accept: string,
  call: string,
): HttpDraft {
  const { encoding = JSON_BODY } = endpoint;
  const { writeBody, upload, contentType, isTypeFixed } =
    request.body === undefined ? NO_BODY : encoding.draft(request.body, options, call);
  const headers: Record<string, string | undefined> = { ...defaults.headers, accept };
  if (contentType !== undefined) headers['content-type'] = contentType;
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  const merged = mergeHeaders(headers, options.headers);
  if (isTypeFixed === true) merged['content-type'] = contentType;
  const path = expandPath(endpoint.path, request.params ?? {});
  return {
    method: endpoint.method,
    url: buildUrl(defaults.baseURL, defaults.rewritePath?.(path, request.body) ?? path, {
      ...defaults.query,
      ...request.query,
      ...options.query,
    }),
    headers: merged,
    writeBody,
    upload,
  };
}
