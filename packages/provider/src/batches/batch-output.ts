import { InvalidJsonError, type IntegrationError, JobFailedError } from '@integrations/errors';
import type { ErrorAnswer } from '../provider-profile.ts';
import type { BatchFailure, BatchItem } from './batch-item.ts';

/** A batch as its API tells of it. */
export interface BatchJob {
  readonly id: string;
  readonly status: string;
}

/** A batch whose results are read. */
export interface BatchSource {
  /** For messages: `openai batches`. */
  readonly call: string;
  readonly job: BatchJob;
  readonly toApiError: (answer: ErrorAnswer) => IntegrationError;
}

/** What became of one request, as a line of an output or error file tells it. */
interface OutputLine {
  readonly custom_id: string;
  readonly response?: {
    readonly status_code: number;
    readonly request_id?: string | undefined;
    readonly body: unknown;
  } | null;
  readonly error?: { readonly code?: string; readonly message?: string } | string | null;
}

/** What the lines of a batch's file say, read as the bytes come. @throws InvalidJsonError */
export async function* readBatchItems(
  bytes: AsyncIterable<Uint8Array>,
  source: BatchSource,
): AsyncGenerator<BatchItem> {
  for await (const line of readLines(bytes)) {
    if (line.trim() !== '') yield toBatchItem(parseLine(line, source), source);
  }
}

/** What one result of a batch says: a decoded line of its file. @throws InvalidJsonError when it is no object. */
export function toBatchItem(result: unknown, source: BatchSource): BatchItem {
  if (typeof result !== 'object' || result === null) throw unreadable(result, source);
  const { custom_id: id, response, error } = result as OutputLine;
  const call = `${source.call}: the request ${JSON.stringify(id)} of ${source.job.id}`;
  if (response === null || response === undefined) {
    const { code, message: reason } =
      typeof error === 'string' ? { code: undefined, message: error } : (error ?? {});
    const outcome = code ?? source.job.status;
    const message = `${call} was not answered (${outcome}): ${reason ?? 'no reason was given.'}`;
    return failed(id, undefined, new JobFailedError(message, { job: source.job, outcome }));
  }
  const { status_code: status, request_id: requestId, body } = response;
  if (status >= 200 && status < 300)
    return { custom_id: id, answer: body, error: undefined, requestId };
  const answer = { call, status, headers: {}, body, requestId, retryAfterMs: undefined };
  return failed(id, requestId, source.toApiError(answer));
}

/** What stands for a request that the results do not tell of. */
export function missingItem(customId: string, { call, job }: BatchSource): BatchItem {
  const message = `${call}: ${job.id} ended as ${job.status} and says nothing of the request ${JSON.stringify(customId)}.`;
  return failed(customId, undefined, new JobFailedError(message, { job, outcome: job.status }));
}

async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest + decoder.decode();
}

function parseLine(line: string, source: BatchSource): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw unreadable(line, source, cause);
  }
}

function unreadable(line: unknown, { call, job }: BatchSource, cause?: unknown): InvalidJsonError {
  const quoted = JSON.stringify(typeof line === 'string' ? line.slice(0, 120) : line);
  return new InvalidJsonError(
    `${call}: a result of ${job.id} is not a valid JSON object: ${quoted}.`,
    { cause },
  );
}

function failed(
  customId: string,
  requestId: string | undefined,
  error: IntegrationError,
): BatchFailure {
  return { custom_id: customId, answer: undefined, error, requestId };
}
