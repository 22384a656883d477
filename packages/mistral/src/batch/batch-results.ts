import {
  type BatchItem,
  type BatchSource,
  readBatchItems,
  type StreamOptions,
  toBatchItem,
} from '@integrations/provider';
import { toApiError } from '../api-error.ts';
import type { Files } from '../files/files.ts';
import type { BatchJob } from './batch-job.ts';

/** What knows the results of batches. */
export interface ResultCalls {
  readonly files: Files;
  /** The batch, with its `outputs`. */
  getInline(jobId: string): PromiseLike<BatchJob>;
}

/** A batch whose results are read. */
export function batchSource(job: BatchJob): BatchSource {
  return { call: 'mistral batch', job, toApiError };
}

/**
 * What became of the requests of a batch: its `outputs`, or else its files, read as they
 * come. A batch that has neither is asked for its outputs: its requests came with it.
 */
export async function* readResults(
  job: BatchJob,
  calls: ResultCalls,
  options: StreamOptions | undefined,
): AsyncGenerator<BatchItem, void, undefined> {
  const source = batchSource(job);
  const files = [job.output_file, job.error_file].filter((id) => typeof id === 'string');
  if (Array.isArray(job.outputs) || files.length === 0) {
    const outputs = job.outputs ?? (await calls.getInline(job.id)).outputs ?? [];
    for (const output of outputs) yield toBatchItem(output, source);
    return;
  }
  for (const id of files) {
    await using content = await calls.files.download(id, options);
    yield* readBatchItems(content, source);
  }
}
