import { InvalidJsonError, JobFailedError } from '@integrations/errors';
import { toApiError } from '../api-error.ts';
import type { Batch } from './batch.ts';
import type { BatchItem } from './batch-item.ts';

/** A line of an output or error file. */
interface OutputLine {
  readonly custom_id: string;
  readonly response: {
    readonly status_code: number;
    readonly request_id?: string | undefined;
    readonly body: unknown;
  } | null;
  readonly error?: { readonly code?: string; readonly message?: string } | null;
}

/** What the lines of a batch's file say, read as the bytes come. @throws InvalidJsonError */
export async function* readBatchItems(
  bytes: AsyncIterable<Uint8Array>,
  batch: Batch,
): AsyncGenerator<BatchItem> {
  for await (const line of readLines(bytes)) {
    if (line.trim() !== '') yield toItem(parseLine(line, batch), batch);
  }
}

/** What stands for a request that neither file tells of. */
export function missingItem(customId: string, batch: Batch): BatchItem {
  return failed(
    customId,
    undefined,
    new JobFailedError(
      `openai batches: ${batch.id} ended as ${batch.status} and says nothing of the request ${JSON.stringify(customId)}.`,
      { job: batch, outcome: batch.status },
    ),
  );
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

function parseLine(line: string, batch: Batch): OutputLine {
  try {
    return JSON.parse(line) as OutputLine;
  } catch (cause) {
    throw new InvalidJsonError(
      `openai batches: a result of ${batch.id} is not valid JSON: ${JSON.stringify(line.slice(0, 120))}.`,
      { cause },
    );
  }
}

function toItem({ custom_id: id, response, error }: OutputLine, batch: Batch): BatchItem {
  const call = `openai batches: the request ${JSON.stringify(id)} of ${batch.id}`;
  if (response === null || response === undefined) {
    const outcome = error?.code ?? batch.status;
    const message = `${call} was not answered (${outcome}): ${error?.message ?? 'no reason was given.'}`;
    return failed(id, undefined, new JobFailedError(message, { job: batch, outcome }));
  }
  const { status_code: status, request_id: requestId, body } = response;
  if (status >= 200 && status < 300)
    return { custom_id: id, answer: body, error: undefined, requestId };
  const answer = { call, status, headers: {}, body, requestId, retryAfterMs: undefined };
  return failed(id, requestId, toApiError(answer));
}

function failed(
  customId: string,
  requestId: string | undefined,
  error: JobFailedError | ReturnType<typeof toApiError>,
): BatchItem {
  return { custom_id: customId, answer: undefined, error, requestId };
}
