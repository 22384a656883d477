import {
  AFTER_LAST_ITEM,
  type CallOptions,
  type Caller,
  type ListEndpoint,
  type PagePromise,
  type WithRequestId,
} from '@integrations/provider';
import { bracketQuery } from '../../../bracket-query.ts';
import type { CursorList, CursorQuery } from '../../../cursor-list.ts';
import type { FineTuningCheckpoint } from './fine-tuning-checkpoint.ts';

const list: ListEndpoint<FineTuningCheckpoint, CursorList<FineTuningCheckpoint>> = {
  operation: 'fine_tuning.jobs.checkpoints.list',
  method: 'GET',
  path: '/fine_tuning/jobs/{fine_tuning_job_id}/checkpoints',
  resultKey: 'data',
  pages: AFTER_LAST_ITEM,
};

/** `/fine_tuning/jobs/{fine_tuning_job_id}/checkpoints`. */
export class FineTuningJobCheckpoints {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The checkpoints of a job, newest first. `GET /fine_tuning/jobs/{fine_tuning_job_id}/checkpoints` */
  list(
    fineTuningJobId: string,
    query?: CursorQuery | null,
    options?: CallOptions,
  ): PagePromise<FineTuningCheckpoint, WithRequestId<CursorList<FineTuningCheckpoint>>> {
    const params = { fine_tuning_job_id: fineTuningJobId };
    return this.#caller.list(list, { params, query: bracketQuery(query) }, options);
  }
}
