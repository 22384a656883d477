import type { Caller } from '@integrations/provider';
import { FineTuningCheckpoints } from './checkpoints/fine-tuning-checkpoints.ts';
import { FineTuningJobs } from './jobs/fine-tuning-jobs.ts';

/** `/fine_tuning`. */
export class FineTuning {
  /** `/fine_tuning/jobs`. */
  readonly jobs: FineTuningJobs;
  /** `/fine_tuning/checkpoints`. */
  readonly checkpoints: FineTuningCheckpoints;

  constructor(caller: Caller) {
    this.jobs = new FineTuningJobs(caller);
    this.checkpoints = new FineTuningCheckpoints(caller);
  }
}
