import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import { jsonReply } from '../../reply.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { numberedPage } from '../list-page.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import { TrainingJob } from './training-job.ts';
import { parseJobRequest } from './job-request.ts';

const JOBS = '/v1/fine_tuning/jobs';
const JOB = `${JOBS}/{id}`;
/** What the list may be narrowed down by. */
const FILTERS = ['model', 'status', 'suffix'] as const;

/** The routes of fine-tuning jobs, which Mistral has switched off. Each GET of a job takes it on by one stage. */
export function fineTuningRoutes(models: ModelShelf, identifiers: Identifiers): Route[] {
  const jobs = new StoredObjects<TrainingJob>('fine-tuning job');
  return [
    {
      method: 'POST',
      path: JOBS,
      handle: ({ body }) => {
        const request = parseJobRequest(body);
        models.requireAble(request.model, 'fine_tuning');
        return jsonReply(jobs.add(new TrainingJob(request, identifiers)).listed);
      },
    },
    {
      method: 'GET',
      path: JOBS,
      handle: ({ query }) => {
        const shown = jobs.all.map(({ listed }) => listed).toReversed();
        const wanted = shown.filter((job) =>
          FILTERS.every((name) => !query.has(name) || query.get(name) === job[name]),
        );
        return jsonReply({ object: 'list', ...numberedPage(wanted, query) });
      },
    },
    {
      method: 'GET',
      path: JOB,
      handle: ({ params }) => {
        const job = jobs.require(params['id']);
        advance(job, models);
        return jsonReply(job.detailed);
      },
    },
    ...(['cancel', 'start'] as const).map((action): Route => ({
      method: 'POST',
      path: `${JOB}/${action}`,
      handle: ({ params }) => {
        const job = jobs.require(params['id']);
        job[action]();
        return jsonReply(job.detailed);
      },
    })),
  ];
}

/** The same addresses as Mistral answers them now: 410. */
export function goneFineTuningRoutes(): Route[] {
  const gone = (method: Route['method'], path: string): Route => ({
    method,
    path,
    handle: () => {
      throw new RequestRefused({
        status: 410,
        message: 'Fine-tuning jobs are no longer available.',
      });
    },
  });
  return [
    gone('POST', JOBS),
    gone('GET', JOBS),
    gone('GET', JOB),
    gone('POST', `${JOB}/cancel`),
    gone('POST', `${JOB}/start`),
  ];
}

/** Takes a job on; the model that came of it is offered at once. */
function advance(job: TrainingJob, models: ModelShelf): void {
  const wasDone = job.isDone;
  job.advance();
  if (job.isDone && !wasDone)
    models.add({ id: job.modelId, kind: 'chat', ownedBy: 'workspace-simulator' }, job.id);
}
