import { createHash } from 'node:crypto';
import { UploadedFile } from '../../form-data.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { missing, requireText, wrongType, wrongValue } from '../request-fields.ts';
import { requireListed } from '../listed-model.ts';

/** What an image is asked for with. */
export interface ImageRequest {
  readonly model: string;
  readonly prompt: string;
  readonly n: number;
  readonly width: number;
  readonly height: number;
  readonly quality: string;
  readonly background: string;
  readonly outputFormat: string;
  readonly stream: boolean;
  readonly partialImages: number;
  /** Whether an address is wanted in place of the image itself. */
  readonly asUrl: boolean;
  /** What the uploaded images are told from others by; empty without any. */
  readonly inputs: string;
}

const MODELS = [
  'gpt-image-1',
  'gpt-image-1-mini',
  'gpt-image-1.5',
  'gpt-image-2',
  'gpt-image-2-2026-04-21',
  'dall-e-2',
  'dall-e-3',
];
const DEFAULT_SIZE = '1024x1024';
const LONGEST_SIDE = 3840;

/** Reads JSON or a form, whose values are texts. @throws RequestRefused 400 that names the parameter */
export function parseImageRequest(body: JsonObject): ImageRequest {
  const model = requireListed(MODELS, parseText(body, 'model', 'gpt-image-1'));
  const isOld = model.startsWith('dall-e');
  const stream = body['stream'] === true || body['stream'] === 'true';
  if (stream && isOld) throw wrongValue('stream', `${model} does not stream.`, 'unsupported_value');
  const given = body['response_format'] ?? undefined;
  if (given !== undefined && !isOld)
    throw wrongValue(
      'response_format',
      "Unknown parameter: 'response_format'.",
      'unknown_parameter',
    );
  return {
    model,
    prompt: requireText(body, 'prompt'),
    n: parseCount(body, 'n', { from: 1, to: 10, usual: 1 }),
    ...parseSize(parseText(body, 'size', 'auto')),
    quality: known(parseText(body, 'quality', 'auto'), 'high'),
    background: known(parseText(body, 'background', 'auto'), 'opaque'),
    outputFormat: parseText(body, 'output_format', 'png'),
    stream,
    partialImages: parseCount(body, 'partial_images', { from: 0, to: 3, usual: 0 }),
    asUrl: isOld && given !== 'b64_json',
    inputs: '',
  };
}

/** Every image that was uploaded, in one short text. @throws RequestRefused 400 where there is none */
export function parseInputs(body: JsonObject): string {
  const { image, mask } = body;
  if (image === undefined) throw missing('image');
  const images: readonly unknown[] = Array.isArray(image) ? image : [image];
  const hash = createHash('sha256');
  for (const file of mask === undefined ? images : [...images, mask]) {
    if (!(file instanceof UploadedFile)) throw wrongType('image', 'a file', file);
    hash.update(file.bytes);
  }
  return hash.digest('hex');
}

function known(value: string, automatic: string): string {
  return value === 'auto' ? automatic : value;
}

function parseText(body: JsonObject, name: string, usual: string): string {
  const value = body[name] ?? usual;
  if (typeof value === 'string') return value;
  throw wrongType(name, 'a string', value);
}

function parseCount(
  body: JsonObject,
  name: string,
  { from, to, usual }: { readonly from: number; readonly to: number; readonly usual: number },
): number {
  const value = body[name] ?? usual;
  const count = isJsonObject(value) ? Number.NaN : Number(value);
  if (Number.isInteger(count) && count >= from && count <= to) return count;
  throw wrongValue(name, `'${name}' must be a whole number from ${from} to ${to}.`);
}

function parseSize(size: string): { readonly width: number; readonly height: number } {
  const [, width = 0, height = 0] =
    /^(\d+)x(\d+)$/.exec(known(size, DEFAULT_SIZE))?.map(Number) ?? [];
  const isRight = [width, height].every((side) => side >= 16 && side <= LONGEST_SIDE);
  if (isRight) return { width, height };
  throw wrongValue('size', `'size' must be auto, or such as ${DEFAULT_SIZE}.`);
}
