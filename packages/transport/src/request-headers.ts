import { ValidationError } from '@integrations/errors';
import type { HttpRequest } from '@integrations/types';
import { isStreamingBody } from './upload.ts';

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** Everything but tab, visible ASCII with space, and the upper half of latin-1. */
const NOT_IN_VALUE = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/** Fields that describe the connection; the transport alone knows them. */
const CONNECTION_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function refuse(name: string, problem: string): ValidationError {
  return new ValidationError(`The header ${JSON.stringify(name)} ${problem}. Nothing was sent.`, {
    issues: [{ path: `headers.${name}`, message: problem }],
  });
}

function checkHeader(name: string, value: unknown): asserts value is string {
  if (!TOKEN.test(name)) {
    throw refuse(name, 'has a name that is not a token of letters, digits and hyphens');
  }
  if (typeof value !== 'string') throw refuse(name, 'must have a string as its value');
  if (NOT_IN_VALUE.test(value)) {
    throw refuse(
      name,
      'has a value with a line break, another control character or a character outside latin-1',
    );
  }
  if (CONNECTION_FIELDS.has(name)) throw refuse(name, 'is set by the transport; remove it');
}

/** What a streaming body says of itself; of the others the connection sees the length. */
function listBodyFields({ headers, body }: HttpRequest): string[] {
  if (!isStreamingBody(body)) return [];
  const { contentType, size } = body;
  const list = size === undefined ? [] : ['content-length', String(size)];
  const isTyped = Object.keys(headers).some((key) => key.toLowerCase() === 'content-type');
  if (contentType === undefined || isTyped) return list;
  checkHeader('content-type', contentType);
  list.push('content-type', contentType);
  return list;
}

/**
 * The headers to send, names in lower case, as name, value, name, value. Undefined
 * ones are left out, and so is `content-length`, which follows from the body.
 *
 * @throws ValidationError that names a header which cannot be sent, and never shows its value.
 */
export function listHeaders(request: HttpRequest): string[] {
  const { headers } = request;
  const list = listBodyFields(request);
  for (const key of Object.keys(headers)) {
    const value: unknown = headers[key];
    if (value === undefined) continue;
    const name = key.toLowerCase();
    checkHeader(name, value);
    if (name !== 'content-length') list.push(name, value);
  }
  return list;
}

function isStream(body: unknown): boolean {
  return typeof (body as { readonly stream?: unknown } | null)?.stream === 'function';
}

function checkSize(body: unknown): void {
  const { size } = body as { readonly size?: unknown };
  if (size === undefined || (Number.isSafeInteger(size) && (size as number) >= 0)) return;
  throw new ValidationError(
    'The size of a request body must be a whole number of bytes, or undefined where it is not known. Nothing was sent.',
  );
}

/**
 * Checks what the types cannot say of a request's body.
 *
 * @throws ValidationError for a GET with a body, and for a body that is neither text, bytes nor a stream.
 */
export function checkBody(request: HttpRequest): void {
  const body: unknown = request.body;
  if (body === undefined) return;
  if (typeof body !== 'string' && !(body instanceof Uint8Array) && !isStream(body)) {
    throw new ValidationError(
      'The body of a request must be a string, a Uint8Array or an object with a stream() method. Nothing was sent.',
    );
  }
  checkSize(body);
  if (request.method === 'GET') {
    throw new ValidationError(
      'A GET request cannot carry a body: servers and proxies drop it. Nothing was sent.',
    );
  }
}
