import type { Identifiers } from '../../identifiers.ts';
import type { ModelDescription } from '../../model-description.ts';
import type { Route } from '../../protocol.ts';
import { textVector } from '../../text-vector.ts';
import { countTokens } from '../../tokens.ts';
import { usageOf } from '../chat/usage.ts';
import { badRequest } from '../mistral-error.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import {
  dictionary,
  either,
  filledText,
  integer,
  list,
  nullable,
  oneOf,
  optional,
  readBody,
  record,
  text,
} from '../shape.ts';
import { encodeEmbedding } from './encoded-embedding.ts';

const USUAL_DIMENSIONS = 1024;
/** A model that has more gives so many unless it is asked for more. */
const MOST_UNASKED_DIMENSIONS = 1536;
const MOST_TOKENS_PER_INPUT = 8192;

const SHAPE = record({
  model: filledText,
  input: either(text, list(text)),
  metadata: nullable(dictionary),
  output_dimension: nullable(integer({ from: 1 })),
  output_dtype: optional(oneOf('float', 'int8', 'uint8', 'binary', 'ubinary')),
  encoding_format: optional(oneOf('float', 'base64')),
});

/** POST /v1/embeddings. */
export function embeddingRoutes(models: ModelShelf, identifiers: Identifiers): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/embeddings',
      handle: ({ body }) => {
        const given = readBody(SHAPE, body);
        const dimensions = dimensionsOf(
          models.requireEmbedding(given.model),
          given.output_dimension,
        );
        const inputs = [given.input].flat();
        const tokens = inputs.map(countTokens);
        checkLengths(tokens);
        const { output_dtype: type = 'float', encoding_format: encoding = 'float' } = given;
        const data = inputs.map((input, index) => ({
          object: 'embedding',
          index,
          embedding: encodeEmbedding(textVector(input, dimensions), type, encoding),
        }));
        const usage = usageOf(sum(tokens), 0);
        const id = identifiers.nextHex('embedding', 32);
        return {
          kind: 'json',
          tokens: usage.total_tokens,
          body: { id, object: 'list', data, model: given.model, usage },
        };
      },
    },
  ];
}

function dimensionsOf(model: ModelDescription, wanted: number | undefined): number {
  const most = model.dimensions ?? USUAL_DIMENSIONS;
  if (wanted === undefined) return Math.min(most, MOST_UNASKED_DIMENSIONS);
  if (model.shortens === false)
    throw badRequest(`The model ${model.id} does not support output_dimension.`);
  if (wanted <= most) return wanted;
  throw badRequest(`output_dimension of ${model.id} may be ${most} at most, not ${wanted}.`);
}

function checkLengths(tokens: readonly number[]): void {
  const index = tokens.findIndex((count) => count > MOST_TOKENS_PER_INPUT);
  if (index < 0) return;
  throw badRequest(
    `Input id ${index} has ${tokens[index]} tokens, exceeding max ${MOST_TOKENS_PER_INPUT} tokens.`,
    'invalid_request_prompt',
    '3051',
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
