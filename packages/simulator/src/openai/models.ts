import type { Route } from '../protocol.ts';
import { RequestRefused } from '../refusal.ts';
import type { ModelDescription } from './model-catalog.ts';

const UNKNOWN_CREATION = 1_686_935_002;

/** GET /v1/models and GET /v1/models/{model}. */
export function modelRoutes(models: readonly ModelDescription[]): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/models',
      handle: () => ({
        kind: 'json',
        tokens: 0,
        body: { object: 'list', data: models.map(modelObject) },
      }),
    },
    {
      method: 'GET',
      path: '/v1/models/{model}',
      handle: ({ params }) => ({
        kind: 'json',
        tokens: 0,
        body: modelObject(requireModel(models, params['model'])),
      }),
    },
  ];
}

/** The model with an id. @throws RequestRefused 404 */
export function requireModel(
  models: readonly ModelDescription[],
  id: string | undefined,
): ModelDescription {
  const model = models.find((candidate) => candidate.id === id);
  if (model !== undefined) return model;
  throw new RequestRefused({
    status: 404,
    message: `The model \`${id}\` does not exist or you do not have access to it.`,
    type: 'invalid_request_error',
    param: null,
    code: 'model_not_found',
  });
}

function modelObject(model: ModelDescription): unknown {
  return {
    id: model.id,
    object: 'model',
    created: model.created ?? UNKNOWN_CREATION,
    owned_by: model.ownedBy ?? 'system',
    shutdown_date: model.shutdownDate ?? null,
  };
}
