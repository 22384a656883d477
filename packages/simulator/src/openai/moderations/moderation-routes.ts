import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import { jsonReply } from '../../reply.ts';
import {
  missing,
  requireObjectBody,
  requireText,
  wrongType,
  wrongValue,
} from '../request-fields.ts';
import { moderate, type ModerationInput } from './moderation.ts';

const DEFAULT_MODEL = 'omni-moderation-latest';
const MODELS: ReadonlySet<string> = new Set([
  DEFAULT_MODEL,
  'omni-moderation-2024-09-26',
  'text-moderation-latest',
  'text-moderation-stable',
]);

/** POST /v1/moderations. */
export function moderationRoutes(identifiers: Identifiers): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/moderations',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const model = requireKnownModel(
          body['model'] === undefined ? DEFAULT_MODEL : requireText(body, 'model'),
        );
        const results = parseInputs(body['input']).map(moderate);
        const id = `modr-${identifiers.next('moderation', 29)}`;
        return jsonReply({ id, model, results });
      },
    },
  ];
}

function requireKnownModel(id: string): string {
  if (MODELS.has(id)) return id;
  throw new RequestRefused({
    status: 404,
    message: `The model \`${id}\` does not exist or is no moderation model.`,
    type: 'invalid_request_error',
    param: 'model',
    code: 'model_not_found',
  });
}

/** Each text is judged by itself, and the parts of one message together. */
function parseInputs(given: unknown): ModerationInput[] {
  if (given === undefined || given === null) throw missing('input');
  if (typeof given === 'string') return [{ text: given, images: 0 }];
  if (!Array.isArray(given)) throw wrongType('input', 'a string or an array', given);
  if (given.length === 0) throw wrongValue('input', "'input' must not be empty.", 'empty_array');
  const texts = given.filter((item) => typeof item === 'string');
  if (texts.length === given.length) return texts.map((text) => ({ text, images: 0 }));
  const parts = given.map(parsePart);
  return [
    {
      text: parts
        .map(({ text }) => text)
        .filter((text) => text !== '')
        .join('\n'),
      images: parts.reduce((sum, { images }) => sum + images, 0),
    },
  ];
}

function parsePart(given: unknown, index: number): ModerationInput {
  const at = `input[${index}]`;
  if (!isJsonObject(given)) throw wrongType(at, 'an object', given);
  if (given['type'] === 'text') return { text: requireText(given, 'text'), images: 0 };
  if (given['type'] !== 'image_url')
    throw wrongValue(`${at}.type`, `'${at}.type' must be text or image_url.`);
  const image = given['image_url'];
  if (!isJsonObject(image)) throw wrongType(`${at}.image_url`, 'an object', image);
  requireText(image, 'url');
  return { text: '', images: 1 };
}
