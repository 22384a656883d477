import type { JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import { listPage } from '../list-page.ts';
import { optionalMetadata, requireObjectBody, requireText, wrongValue } from '../request-fields.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { BatchProgress, type BatchSettings } from './batch-progress.ts';
import type { BatchStatus, StoredBatch } from './stored-batch.ts';

const ENDPOINTS: ReadonlySet<string> = new Set([
  '/v1/responses',
  '/v1/chat/completions',
  '/v1/embeddings',
  '/v1/completions',
  '/v1/moderations',
  '/v1/images/generations',
  '/v1/images/edits',
  '/v1/videos',
]);
const DAY_SECONDS = 86_400;
const CANCELLABLE: ReadonlySet<BatchStatus> = new Set<BatchStatus>([
  'validating',
  'in_progress',
  'finalizing',
]);
const PATH = '/v1/batches/{batch_id}';

/** /v1/batches and what is below it. Each look at a batch takes it one step further. */
export function batchRoutes(settings: BatchSettings): Route[] {
  const batches = new StoredObjects<BatchProgress>('batch');
  return [
    {
      method: 'POST',
      path: '/v1/batches',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const progress = new BatchProgress(parseBatch(body, settings), settings, body);
        return { kind: 'json', tokens: 0, body: { ...batches.add(progress).batch } };
      },
    },
    {
      method: 'GET',
      path: '/v1/batches',
      handle: ({ query }) => {
        const all = batches.all.map(({ batch }) => batch);
        return { kind: 'json', tokens: 0, body: listPage(all, query) };
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: async ({ params }) => ({
        kind: 'json',
        tokens: 0,
        body: await batches.require(params['batch_id']).advance(),
      }),
    },
    {
      method: 'POST',
      path: `${PATH}/cancel`,
      handle: async ({ params }) => {
        const progress = batches.require(params['batch_id']);
        const { status } = progress.batch;
        if (CANCELLABLE.has(status))
          return { kind: 'json', tokens: 0, body: await progress.cancel() };
        throw new RequestRefused({
          status: 409,
          message: `Cannot cancel a batch with status '${status}'.`,
          type: 'invalid_request_error',
          code: null,
        });
      },
    },
  ];
}

function parseBatch(body: JsonObject, { files, identifiers, now }: BatchSettings): StoredBatch {
  const endpoint = requireText(body, 'endpoint');
  if (!ENDPOINTS.has(endpoint))
    throw wrongValue('endpoint', `'endpoint' must be one of ${[...ENDPOINTS].join(', ')}.`);
  const window = requireText(body, 'completion_window');
  if (window !== '24h') throw wrongValue('completion_window', "'completion_window' must be 24h.");
  const input = files.require(requireText(body, 'input_file_id'));
  if (input.purpose !== 'batch') {
    throw wrongValue(
      'input_file_id',
      `File ${input.id} has the purpose ${input.purpose}, not batch.`,
    );
  }
  const createdAt = now();
  return {
    id: `batch_${identifiers.nextHex('batch', 32)}`,
    object: 'batch',
    endpoint,
    input_file_id: input.id,
    completion_window: window,
    created_at: createdAt,
    expires_at: createdAt + DAY_SECONDS,
    metadata: optionalMetadata(body),
    status: 'validating',
    errors: null,
    request_counts: { total: 0, completed: 0, failed: 0 },
  };
}
