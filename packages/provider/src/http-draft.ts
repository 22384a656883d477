import { SerializationError, ValidationError } from '@integrations/errors';
import { buildUrl, encodePathSegment, type QueryParameters } from '@integrations/transport';
import type { HttpRequest } from '@integrations/types';
import type { CallOptions } from './call-options.ts';
import type { Endpoint, EndpointRequest } from './endpoint.ts';

/** A request that lacks only what each attempt brings: credentials and a signal. */
export type HttpDraft = Omit<HttpRequest, 'signal'>;

/** What a client sends with every request. */
export interface RequestDefaults {
  /** Without a trailing slash. */
  readonly baseURL: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: QueryParameters;
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

/** Everything of an HTTP request that stays the same over its attempts. */
export function draftRequest<Body>(
  defaults: RequestDefaults,
  endpoint: Endpoint<Body>,
  request: EndpointRequest<Body>,
  options: CallOptions,
  accept: string,
  call: string,
): HttpDraft {
  const headers: Record<string, string | undefined> = { ...defaults.headers, accept };
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  const draft = {
    method: endpoint.method,
    url: buildUrl(defaults.baseURL, expandPath(endpoint.path, request.params ?? {}), {
      ...defaults.query,
      ...request.query,
      ...options.query,
    }),
    headers: mergeHeaders(headers, options.headers),
  };
  return request.body === undefined ? draft : { ...draft, body: serialize(request.body, call) };
}
