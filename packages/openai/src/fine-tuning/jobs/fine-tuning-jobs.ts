import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type JobKind,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  validateWith,
  waitFor,
  type WaitOptions,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { bracketQuery } from '../../bracket-query.ts';
import type { CursorList, CursorQuery } from '../../cursor-list.ts';
import { FineTuningJobCheckpoints } from './checkpoints/fine-tuning-job-checkpoints.ts';
import type { FineTuningJob, FineTuningJobEvent } from './fine-tuning-job.ts';
import type { FineTuningJobRequest } from './fine-tuning-job-request.ts';

/** Which jobs to list. */
export interface FineTuningJobQuery extends CursorQuery {
  /** Only jobs with these values; null for jobs without metadata. */
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
}

const create: JsonEndpoint<FineTuningJobRequest, FineTuningJob> = {
  operation: 'fine_tuning.jobs.create',
  method: 'POST',
  path: '/fine_tuning/jobs',
  resultKey: 'id',
  validate: validateWith('openai fine_tuning.jobs.create', () =>
    v.object({
      model: v.pipe(v.string(), v.nonEmpty()),
      training_file: v.pipe(v.string(), v.nonEmpty()),
      validation_file: v.nullish(v.pipe(v.string(), v.nonEmpty())),
      suffix: v.nullish(v.pipe(v.string(), v.nonEmpty(), v.maxLength(64))),
      seed: v.nullish(v.pipe(v.number(), v.integer())),
      method: v.optional(v.object({ type: v.picklist(['supervised', 'dpo', 'reinforcement']) })),
    }),
  ),
};

/** An endpoint for a job as a whole. */
function ofJob(
  name: string,
  method: 'GET' | 'POST',
  suffix: string,
): JsonEndpoint<undefined, FineTuningJob> {
  return {
    operation: `fine_tuning.jobs.${name}`,
    method,
    path: `/fine_tuning/jobs/{fine_tuning_job_id}${suffix}`,
    resultKey: 'id',
  };
}

const retrieve = ofJob('retrieve', 'GET', '');
const cancel = ofJob('cancel', 'POST', '/cancel');
const pause = ofJob('pause', 'POST', '/pause');
const resume = ofJob('resume', 'POST', '/resume');

const list: ListEndpoint<FineTuningJob, CursorList<FineTuningJob>> = {
  operation: 'fine_tuning.jobs.list',
  method: 'GET',
  path: '/fine_tuning/jobs',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const listEvents: ListEndpoint<FineTuningJobEvent, CursorList<FineTuningJobEvent>> = {
  operation: 'fine_tuning.jobs.list_events',
  method: 'GET',
  path: '/fine_tuning/jobs/{fine_tuning_job_id}/events',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

const TRAINING: JobKind<FineTuningJob> = {
  call: 'openai fine_tuning.jobs.waitFor',
  succeeded: ['succeeded'],
  failed: ['failed', 'cancelled'],
  reasonOf: ({ error }) => error?.message,
};

/** `/fine_tuning/jobs`. */
export class FineTuningJobs {
  /** `/fine_tuning/jobs/{fine_tuning_job_id}/checkpoints`. */
  readonly checkpoints: FineTuningJobCheckpoints;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.checkpoints = new FineTuningJobCheckpoints(caller);
  }

  /** Begins to train a model; the job it answers with has barely begun. `POST /fine_tuning/jobs` */
  create(
    request: FineTuningJobRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** One job as it stands. `GET /fine_tuning/jobs/{fine_tuning_job_id}` @throws NotFoundError */
  retrieve(
    fineTuningJobId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#onJob(retrieve, fineTuningJobId, options);
  }

  /** All jobs, newest first. `GET /fine_tuning/jobs` */
  list(
    query?: FineTuningJobQuery | null,
    options?: CallOptions,
  ): PagePromise<FineTuningJob, WithRequestId<CursorList<FineTuningJob>>> {
    // The API has a text for jobs without metadata.
    const metadata = query?.metadata === null ? 'null' : query?.metadata;
    return this.#caller.list(list, { query: bracketQuery({ ...query, metadata }) }, options);
  }

  /** Ends a job for good. `POST /fine_tuning/jobs/{fine_tuning_job_id}/cancel` */
  cancel(
    fineTuningJobId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#onJob(cancel, fineTuningJobId, options);
  }

  /** Lets a job rest until it is resumed. `POST /fine_tuning/jobs/{fine_tuning_job_id}/pause` */
  pause(
    fineTuningJobId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#onJob(pause, fineTuningJobId, options);
  }

  /** Goes on with a job that rests. `POST /fine_tuning/jobs/{fine_tuning_job_id}/resume` */
  resume(
    fineTuningJobId: string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<FineTuningJob>> {
    return this.#onJob(resume, fineTuningJobId, options);
  }

  /** What has happened to a job, newest first. `GET /fine_tuning/jobs/{fine_tuning_job_id}/events` */
  listEvents(
    fineTuningJobId: string,
    query?: CursorQuery | null,
    options?: CallOptions,
  ): PagePromise<FineTuningJobEvent, WithRequestId<CursorList<FineTuningJobEvent>>> {
    const params = { fine_tuning_job_id: fineTuningJobId };
    return this.#caller.list(listEvents, { params, query: bracketQuery(query) }, options);
  }

  /**
   * Waits until a job has succeeded.
   *
   * @throws JobFailedError when it fails or is cancelled; its `job` is the job.
   * @throws TotalTimeoutError after `maxWait`; the job goes on.
   */
  waitFor(fineTuningJobId: string, options?: WaitOptions<FineTuningJob>): Promise<FineTuningJob> {
    const { clock } = this.#caller;
    const look = (call: CallOptions): ResponsePromise<FineTuningJob> =>
      this.retrieve(fineTuningJobId, call);
    return waitFor({ kind: TRAINING, id: fineTuningJobId, clock, look }, options);
  }

  #onJob(
    endpoint: JsonEndpoint<undefined, FineTuningJob>,
    fineTuningJobId: string,
    options: CallOptions | undefined,
  ): ResponsePromise<WithRequestId<FineTuningJob>> {
    const params = { fine_tuning_job_id: fineTuningJobId };
    return this.#caller.call(endpoint, { params }, options);
  }
}
