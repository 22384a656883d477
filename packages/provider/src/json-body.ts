import {
  type IntegrationError,
  InvalidJsonError,
  ProtocolError,
  redactText,
  UnexpectedContentTypeError,
} from '@integrations/errors';
import type { HttpResponse } from '@integrations/types';

const decoder = new TextDecoder();

/** How much of a body a message quotes. */
const QUOTED_CHARACTERS = 120;

/** What is looked at for it: a secret that was cut first could not be told any more. */
const SCANNED_CHARACTERS = 4096;

/** The beginning of a text, on one line, for a message. */
export function quoteStart(text: string): string {
  const line = redactText(text.slice(0, SCANNED_CHARACTERS)).replace(/\s+/g, ' ').trim();
  return JSON.stringify(
    line.length > QUOTED_CHARACTERS ? `${line.slice(0, QUOTED_CHARACTERS)}…` : line,
  );
}

/** A body as JSON where it is that, otherwise as text: for error answers, which may be anything. */
export function readAnyBody(body: Uint8Array): unknown {
  const text = decoder.decode(body);
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an expected answer here: proxies send HTML.
    return text;
  }
}

/** What decoding needs to know of the call. */
export interface JsonExpectation {
  readonly call: string;
  readonly requestId: string | undefined;
  /** A member that every right answer has; undefined where any object is right. */
  readonly resultKey: string | undefined;
  /** The typed error for a body that is an error in spite of its status. */
  readonly toApiError: (body: unknown) => IntegrationError;
}

/** Which call an error is about. */
type CallName = Pick<JsonExpectation, 'call' | 'requestId'>;

/**
 * The JSON of a response with a success status, whatever it is.
 *
 * @throws ProtocolError, UnexpectedContentTypeError or InvalidJsonError.
 */
export function readJsonValue(response: HttpResponse, expected: CallName): unknown {
  const text = decoder.decode(response.body);
  if (!mayBeJson(response)) throw notJson(response, text, expected);
  try {
    return JSON.parse(text);
  } catch {
    // Its own error quotes a piece of the body, which may be a piece of a key.
    throw notJson(response, text, expected);
  }
}

/** Whether the server says that a body is JSON, or says nothing of it. */
function mayBeJson({ headers }: HttpResponse): boolean {
  const type = headers['content-type'];
  return type === undefined || type === 'application/json' || /[/+]json\b/i.test(type);
}

/** Why a body cannot be read: it is empty, something else, or broken. */
function notJson(response: HttpResponse, text: string, { call, requestId }: CallName): Error {
  const { status } = response;
  const context = { status, requestId };
  const answered = `the server answered ${status} with`;
  if (text.trim() === '') {
    return new ProtocolError(`${call}: ${answered} an empty body.`, context);
  }
  if (mayBeJson(response)) {
    return new InvalidJsonError(
      `${call}: ${answered} a body that is not valid JSON: ${quoteStart(text)}`,
      context,
    );
  }
  return new UnexpectedContentTypeError(
    `${call}: expected JSON, but ${answered} ${response.headers['content-type']}: ${quoteStart(text)}. Is \`baseURL\` the API's?`,
    context,
  );
}

/**
 * The JSON object of a response with a success status. Checks just enough to tell
 * a wrong answer from a right one.
 *
 * @throws ProtocolError, UnexpectedContentTypeError, InvalidJsonError, or the error in the body.
 */
export function readJson(response: HttpResponse, expected: JsonExpectation): object {
  const { resultKey } = expected;
  const body = readJsonValue(response, expected);
  if (typeof body === 'object' && body !== null) {
    if (resultKey !== undefined && resultKey in body) return body;
    if ('error' in body && body.error) throw expected.toApiError(body);
    if (resultKey === undefined && !Array.isArray(body)) return body;
  }
  const missing = resultKey === undefined ? 'is no object' : `has no \`${resultKey}\``;
  throw wrongJson(response, expected, missing, body);
}

/**
 * The JSON list of a response with a success status.
 *
 * @throws ProtocolError, UnexpectedContentTypeError, InvalidJsonError, or the error in the body.
 */
export function readJsonList(response: HttpResponse, expected: JsonExpectation): unknown[] {
  const body = readJsonValue(response, expected);
  if (Array.isArray(body)) return body;
  if (typeof body === 'object' && body !== null && 'error' in body && body.error) {
    throw expected.toApiError(body);
  }
  throw wrongJson(response, expected, 'is no list', body);
}

function wrongJson(
  { status }: HttpResponse,
  { call, requestId }: JsonExpectation,
  problem: string,
  body: unknown,
): ProtocolError {
  return new ProtocolError(
    `${call}: the server answered ${status} with JSON that ${problem}: ${quoteStart(JSON.stringify(body))}`,
    { status, requestId },
  );
}
