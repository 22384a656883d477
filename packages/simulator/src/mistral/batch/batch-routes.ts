import type { JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { numberedPage } from '../list-page.ts';
import { badRequest } from '../mistral-error.ts';
import {
  dictionary,
  filledText,
  integer,
  list,
  nullable,
  oneOf,
  optional,
  readBody,
  record,
} from '../shape.ts';
import { nextUuid } from '../uuid.ts';
import { JobProgress, type JobSettings } from './job-progress.ts';
import type { JobRequest, StoredJob } from './stored-job.ts';

const PATH = '/v1/batch/jobs/{job_id}';
const MOST_INLINE_REQUESTS = 10_000;

/** Parameters of the query that are not names in the metadata. */
const FILTERS: ReadonlySet<string> = new Set([
  'page',
  'page_size',
  'model',
  'agent_id',
  'created_after',
  'created_by_me',
  'status',
  'order_by',
]);

const JOB = record({
  endpoint: oneOf(
    '/v1/chat/completions',
    '/v1/embeddings',
    '/v1/fim/completions',
    '/v1/moderations',
    '/v1/chat/moderations',
    '/v1/ocr',
    '/v1/classifications',
    '/v1/chat/classifications',
    '/v1/conversations',
    '/v1/audio/transcriptions',
  ),
  input_files: nullable(list(filledText)),
  requests: nullable(
    list(record({ custom_id: nullable(filledText), body: dictionary }), {
      most: MOST_INLINE_REQUESTS,
    }),
  ),
  model: nullable(filledText),
  agent_id: nullable(filledText),
  metadata: nullable(dictionary),
  timeout_hours: optional(integer({ from: 1, to: 168 })),
});

/** `/v1/batch/jobs` and what is below it. Each look at a batch takes it one step further. */
export function batchRoutes(settings: JobSettings): Route[] {
  const jobs = new StoredObjects<JobProgress>('batch job');
  return [
    {
      method: 'POST',
      path: '/v1/batch/jobs',
      handle: ({ body }) => jsonReply({ ...jobs.add(createJob(settings, body)).job }),
    },
    {
      method: 'GET',
      path: '/v1/batch/jobs',
      handle: ({ query }) => {
        const oldestFirst = jobs.all.map(({ job }) => job).filter((job) => isWanted(job, query));
        const wanted = query.get('order_by') === 'created' ? oldestFirst : oldestFirst.toReversed();
        return jsonReply({ object: 'list', ...numberedPage(wanted, query) });
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: async ({ params, query }) => {
        const progress = jobs.require(params['job_id']);
        const job = await progress.advance();
        return jsonReply(
          query.get('inline') === 'true' ? { ...job, outputs: progress.outputs } : { ...job },
        );
      },
    },
    {
      method: 'POST',
      path: `${PATH}/cancel`,
      handle: async ({ params }) =>
        jsonReply({ ...(await jobs.require(params['job_id']).cancel()) }),
    },
    {
      method: 'DELETE',
      path: PATH,
      handle: ({ params }) => {
        const { id } = jobs.remove(params['job_id']);
        return jsonReply({ id, object: 'batch', deleted: true });
      },
    },
  ];
}

function createJob(settings: JobSettings, body: unknown): JobProgress {
  const {
    input_files: files = [],
    requests,
    endpoint,
    model,
    agent_id,
    metadata,
  } = readBody(JOB, body);
  if (files.length === 0 && (requests ?? []).length === 0)
    throw badRequest('Either input_files or requests must be given.');
  for (const id of files) {
    const { object } = settings.files.require(id);
    if (object.purpose !== 'batch') throw badRequest(`The file ${id} is not for batches.`);
  }
  const job: StoredJob = {
    id: nextUuid(settings.identifiers, 'batch'),
    object: 'batch',
    input_files: files,
    metadata: metadata ?? null,
    endpoint,
    model: model ?? null,
    agent_id: agent_id ?? null,
    created_at: settings.now(),
    status: 'QUEUED',
    errors: [],
    output_file: null,
    error_file: null,
    total_requests: requests?.length ?? 0,
    completed_requests: 0,
    succeeded_requests: 0,
    failed_requests: 0,
    started_at: null,
    completed_at: null,
  };
  return new JobProgress(job, settings, files.length > 0 ? undefined : requests?.map(toRequest));
}

function toRequest({
  custom_id: customId = null,
  body,
}: {
  readonly custom_id?: string | undefined | null;
  readonly body: JsonObject;
}): JobRequest {
  return { customId, body };
}

function isWanted(job: StoredJob, query: URLSearchParams): boolean {
  const is = (name: string, value: string | null): boolean =>
    !query.has(name) || query.get(name) === value;
  const after = query.get('created_after');
  return (
    is('model', job.model) &&
    is('agent_id', job.agent_id) &&
    (!query.has('status') || query.getAll('status').includes(job.status)) &&
    (after === null || job.created_at > Date.parse(after) / 1000) &&
    [...query].every(([name, value]) => FILTERS.has(name) || job.metadata?.[name] === value)
  );
}
