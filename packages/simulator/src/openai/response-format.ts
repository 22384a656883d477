import type { AnswerFormat } from '../answer-format.ts';
import { isJsonObject } from '../json-value.ts';
import { missing, wrongType, wrongValue } from './request-fields.ts';
import { strictSchemaFault } from './strict-schema.ts';

/** Reads and checks `response_format`. @throws RequestRefused 400 that names the parameter */
export function parseResponseFormat(given: unknown): AnswerFormat {
  if (given === undefined || given === null) return { kind: 'text' };
  if (!isJsonObject(given)) throw wrongType('response_format', 'an object', given);
  const { type } = given;
  if (type === 'text' || type === 'json_object') return { kind: type };
  if (type !== 'json_schema')
    throw wrongValue(
      'response_format.type',
      "'response_format.type' must be text, json_object or json_schema.",
    );
  return parseJsonSchema(given['json_schema']);
}

function parseJsonSchema(given: unknown): AnswerFormat {
  if (!isJsonObject(given)) throw missing('response_format.json_schema');
  const { name, schema, strict } = given;
  if (typeof name !== 'string') throw missing('response_format.json_schema.name');
  const fault = strict === true ? strictSchemaFault(schema) : undefined;
  if (fault !== undefined)
    throw wrongValue('response_format', `Invalid schema for response_format '${name}': ${fault}`);
  return { kind: 'json_schema', schema };
}
