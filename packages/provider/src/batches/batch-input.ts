import { SerializationError, ValidationError } from '@integrations/errors';

/** One request of many. */
export interface BatchedRequest {
  /** Tells it from the others. @default `request-` and its position from 0 */
  readonly custom_id?: string | undefined;
  readonly body: object;
}

/** What an API takes as the input of one batch, as data. */
export interface BatchInputRules {
  /** For messages: `openai batches.process`. */
  readonly call: string;
  /** What each line says besides its `custom_id` and `body`. @default nothing */
  readonly lineHead?: Readonly<Record<string, string>> | undefined;
  readonly mostRequests: number;
  readonly mostBytes: number;
  /** What else a batch may hold only so much of, such as texts to embed. @default nothing */
  readonly quota?: BatchQuota | undefined;
}

/** Something of which all requests of a batch together may have only so much. */
export interface BatchQuota {
  readonly most: number;
  readonly count: (body: object) => number;
}

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
export function customIdsOf(
  requests: readonly Pick<BatchedRequest, 'custom_id'>[],
  call: string,
): string[] {
  if (requests.length === 0) throw refuse(call, 'requests', 'must have at least one request');
  const seen = new Set<string>();
  return requests.map(({ custom_id: id = `request-${seen.size}` }, index) => {
    if (id === '' || seen.has(id)) {
      const problem = id === '' ? 'must not be empty' : `is there twice: ${JSON.stringify(id)}`;
      throw refuse(call, `requests[${index}].custom_id`, problem);
    }
    seen.add(id);
    return id;
  });
}

/** Cuts requests into batches that the API takes, each written when it is asked for. */
export function* batchInputs(
  requests: readonly BatchedRequest[],
  customIds: readonly string[],
  { call, lineHead, mostRequests, mostBytes, quota }: BatchInputRules,
): Generator<BatchInput> {
  let lines: Uint8Array<ArrayBuffer>[] = [];
  let ids: string[] = [];
  let bytes = 0;
  let used = 0;
  for (const [index, { body }] of requests.entries()) {
    const customId = customIds[index] ?? '';
    const line = writeLine({ custom_id: customId, ...lineHead, body }, customId, call);
    const count = quota?.count(body) ?? 0;
    const isFull =
      ids.length === mostRequests ||
      bytes + line.byteLength > mostBytes ||
      (quota !== undefined && used + count > quota.most);
    if (isFull && ids.length > 0) {
      yield { customIds: ids, file: toInputFile(lines) };
      lines = [];
      ids = [];
      bytes = 0;
      used = 0;
    }
    lines.push(line);
    ids.push(customId);
    bytes += line.byteLength;
    used += count;
  }
  yield { customIds: ids, file: toInputFile(lines) };
}

function toInputFile(lines: Uint8Array<ArrayBuffer>[]): File {
  return new File(lines, 'batch.jsonl', { type: 'application/jsonl' });
}

function writeLine(line: object, customId: string, call: string): Uint8Array<ArrayBuffer> {
  try {
    return encoder.encode(`${JSON.stringify(line)}\n`);
  } catch (cause) {
    throw new SerializationError(
      `${call}: the request ${JSON.stringify(customId)} cannot be written as JSON (${cause instanceof Error ? cause.message : String(cause)}).`,
      { cause },
    );
  }
}

function refuse(call: string, path: string, message: string): ValidationError {
  return new ValidationError(`${call}: \`${path}\` ${message}. Nothing was sent.`, {
    issues: [{ path, message }],
  });
}
