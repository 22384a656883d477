import {
  abortReason,
  ConfigurationError,
  ConnectionError,
  type IntegrationError,
  isIntegrationError,
  UnexpectedContentTypeError,
} from '@integrations/errors';
import {
  type AttemptContext,
  type Clock,
  type Headers,
  type HttpRequest,
  type HttpResponse,
  type HttpStreamingResponse,
  type HttpTransport,
  parseRetryAfter,
} from '@integrations/types';
import type { ExpectedContent } from './expected-content.ts';
import type { HttpDraft } from './http-draft.ts';
import { joinChunks } from './join-chunks.ts';
import { quoteStart, readAnyBody } from './json-body.ts';
import type { ApiProfile } from './provider-profile.ts';
import { readRequestId } from './request-id.ts';
import type { AttemptReporter } from './telemetry/call-reporter.ts';

/** What an attempt needs of its client. */
export interface AttemptOptions {
  readonly profile: ApiProfile;
  /** Headers that carry the credentials; asked for at each attempt, so that keys can rotate. */
  readonly authenticate: () => Headers | Promise<Headers>;
  readonly transport: HttpTransport;
  readonly clock: Clock;
}

/** To whom an attempt tells what happens. */
export interface AttemptReport {
  /** For messages: `openai chat.create`. */
  readonly call: string;
  readonly record: AttemptReporter;
  /** Learns from the head of every response, whatever its status. */
  readonly observe: (head: AnswerHead, sentAt: number) => void;
}

/** The part of a response that errors are told from. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: Headers;
}

/** An error answer is a message; of a longer one this much is read. */
const LONGEST_ERROR_BYTES = 1024 * 1024;

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** A user's own transport or orchestrator may throw anything; what leaves here is typed. */
export function asIntegrationError(error: unknown, call: string): IntegrationError {
  if (isIntegrationError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ConnectionError(`${call} failed before there was an answer: ${message}`, {
    cause: error,
  });
}

/** The typed error for an error answer; status undefined for one that came inside a stream. */
export function toApiError(
  { profile, clock }: Pick<AttemptOptions, 'profile' | 'clock'>,
  head: { readonly status: number | undefined; readonly headers: Headers },
  body: unknown,
  call: string,
): IntegrationError {
  return profile.toApiError({
    status: head.status,
    headers: head.headers,
    body,
    requestId: readRequestId(head.headers, profile.requestIdHeaders),
    retryAfterMs: parseRetryAfter(head.headers, clock.epoch()),
    call,
  });
}

async function askForCredentials(options: AttemptOptions, call: string): Promise<Headers> {
  try {
    return await options.authenticate();
  } catch (cause) {
    if (isIntegrationError(cause)) throw cause;
    throw new ConfigurationError(
      `${call}: there are no credentials to send, so the call was not made.`,
      { cause },
    );
  }
}

async function prepare(
  options: AttemptOptions,
  { method, url, headers, writeBody }: HttpDraft,
  { signal }: AttemptContext,
  { call, record }: AttemptReport,
): Promise<HttpRequest> {
  const body = writeBody && record.serialize(writeBody);
  const credentials = await askForCredentials(options, call);
  // It may have taken long; a request that nobody waits for any more is not sent.
  if (signal?.aborted) throw abortReason(signal, call);
  return {
    method,
    url,
    headers: { ...record.propagationHeaders, ...credentials, ...headers },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** The body, or as much of it as an error may have; leaving the rest closes the connection. */
async function readBody(response: HttpStreamingResponse): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    const kept = chunk.subarray(0, LONGEST_ERROR_BYTES - size);
    chunks.push(kept);
    size += kept.length;
    if (size === LONGEST_ERROR_BYTES) break;
  }
  return joinChunks(chunks);
}

/** Sends a request once. @throws the typed error for any status but success. */
export async function sendOnce(
  options: AttemptOptions,
  draft: HttpDraft,
  attempt: AttemptContext,
  report: AttemptReport,
): Promise<HttpResponse> {
  const request = await prepare(options, draft, attempt, report);
  const sentAt = options.clock.now();
  const response = await report.record.send(() => options.transport.send(request));
  report.observe(response, sentAt);
  if (isSuccess(response.status)) return response;
  throw toApiError(options, response, readAnyBody(response.body), report.call);
}

/** Where something else was due: an error in JSON becomes itself, anything else is named and quoted. */
function unexpected(
  options: AttemptOptions,
  head: AnswerHead,
  body: unknown,
  { call, due }: { readonly call: string; readonly due: string },
): IntegrationError {
  if (typeof body === 'object' && body !== null && 'error' in body && body.error) {
    return toApiError(options, head, body, call);
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new UnexpectedContentTypeError(
    `${call}: expected ${due}, but the server answered ${head.status} with ${head.headers['content-type'] ?? 'no content type'}: ${quoteStart(text)}`,
    {
      status: head.status,
      requestId: readRequestId(head.headers, options.profile.requestIdHeaders),
    },
  );
}

/** Sends a request once and gives the response while its body still arrives. @throws the typed error for any status but success. */
async function openOnce(
  options: AttemptOptions,
  draft: HttpDraft,
  attempt: AttemptContext,
  report: AttemptReport,
): Promise<HttpStreamingResponse> {
  const request = await prepare(options, draft, attempt, report);
  const sentAt = options.clock.now();
  const response = await report.record.send(() => options.transport.sendStreaming(request));
  report.observe(response, sentAt);
  if (isSuccess(response.status)) return response;
  throw toApiError(options, response, readAnyBody(await readBody(response)), report.call);
}

/**
 * Sends a request once and gives the response while its body, of the expected content,
 * still arrives.
 *
 * @throws the error in a body of other content, or UnexpectedContentTypeError.
 */
export async function openContentOnce(
  options: AttemptOptions,
  draft: HttpDraft,
  attempt: AttemptContext,
  report: AttemptReport,
  { name: due, type }: ExpectedContent,
): Promise<HttpStreamingResponse> {
  const response = await openOnce(options, draft, attempt, report);
  const contentType = response.headers['content-type'];
  if (contentType === undefined || type.test(contentType)) return response;
  const body = readAnyBody(await readBody(response));
  throw unexpected(options, response, body, { call: report.call, due });
}
