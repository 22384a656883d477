import type { Route } from '../protocol.ts';
import { RequestRefused } from '../refusal.ts';
import { jsonReply } from '../reply.ts';
import { kindOf, type ModelDescription, UNKNOWN_CREATION } from '../model-description.ts';

/** What the id of a model that came of fine-tuning begins with. */
const FINE_TUNED = 'ft:';

/** GET /v1/models, and GET and DELETE /v1/models/{model}. */
export function modelRoutes(models: ModelDescription[]): Route[] {
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
    {
      method: 'DELETE',
      path: '/v1/models/{model}',
      handle: ({ params }) => {
        const model = requireModel(models, params['model']);
        if (!model.id.startsWith(FINE_TUNED)) throw notYours(model.id);
        models.splice(models.indexOf(model), 1);
        return jsonReply({ id: model.id, object: 'model', deleted: true });
      },
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

function notYours(id: string): RequestRefused {
  return new RequestRefused({
    status: 403,
    message: `The model \`${id}\` belongs to the provider; only models that came of fine-tuning can be deleted.`,
  });
}

/** The model with an id, if it answers with text. @throws RequestRefused 404 */
export function requireChatModel(
  models: readonly ModelDescription[],
  id: string,
  path: string,
): ModelDescription {
  const model = requireModel(models, id);
  if (kindOf(model) === 'chat') return model;
  throw new RequestRefused({
    status: 404,
    message: `\`${id}\` is not a chat model, so ${path} does not take it.`,
    type: 'invalid_request_error',
    param: 'model',
    code: null,
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
