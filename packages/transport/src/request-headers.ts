import { ValidationError } from '@integrations/errors';
import type { Headers, HttpRequest } from '@integrations/types';

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

/**
 * The headers to send, names in lower case, as name, value, name, value. Undefined
 * ones are left out, and so is `content-length`, which follows from the body.
 *
 * @throws ValidationError that names a header which cannot be sent, and never shows its value.
 */
export function listHeaders(headers: Headers): string[] {
  const list: string[] = [];
  for (const key of Object.keys(headers)) {
    const value: unknown = headers[key];
    if (value === undefined) continue;
    const name = key.toLowerCase();
    checkHeader(name, value);
    if (name !== 'content-length') list.push(name, value);
  }
  return list;
}

/**
 * Checks what the types cannot say of a request's body.
 *
 * @throws ValidationError for a GET with a body, and for a body that is neither text nor bytes.
 */
export function checkBody(request: HttpRequest): void {
  const body: unknown = request.body;
  if (body === undefined) return;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new ValidationError(
      'The body of a request must be a string or a Uint8Array. Nothing was sent.',
    );
  }
  if (request.method === 'GET') {
    throw new ValidationError(
      'A GET request cannot carry a body: servers and proxies drop it. Nothing was sent.',
    );
  }
}
