import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { LABELS, TARGET } from '../classifiers/classifier-target.ts';
import { nullable, readBody, record, text } from '../shape.ts';
import type { ModelCard, ModelShelf } from './model-shelf.ts';

const MODEL = '/v1/models/{id}';
const FINE_TUNED = '/v1/fine_tuning/models/{id}';

const CHANGE = record({ name: nullable(text), description: nullable(text) });

/** /v1/models, and what can be done to fine-tuned models. */
export function modelRoutes(models: ModelShelf): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/models',
      handle: ({ query }) => {
        const wanted = query.get('model');
        const data = models.cards.filter(({ id }) => wanted === null || id === wanted);
        return jsonReply({ object: 'list', data });
      },
    },
    { method: 'GET', path: MODEL, handle: ({ params }) => jsonReply(models.card(params['id'])) },
    {
      method: 'DELETE',
      path: MODEL,
      handle: ({ params: { id } }) => {
        models.remove(id);
        return jsonReply({ id, object: 'model', deleted: true });
      },
    },
    {
      method: 'PATCH',
      path: FINE_TUNED,
      handle: ({ params, body }) =>
        jsonReply(fineTuned(models.change(params['id'], readBody(CHANGE, body)))),
    },
    ...([true, false] as const).map((archived): Route => ({
      method: archived ? 'POST' : 'DELETE',
      path: `${FINE_TUNED}/archive`,
      handle: ({ params: { id } }) => {
        models.change(id, { archived });
        return jsonReply({ id, object: 'model', archived });
      },
    })),
  ];
}

/** A card in the words of the fine-tuning API. */
function fineTuned(card: ModelCard): unknown {
  const shown = {
    ...card,
    type: undefined,
    workspace_id: 'workspace-simulator',
    root_version: '1',
  };
  if (!card.capabilities.classification) return { ...shown, model_type: 'completion' };
  const target = { name: TARGET, labels: LABELS, weight: 1, loss_function: 'single_class' };
  return { ...shown, model_type: 'classifier', classifier_targets: [target] };
}
