import { countTokens } from '../../tokens.ts';
import { parseStop } from '../chat-request.ts';
import {
  missing,
  optionalFlag,
  optionalInteger,
  optionalNumber,
  requireObjectBody,
  requireText,
  wrongType,
  wrongValue,
} from '../request-fields.ts';

/** A prompt as text, with what it costs. */
export interface Prompt {
  readonly text: string;
  readonly tokens: number;
}

/** What the simulator heeds of a request for texts; all else is accepted and has no effect. */
export interface CompletionRequest {
  readonly model: string;
  readonly prompts: readonly Prompt[];
  /** For each prompt. */
  readonly choices: number;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly echo: boolean;
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

const DEFAULT_MAX_TOKENS = 16;

/** Reads and checks the body of a request. @throws RequestRefused 400 that names the parameter */
export function parseCompletionRequest(given: unknown): CompletionRequest {
  const body = requireObjectBody(given);
  optionalNumber(body, 'temperature', { from: 0, to: 2 });
  optionalNumber(body, 'top_p', { from: 0, to: 1 });
  optionalInteger(body, 'logprobs', { from: 0, to: 5 });
  const choices = optionalInteger(body, 'n', { from: 1, to: 128 }) ?? 1;
  const bestOf = optionalInteger(body, 'best_of', { from: 1, to: 20 }) ?? choices;
  if (bestOf < choices) throw wrongValue('best_of', "'best_of' must not be less than 'n'.");
  const options = (body['stream_options'] ?? {}) as Readonly<Record<string, unknown>>;
  return {
    model: requireText(body, 'model'),
    prompts: parsePrompts(body['prompt']),
    choices,
    maxTokens:
      optionalInteger(body, 'max_tokens', { from: 0, to: Number.MAX_SAFE_INTEGER }) ??
      DEFAULT_MAX_TOKENS,
    stop: parseStop(body['stop']),
    echo: optionalFlag(body, 'echo') ?? false,
    stream: optionalFlag(body, 'stream') ?? false,
    includeUsage: optionalFlag(options, 'include_usage') ?? false,
  };
}

function textPrompt(text: string): Prompt {
  return { text, tokens: countTokens(text) };
}

/** Tokens cannot be turned into text without the model's vocabulary. */
function tokenPrompt(tokens: readonly unknown[]): Prompt {
  return { text: '', tokens: tokens.length };
}

function parsePrompts(given: unknown): Prompt[] {
  if (given === undefined) throw missing('prompt');
  if (given === null) return [textPrompt('')];
  if (typeof given === 'string') return [textPrompt(given)];
  if (!Array.isArray(given)) throw wrongType('prompt', 'a string or an array', given);
  if (given.length === 0) throw wrongValue('prompt', "'prompt' must not be empty.", 'empty_array');
  if (given.every((item) => typeof item === 'number')) return [tokenPrompt(given)];
  return given.map((item: unknown, index) => {
    if (typeof item === 'string') return textPrompt(item);
    if (Array.isArray(item)) return tokenPrompt(item);
    throw wrongType(`prompt[${index}]`, 'a string or an array of integers', item);
  });
}
