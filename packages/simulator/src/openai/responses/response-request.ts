import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { type AnswerOnDemand, parseAnswerOnDemand } from '../answer-on-demand.ts';
import {
  optionalFlag,
  optionalInteger,
  optionalNumber,
  requireObjectBody,
  requireText,
  missing,
  wrongType,
  wrongValue,
} from '../request-fields.ts';
import type { AnswerFormat } from '../../answer-format.ts';
import { strictSchemaFault } from '../strict-schema.ts';
import type { ToolRules } from '../../tool-choice.ts';
import { parseResponseTools } from './response-tools.ts';

/** What the simulator heeds of a request; all else is accepted and has no effect. */
export interface ResponseRequest {
  readonly body: JsonObject;
  readonly model: string;
  readonly background: boolean;
  readonly store: boolean;
  readonly stream: boolean;
  readonly includeObfuscation: boolean;
  readonly maxTokens: number;
  readonly format: AnswerFormat;
  readonly toolRules: ToolRules;
  /** Whether the model shows what it thought. */
  readonly thinks: boolean;
  readonly onDemand: AnswerOnDemand | undefined;
  /** The code that the response fails with, where the request asks for that. */
  readonly failure: string | undefined;
}

/** Reads and checks the body of a request. @throws RequestRefused 400 that names the parameter */
export function parseResponseRequest(given: unknown): ResponseRequest {
  const body = requireObjectBody(given);
  const model = requireText(body, 'model');
  optionalNumber(body, 'temperature', { from: 0, to: 2 });
  optionalNumber(body, 'top_p', { from: 0, to: 1 });
  optionalInteger(body, 'top_logprobs', { from: 0, to: 20 });
  const background = optionalFlag(body, 'background') ?? false;
  const store = optionalFlag(body, 'store') ?? true;
  if (background && !store) {
    throw wrongValue('store', "'store' must be true when 'background' is.");
  }
  const stream = optionalFlag(body, 'stream') ?? false;
  const anyTokens = { from: 16, to: Number.MAX_SAFE_INTEGER };
  return {
    body,
    model,
    background,
    store,
    stream,
    includeObfuscation: parseObfuscation(body['stream_options'], stream),
    maxTokens: optionalInteger(body, 'max_output_tokens', anyTokens) ?? Infinity,
    format: parseTextFormat(body['text']),
    toolRules: parseResponseTools(body),
    thinks: wantsSummary(body['reasoning']),
    onDemand: parseAnswerOnDemand(body),
    failure: failureOf(body['metadata']),
  };
}

function parseObfuscation(given: unknown, stream: boolean): boolean {
  if (given === undefined || given === null) return true;
  if (!isJsonObject(given)) throw wrongType('stream_options', 'an object', given);
  if (stream) return optionalFlag(given, 'include_obfuscation') ?? true;
  throw wrongValue('stream_options', "'stream_options' is only allowed when 'stream' is true.");
}

function parseTextFormat(given: unknown): AnswerFormat {
  if (given === undefined || given === null) return { kind: 'text' };
  if (!isJsonObject(given)) throw wrongType('text', 'an object', given);
  const format = given['format'] ?? { type: 'text' };
  if (!isJsonObject(format)) throw wrongType('text.format', 'an object', format);
  const { type, name, schema, strict } = format;
  if (type === 'text' || type === 'json_object') return { kind: type };
  if (type !== 'json_schema') {
    throw wrongValue(
      'text.format.type',
      "'text.format.type' must be text, json_object or json_schema.",
    );
  }
  if (typeof name !== 'string') throw missing('text.format.name');
  if (!isJsonObject(schema)) throw missing('text.format.schema');
  const fault = strict === true ? strictSchemaFault(schema) : undefined;
  if (fault === undefined) return { kind: 'json_schema', schema };
  throw wrongValue(
    'text.format.schema',
    `Invalid schema for response_format '${name}': ${fault}`,
    'invalid_json_schema',
  );
}

function wantsSummary(given: unknown): boolean {
  if (given === undefined || given === null) return false;
  if (!isJsonObject(given)) throw wrongType('reasoning', 'an object', given);
  return typeof given['summary'] === 'string';
}

function failureOf(metadata: unknown): string | undefined {
  const code = isJsonObject(metadata) ? metadata['simulator_failure'] : undefined;
  return typeof code === 'string' ? code : undefined;
}
