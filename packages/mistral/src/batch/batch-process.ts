import type {
  BatchCalls,
  BatchInputRules,
  BatchProcessOptions as SharedOptions,
  BatchProcessPlan,
  CallOptions,
} from '@integrations/provider';
import type { Files } from '../files/files.ts';
import type { BatchJob } from './batch-job.ts';
import type { BatchCreateRequest, BatchEndpoint } from './batch-request.ts';
import { batchSource } from './batch-results.ts';
import type { BatchProcessRequest } from './batch-work.ts';

/** How requests are processed in batches. `onProgress` is told of each batch, `maxWait` is for each. */
export type BatchProcessOptions = SharedOptions<BatchJob>;

/** What one batch takes. The API would take files of 512 MB; several are in memory at once. */
const RULES: BatchInputRules = {
  call: 'mistral batch.process',
  mostRequests: 100_000,
  mostBytes: 200_000_000,
};

/** The calls of batches that a process makes. */
interface JobCalls extends Pick<BatchCalls<BatchJob>, 'waitFor' | 'results'> {
  create(request: BatchCreateRequest, options: CallOptions): PromiseLike<BatchJob>;
}

/** How many requests are answered with the calls of two resources. */
export function batchProcess(
  batch: JobCalls,
  files: Files,
  { requests, ...settings }: BatchProcessRequest<BatchEndpoint>,
): BatchProcessPlan<BatchJob> {
  const calls: BatchCalls<BatchJob> = {
    upload: (file, options) => files.upload({ file, purpose: 'batch' }, options),
    create: (fileId, options) => batch.create({ ...settings, input_files: [fileId] }, options),
    waitFor: (id, options) => batch.waitFor(id, options),
    results: (job, options) => batch.results(job, options),
  };
  return { calls, requests, rules: RULES, sourceOf: batchSource, failedStatus: 'FAILED' };
}
