import type { Route } from '../protocol.ts';
import { RequestRefused } from '../refusal.ts';
import { encodeVector } from '../encode-vector.ts';
import { textVector } from '../text-vector.ts';
import { type EmbeddingRequest, parseEmbeddingRequest } from './embedding-request.ts';
import { kindOf, type ModelDescription } from '../model-description.ts';
import { requireModel } from './models.ts';
import { wrongValue } from './request-fields.ts';

const USUAL_DIMENSIONS = 1536;

/** POST /v1/embeddings. */
export function embeddingRoutes(models: readonly ModelDescription[]): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/embeddings',
      handle: ({ body }) => {
        const request = parseEmbeddingRequest(body);
        const model = requireEmbeddingModel(models, request.model);
        const dimensions = dimensionsOf(request, model);
        const tokens = request.inputs.reduce((sum, input) => sum + input.tokens, 0);
        const data = request.inputs.map(({ text }, index) => ({
          object: 'embedding',
          index,
          embedding: encodeVector(textVector(text, dimensions), request.encoding),
        }));
        const usage = { prompt_tokens: tokens, total_tokens: tokens };
        return {
          kind: 'json',
          tokens,
          body: { object: 'list', data, model: model.snapshot ?? model.id, usage },
        };
      },
    },
  ];
}

function requireEmbeddingModel(models: readonly ModelDescription[], id: string): ModelDescription {
  const model = requireModel(models, id);
  if (kindOf(model) === 'embedding') return model;
  throw new RequestRefused({
    status: 403,
    message: `\`${id}\` makes no embeddings.`,
    type: 'invalid_request_error',
    param: null,
    code: null,
  });
}

function dimensionsOf(request: EmbeddingRequest, model: ModelDescription): number {
  const most = model.dimensions ?? USUAL_DIMENSIONS;
  const wanted = request.dimensions;
  if (wanted === undefined) return most;
  if (model.shortens === false)
    throw wrongValue('dimensions', `\`${model.id}\` takes no 'dimensions'.`);
  if (wanted > most)
    throw wrongValue(
      'dimensions',
      `'dimensions' of \`${model.id}\` may be ${most} at most, not ${wanted}.`,
    );
  return wanted;
}
