import {
  byPageNumber,
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  plainObject,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import { SecretString } from '@integrations/types';
import * as v from 'valibot';
import { jsonQuery } from '../json-query.ts';
import type { FineTuningJob, FineTuningJobList } from './fine-tuning-job.ts';
import type { FineTuningJobQuery, FineTuningJobRequest } from './fine-tuning-job-request.ts';
import { JOB_BODY } from './job-body.ts';

const PATH = '/v1/fine_tuning/jobs';

const create: JsonEndpoint<FineTuningJobRequest, FineTuningJob> = {
  operation: 'fine_tuning.create',
  method: 'POST',
  path: PATH,
  encoding: JOB_BODY,
  resultKey: 'id',
  validate: validateWith('mistral fine_tuning.create', () => {
    const text = v.pipe(v.string(), v.minLength(1));
    const secret = v.union([text, v.instance(SecretString)]);
    return v.object({
      model: text,
      hyperparameters: plainObject(),
      training_files: v.optional(v.array(v.object({ file_id: text }))),
      validation_files: v.nullish(v.array(text)),
      integrations: v.nullish(v.array(v.object({ project: text, api_key: secret }))),
      repositories: v.optional(v.array(v.object({ name: text, owner: text, token: secret }))),
    });
  }),
};

const list: ListEndpoint<FineTuningJob, FineTuningJobList> = {
  operation: 'fine_tuning.list',
  method: 'GET',
  path: PATH,
  resultKey: 'total',
  pages: byPageNumber({ first: 0, pageSize: 100 }),
};

/** An endpoint for a job as a whole. */
function ofJob(
  name: string,
  method: 'GET' | 'POST',
  suffix: string,
): JsonEndpoint<undefined, FineTuningJob> {
  return {
    operation: `fine_tuning.${name}`,
    method,
    path: `${PATH}/{job_id}${suffix}`,
    resultKey: 'id',
  };
}

const get = ofJob('get', 'GET', '');
const cancel = ofJob('cancel', 'POST', '/cancel');
const start = ofJob('start', 'POST', '/start');

/**
 * `/v1/fine_tuning/jobs`. Mistral has switched it off: its own servers answer every call
 * with a `GoneError`. Other servers may still have it. Models that came of it can be used
 * on: see `update`, `archive` and `unarchive` of `client.models`.
 */
export class FineTuning {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** @deprecated Begins to train a model. `POST /v1/fine_tuning/jobs` @throws GoneError */
  create(
    request: FineTuningJobRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** @deprecated All jobs, newest first. `GET /v1/fine_tuning/jobs` @throws GoneError */
  list(
    query?: FineTuningJobQuery | null,
    options?: CallOptions,
  ): PagePromise<FineTuningJob, WithRequestId<FineTuningJobList>> {
    return this.#caller.list(list, { query: jsonQuery(query) }, options);
  }

  /** @deprecated How a job stands. `GET /v1/fine_tuning/jobs/{job_id}` @throws GoneError */
  get(jobId: string, options?: CallOptions): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#caller.call(get, { params: { job_id: jobId } }, options);
  }

  /** @deprecated Ends a job for good. `POST /v1/fine_tuning/jobs/{job_id}/cancel` @throws GoneError */
  cancel(jobId: string, options?: CallOptions): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#caller.call(cancel, { params: { job_id: jobId } }, options);
  }

  /** @deprecated Begins a job that was made without `auto_start`. `POST /v1/fine_tuning/jobs/{job_id}/start` @throws GoneError */
  start(jobId: string, options?: CallOptions): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#caller.call(start, { params: { job_id: jobId } }, options);
  }
}
