import type { AnswerFormat } from './answer-format.ts';
import { instanceOf } from './json-schema-instance.ts';

/**
 * What is said, in the form that a request wants it in.
 *
 * @param onDemand what the request asks for instead: `invalid_json` or `wrong_shape`; all else changes nothing.
 */
export function answerInForm(
  said: string,
  format: AnswerFormat,
  onDemand: string | undefined,
): string {
  if (format.kind === 'text' || onDemand === 'invalid_json') return said;
  if (onDemand === 'wrong_shape') return JSON.stringify({ unexpected: said });
  if (format.kind === 'json_schema') return JSON.stringify(instanceOf(format.schema, said));
  return JSON.stringify({ answer: said });
}
