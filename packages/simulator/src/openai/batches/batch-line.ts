import type { JsonObject } from '../../json-value.ts';
import { isJsonObject } from '../../json-value.ts';
import type { JsonLine } from '../../json-lines.ts';

/** One request of a batch. */
export interface BatchLine {
  readonly customId: string;
  readonly body: JsonObject;
}

/** What keeps a batch from being run, as the API words it. */
export interface BatchFault {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly line: number | null;
}

const MAX_LINES = 50_000;

/** What is wrong with the input of a batch: nothing if it can be run. */
export function findBatchFaults(lines: readonly JsonLine[], endpoint: string): BatchFault[] {
  if (lines.length === 0) {
    return [{ code: 'empty_file', message: 'The input file is empty.', param: null, line: null }];
  }
  if (lines.length > MAX_LINES) {
    const message = `The input file has ${lines.length} requests; ${MAX_LINES} are allowed.`;
    return [{ code: 'too_many_requests', message, param: null, line: null }];
  }
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    const fault = findLineFault(line, endpoint, seen);
    return fault === undefined ? [] : [{ ...fault, line: line.line }];
  });
}

/** The requests of an input without faults. */
export function batchLines(lines: readonly JsonLine[]): BatchLine[] {
  return lines.flatMap(({ value }) => {
    const { custom_id: customId, body } = value ?? {};
    return typeof customId === 'string' && isJsonObject(body) ? [{ customId, body }] : [];
  });
}

function findLineFault(
  { value }: JsonLine,
  endpoint: string,
  seen: Set<string>,
): Omit<BatchFault, 'line'> | undefined {
  if (value === undefined)
    return { code: 'invalid_json_line', message: 'The line is not a JSON object.', param: null };
  const { custom_id: customId, method, url, body } = value;
  if (typeof customId !== 'string' || customId === '') return missing('custom_id');
  if (method !== 'POST') {
    return { code: 'invalid_method', message: "'method' must be POST.", param: 'method' };
  }
  if (url !== endpoint) {
    const message = `'url' must be the endpoint of the batch, ${endpoint}.`;
    return { code: 'invalid_url', message, param: 'url' };
  }
  if (!isJsonObject(body)) return missing('body');
  if (seen.has(customId)) {
    const message = `The custom_id '${customId}' is there twice.`;
    return { code: 'duplicate_custom_id', message, param: 'custom_id' };
  }
  seen.add(customId);
  return undefined;
}

function missing(param: string): Omit<BatchFault, 'line'> {
  const message = `The parameter '${param}' is missing.`;
  return { code: 'missing_required_parameter', message, param };
}
