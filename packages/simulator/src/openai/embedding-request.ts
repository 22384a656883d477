import { countTokens } from '../tokens.ts';
import {
  missing,
  optionalInteger,
  requireObjectBody,
  requireText,
  wrongType,
  wrongValue,
} from './request-fields.ts';

/** One text to embed. */
interface EmbeddingInput {
  readonly text: string;
  readonly tokens: number;
}

export interface EmbeddingRequest {
  readonly model: string;
  readonly inputs: readonly EmbeddingInput[];
  readonly encoding: 'float' | 'base64';
  readonly dimensions: number | undefined;
}

const MAX_INPUTS = 2048;
const MAX_TOKENS_PER_INPUT = 8192;
const MAX_TOKENS_PER_REQUEST = 300_000;

/** Reads and checks the body of an embedding request. @throws RequestRefused 400 that names the parameter */
export function parseEmbeddingRequest(given: unknown): EmbeddingRequest {
  const body = requireObjectBody(given);
  const model = requireText(body, 'model');
  const inputs = parseInputs(body['input']);
  const encoding = body['encoding_format'] ?? 'float';
  if (encoding !== 'float' && encoding !== 'base64') {
    throw wrongValue('encoding_format', "'encoding_format' must be float or base64.");
  }
  const dimensions = optionalInteger(body, 'dimensions', { from: 1, to: Number.MAX_SAFE_INTEGER });
  return { model, inputs, encoding, dimensions };
}

function parseInputs(given: unknown): EmbeddingInput[] {
  if (given === undefined || given === null) throw missing('input');
  const several = Array.isArray(given) && !isTokenList(given) ? given : [given];
  if (several.length === 0) throw wrongValue('input', "'input' must not be empty.", 'empty_array');
  if (several.length > MAX_INPUTS) {
    throw wrongValue(
      'input',
      `'input' may have ${MAX_INPUTS} texts at most, not ${several.length}.`,
      'array_above_max_length',
    );
  }
  const inputs = several.map(parseInput);
  const tokens = inputs.reduce((sum, input) => sum + input.tokens, 0);
  if (tokens <= MAX_TOKENS_PER_REQUEST) return inputs;
  throw wrongValue(
    'input',
    `Requested ${tokens} tokens, max ${MAX_TOKENS_PER_REQUEST} tokens per request.`,
    'max_tokens_per_request',
  );
}

function parseInput(given: unknown): EmbeddingInput {
  const input = readInput(given);
  if (input.tokens <= MAX_TOKENS_PER_INPUT) return input;
  throw wrongValue(
    'input',
    `A text of 'input' has ${input.tokens} tokens; the model takes ${MAX_TOKENS_PER_INPUT}.`,
  );
}

function readInput(given: unknown): EmbeddingInput {
  if (typeof given === 'string' && given !== '') return { text: given, tokens: countTokens(given) };
  if (given === '') throw wrongValue('input', "A text of 'input' is empty.", 'empty_string');
  if (Array.isArray(given) && given.length > 0 && isTokenList(given)) {
    return { text: given.map((token) => `token${token}`).join(' '), tokens: given.length };
  }
  throw wrongType(
    'input',
    'a string, an array of strings, an array of tokens or an array of token arrays',
    given,
  );
}

function isTokenList(given: readonly unknown[]): given is readonly number[] {
  return (
    given.length > 0 && given.every((token) => Number.isSafeInteger(token) && Number(token) >= 0)
  );
}
