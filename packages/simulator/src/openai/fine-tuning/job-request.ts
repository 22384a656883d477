import { isJsonObject, type JsonObject } from '../../json-value.ts';
import {
  optionalInteger,
  optionalMetadata,
  requireObjectBody,
  requireText,
  wrongType,
  wrongValue,
} from '../request-fields.ts';

/** What a job is to be. */
export interface JobRequest {
  readonly model: string;
  readonly trainingFile: string;
  readonly validationFile: string | null;
  readonly method: JsonObject;
  readonly integrations: readonly unknown[];
  readonly metadata: JsonObject | null;
  readonly seed: number | undefined;
  readonly suffix: string | undefined;
}

const AUTO = { batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' };
const METHODS = new Set(['supervised', 'dpo', 'reinforcement']);
const LONGEST_SUFFIX = 64;

/** Reads and checks the body of a request. @throws RequestRefused 400 that names the parameter */
export function parseJobRequest(given: unknown): JobRequest {
  const body = requireObjectBody(given);
  const { integrations } = body;
  const suffix = optionalText(body, 'suffix');
  if (suffix !== undefined && suffix.length > LONGEST_SUFFIX)
    throw wrongValue('suffix', `'suffix' must have ${LONGEST_SUFFIX} characters at most.`);
  return {
    model: requireText(body, 'model'),
    trainingFile: requireText(body, 'training_file'),
    validationFile: optionalText(body, 'validation_file') ?? null,
    method: parseMethod(body),
    integrations: Array.isArray(integrations) ? integrations : [],
    metadata: optionalMetadata(body),
    seed: optionalInteger(body, 'seed', { from: 0, to: Number.MAX_SAFE_INTEGER }),
    suffix,
  };
}

function optionalText(body: JsonObject, name: string): string | undefined {
  return body[name] === undefined || body[name] === null ? undefined : requireText(body, name);
}

function parseMethod(body: JsonObject): JsonObject {
  const given = body['method'];
  if (given === undefined || given === null) {
    const { hyperparameters } = body;
    const own = isJsonObject(hyperparameters) ? hyperparameters : {};
    return { type: 'supervised', supervised: { hyperparameters: { ...AUTO, ...own } } };
  }
  if (!isJsonObject(given)) throw wrongType('method', 'an object', given);
  const type = requireText(given, 'type');
  if (METHODS.has(type)) return given;
  throw wrongValue('method.type', `'method.type' must be one of ${[...METHODS].join(', ')}.`);
}
