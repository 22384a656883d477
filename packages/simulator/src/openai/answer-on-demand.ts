import { isJsonObject, type JsonObject } from '../json-value.ts';
import { wrongValue } from './request-fields.ts';

/** Answers that come only when a request asks for them. */
export type AnswerOnDemand =
  /** The model declines. */
  | 'refusal'
  /** The answer is cut in the middle, as by a limit of tokens. */
  | 'length'
  /** The answer is held back by the content filter. */
  | 'content_filter'
  /** A text where JSON was asked for. */
  | 'invalid_json'
  /** JSON that does not fit the schema. */
  | 'wrong_shape';

const ANSWERS: ReadonlySet<unknown> = new Set<AnswerOnDemand>([
  'refusal',
  'length',
  'content_filter',
  'invalid_json',
  'wrong_shape',
]);

/** The words of a refusal. */
export const REFUSAL = "I'm sorry, but I can't assist with that request.";

/** Reads `metadata.simulator_answer`. @throws RequestRefused 400 for a value that means nothing */
export function parseAnswerOnDemand(body: JsonObject): AnswerOnDemand | undefined {
  const { metadata } = body;
  const wanted = isJsonObject(metadata) ? metadata['simulator_answer'] : undefined;
  if (wanted === undefined) return undefined;
  if (ANSWERS.has(wanted)) return wanted as AnswerOnDemand;
  throw wrongValue(
    'metadata.simulator_answer',
    `'metadata.simulator_answer' must be one of ${[...ANSWERS].join(', ')}.`,
  );
}
