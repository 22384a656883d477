import { isJsonObject } from '../../json-value.ts';
import type { JsonLine } from '../../json-lines.ts';
import type { JobError, JobRequest } from './stored-job.ts';

/** The requests of a batch, or what keeps it from being run. */
export interface JobInput {
  readonly requests: readonly JobRequest[];
  readonly errors: readonly JobError[];
}

/** Reads the lines of a batch's files. */
export function readJobLines(lines: readonly JsonLine[]): JobInput {
  const requests: JobRequest[] = [];
  const counts = new Map<string, number>();
  for (const { value } of lines) {
    const { custom_id: customId, body } = value ?? {};
    if (isJsonObject(body)) {
      requests.push({ customId: typeof customId === 'string' ? customId : null, body });
      continue;
    }
    const message = value === undefined ? 'Invalid JSON line' : 'A line has no body';
    counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  if (lines.length === 0) counts.set('The input has no requests', 1);
  return { requests, errors: [...counts].map(([message, count]) => ({ message, count })) };
}
