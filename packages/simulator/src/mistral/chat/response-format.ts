import type { AnswerFormat } from '../../answer-format.ts';
import {
  dictionary,
  flag,
  nullable,
  oneOf,
  optional,
  record,
  type Shape,
  text,
  wrong,
} from '../shape.ts';

const GIVEN = record({
  type: optional(oneOf('text', 'json_object', 'json_schema')),
  json_schema: nullable(
    record({
      name: text,
      description: nullable(text),
      schema: dictionary,
      strict: optional(flag),
    }),
  ),
});

/** The form that an answer is wanted in. */
export const RESPONSE_FORMAT: Shape<AnswerFormat> = (value, at) => {
  const { type: kind = 'text', json_schema: described } = GIVEN(value, at);
  if (kind !== 'json_schema') return { kind };
  if (described !== undefined) return { kind, schema: described.schema };
  throw wrong(value, [...at, 'json_schema'], 'missing', 'Field required');
};
