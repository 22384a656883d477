import type * as Ours from '@integrations/openai';
import type * as Permissions from 'openai/resources/fine-tuning/checkpoints/permissions';
import type * as Checkpoints from 'openai/resources/fine-tuning/jobs/checkpoints';
import type * as Jobs from 'openai/resources/fine-tuning/jobs/jobs';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of fine-tuning', () => {
  it('jobs', () => {
    expectTypeOf<Mutual<Ours.FineTuningJobRequest, Jobs.JobCreateParams>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.FineTuningJobQuery, Jobs.JobListParams>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.CursorQuery, Jobs.JobListEventsParams>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.FineTuningJob, Jobs.FineTuningJob>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.FineTuningJobEvent, Jobs.FineTuningJobEvent>>().toEqualTypeOf<true>();
  });

  it('checkpoints', () => {
    expectTypeOf<
      Mutual<Ours.FineTuningCheckpoint, Checkpoints.FineTuningJobCheckpoint>
    >().toEqualTypeOf<true>();
  });

  it('permissions', () => {
    expectTypeOf<
      Mutual<Ours.CheckpointPermissionRequest, Permissions.PermissionCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.CheckpointPermissionQuery, Permissions.PermissionListParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.CheckpointPermission, Permissions.PermissionListResponse>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.CursorList<Ours.CheckpointPermission>, Permissions.PermissionRetrieveResponse>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.CheckpointPermissionDeleted, Permissions.PermissionDeleteResponse>
    >().toEqualTypeOf<true>();
  });
});
