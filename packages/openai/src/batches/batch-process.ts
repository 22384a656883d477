import type {
  BatchCalls,
  BatchProcessOptions as SharedOptions,
  BatchProcessPlan,
  BatchSource,
  CallOptions,
} from '@integrations/provider';
import { toApiError } from '../api-error.ts';
import type { Files } from '../files/files.ts';
import type { Batch } from './batch.ts';
import type { BatchCreateRequest, BatchEndpoint } from './batch-request.ts';
import { batchRules } from './batch-rules.ts';
import type { BatchProcessRequest } from './batch-work.ts';

/** How requests are processed in batches. `onProgress` is told of each batch, `maxWait` is for each. */
export type BatchProcessOptions = SharedOptions<Batch>;

/** A batch whose results are read. */
export function batchSource(job: Batch): BatchSource {
  return { call: 'openai batches', job, toApiError };
}

/** The calls of batches that a process makes. */
interface BatchesCalls extends Pick<BatchCalls<Batch>, 'waitFor' | 'results'> {
  create(request: BatchCreateRequest, options: CallOptions): PromiseLike<Batch>;
}

/** How many requests are answered with the calls of two resources. */
export function batchProcess(
  batches: BatchesCalls,
  files: Files,
  request: BatchProcessRequest<BatchEndpoint>,
): BatchProcessPlan<Batch> {
  const { endpoint, requests, input_expires_after: expires_after } = request;
  const calls: BatchCalls<Batch> = {
    upload: (file, options) =>
      files.create(
        { file, purpose: 'batch', ...(expires_after === undefined ? {} : { expires_after }) },
        options,
      ),
    create: (fileId, options) => batches.create(createRequest(request, fileId), options),
    waitFor: (id, options) => batches.waitFor(id, options),
    results: (batch, options) => batches.results(batch, options),
  };
  return {
    calls,
    requests,
    rules: batchRules(endpoint),
    sourceOf: batchSource,
    failedStatus: 'failed',
  };
}

function createRequest(
  { endpoint, metadata, output_expires_after }: BatchProcessRequest<BatchEndpoint>,
  input_file_id: string,
): BatchCreateRequest {
  return {
    completion_window: '24h',
    endpoint,
    input_file_id,
    ...(metadata === undefined ? {} : { metadata }),
    ...(output_expires_after === undefined ? {} : { output_expires_after }),
  };
}
