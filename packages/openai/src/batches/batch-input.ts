import { SerializationError, ValidationError } from '@integrations/errors';
import type { BatchProcessRequest } from './batch-work.ts';
import type { BatchEndpoint } from './batch-request.ts';

const CALL = 'openai batches.process';

/** The API's limits on one batch. */
const MOST_REQUESTS = 50_000;
const MOST_BYTES = 200_000_000;
/** Of embeddings, the texts of all requests together. */
const MOST_INPUTS = 50_000;

/** One batch's worth of requests. */
export interface BatchInput {
  readonly customIds: readonly string[];
  /** JSON Lines. */
  readonly file: File;
}

const encoder = new TextEncoder();

/**
 * The ids of requests, in order.
 *
 * @throws ValidationError when there are no requests, or two have one id.
 */
export function customIdsOf({ requests }: BatchProcessRequest<BatchEndpoint>): string[] {
  if (requests.length === 0) throw refuse('requests', 'must have at least one request');
  const seen = new Set<string>();
  return requests.map(({ custom_id: id = `request-${seen.size}` }, index) => {
    if (id === '' || seen.has(id)) {
      const problem = id === '' ? 'must not be empty' : `is there twice: ${JSON.stringify(id)}`;
      throw refuse(`requests[${index}].custom_id`, problem);
    }
    seen.add(id);
    return id;
  });
}

/** Cuts requests into batches that the API takes, each written when it is asked for. */
export function* batchInputs(
  { endpoint, requests }: BatchProcessRequest<BatchEndpoint>,
  customIds: readonly string[],
): Generator<BatchInput> {
  let lines: Uint8Array<ArrayBuffer>[] = [];
  let ids: string[] = [];
  let bytes = 0;
  let inputs = 0;
  for (const [index, { body }] of requests.entries()) {
    const customId = customIds[index] ?? '';
    const line = writeLine({ custom_id: customId, method: 'POST', url: endpoint, body }, customId);
    const count = endpoint === '/v1/embeddings' ? countInputs(body) : 0;
    const isFull =
      ids.length === MOST_REQUESTS ||
      bytes + line.byteLength > MOST_BYTES ||
      inputs + count > MOST_INPUTS;
    if (isFull && ids.length > 0) {
      yield { customIds: ids, file: toInputFile(lines) };
      lines = [];
      ids = [];
      bytes = 0;
      inputs = 0;
    }
    lines.push(line);
    ids.push(customId);
    bytes += line.byteLength;
    inputs += count;
  }
  yield { customIds: ids, file: toInputFile(lines) };
}

function toInputFile(lines: Uint8Array<ArrayBuffer>[]): File {
  return new File(lines, 'batch.jsonl', { type: 'application/jsonl' });
}

function writeLine(line: object, customId: string): Uint8Array<ArrayBuffer> {
  try {
    return encoder.encode(`${JSON.stringify(line)}\n`);
  } catch (cause) {
    throw new SerializationError(
      `${CALL}: the request ${JSON.stringify(customId)} cannot be written as JSON (${cause instanceof Error ? cause.message : String(cause)}).`,
      { cause },
    );
  }
}

function countInputs(body: unknown): number {
  const input = (body as { readonly input?: unknown }).input;
  return Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1;
}

function refuse(path: string, message: string): ValidationError {
  return new ValidationError(`${CALL}: \`${path}\` ${message}. Nothing was sent.`, {
    issues: [{ path, message }],
  });
}
