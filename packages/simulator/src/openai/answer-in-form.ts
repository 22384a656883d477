import { instanceOf } from '../json-schema-instance.ts';
import type { AnswerOnDemand } from './answer-on-demand.ts';
import type { AnswerFormat } from './response-format.ts';

/** What is said, in the form that a request wants it in, or in the wrong one that it asks for. */
export function answerInForm(
  said: string,
  format: AnswerFormat,
  onDemand: AnswerOnDemand | undefined,
): string {
  if (format.kind === 'text' || onDemand === 'invalid_json') return said;
  if (onDemand === 'wrong_shape') return JSON.stringify({ unexpected: said });
  if (format.kind === 'json_schema') return JSON.stringify(instanceOf(format.schema, said));
  return JSON.stringify({ answer: said });
}
