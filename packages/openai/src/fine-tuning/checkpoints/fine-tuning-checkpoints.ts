import type { Caller } from '@integrations/provider';
import { CheckpointPermissions } from './permissions/checkpoint-permissions.ts';

/** `/fine_tuning/checkpoints`. */
export class FineTuningCheckpoints {
  /** `/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions`. */
  readonly permissions: CheckpointPermissions;

  constructor(caller: Caller) {
    this.permissions = new CheckpointPermissions(caller);
  }
}
