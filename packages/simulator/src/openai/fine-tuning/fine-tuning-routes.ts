import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { listPage, withMetadata } from '../list-page.ts';
import type { ModelDescription } from '../../model-description.ts';
import { requireModel } from '../models.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { checkpointPermissionRoutes } from './checkpoint-permissions.ts';
import { FineTuningJob } from './fine-tuning-job.ts';
import { parseJobRequest } from './job-request.ts';

export interface FineTuningSettings {
  /** The model that came of a job is added. */
  readonly models: ModelDescription[];
  readonly identifiers: Identifiers;
}

const JOBS = '/v1/fine_tuning/jobs';
const JOB = `${JOBS}/{id}`;

/** The routes of /v1/fine_tuning. Each GET of a job takes it on by one stage. */
export function fineTuningRoutes(settings: FineTuningSettings): Route[] {
  const { identifiers } = settings;
  const jobs = new StoredObjects<FineTuningJob>('fine-tuning job');
  return [
    {
      method: 'POST',
      path: JOBS,
      handle: ({ body }) => {
        const request = parseJobRequest(body);
        requireModel(settings.models, request.model);
        return jsonReply(jobs.add(new FineTuningJob(request, identifiers)).shown);
      },
    },
    {
      method: 'GET',
      path: JOBS,
      handle: ({ query }) => jsonReply(listPage(jobsAskedFor(jobs.all, query), query)),
    },
    {
      method: 'GET',
      path: JOB,
      handle: ({ params }) => {
        const job = jobs.require(params['id']);
        change(settings, job, () => job.advance());
        return jsonReply(job.shown);
      },
    },
    ...(['cancel', 'pause', 'resume'] as const).map((action): Route => ({
      method: 'POST',
      path: `${JOB}/${action}`,
      handle: ({ params }) => {
        const job = jobs.require(params['id']);
        change(settings, job, () => job[action]());
        return jsonReply(job.shown);
      },
    })),
    ...(['events', 'checkpoints'] as const).map((what): Route => ({
      method: 'GET',
      path: `${JOB}/${what}`,
      handle: ({ params, query }) => {
        const items: readonly { readonly id: string }[] = jobs.require(params['id'])[what];
        return jsonReply(listPage(items, query));
      },
    })),
    ...checkpointPermissionRoutes(identifiers),
  ];
}

function jobsAskedFor(
  jobs: readonly FineTuningJob[],
  query: URLSearchParams,
): { readonly id: string; readonly metadata: unknown }[] {
  const shown = jobs.map((job) => job.shown);
  if (query.get('metadata') === 'null') return shown.filter(({ metadata }) => metadata === null);
  return withMetadata(shown, query);
}

/** Changes a job; the model that came of it is offered at once. */
function change({ models }: FineTuningSettings, job: FineTuningJob, act: () => void): void {
  const before = job.model;
  act();
  const { model } = job;
  if (model !== undefined && before === undefined)
    models.push({ id: model, kind: 'chat', ownedBy: 'org-simulator' });
}
