import type { Route } from '../../protocol.ts';
import { jsonReply, type Reply, type ServerEvent } from '../../reply.ts';
import { countTokens } from '../../tokens.ts';
import { epochSeconds } from '../../wall-time.ts';
import { requireObjectBody } from '../request-fields.ts';
import { draw } from './drawing.ts';
import { type ImageRequest, parseImageRequest, parseInputs } from './image-request.ts';

/** Tokens of a square image of 1024 pixels. */
const TOKENS_OF_QUALITY: Readonly<Record<string, number>> = { low: 272, medium: 1056, high: 4160 };
const SQUARE = 1024 * 1024;
const INPUT_IMAGE_TOKENS = 323;

/** /v1/images: the images are PNG whatever they are asked for as. There are no variations: the API has none any more. */
export function imageRoutes(): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/images/generations',
      handle: ({ body }) =>
        imageReply(parseImageRequest(requireObjectBody(body)), 'image_generation'),
    },
    {
      method: 'POST',
      path: '/v1/images/edits',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const inputs = parseInputs(body);
        return imageReply({ ...parseImageRequest(body), inputs }, 'image_edit');
      },
    },
  ];
}

function imageReply(request: ImageRequest, kind: 'image_generation' | 'image_edit'): Reply {
  if (request.stream) return streamReply(request, kind);
  const { model, n } = request;
  const images = Array.from({ length: n }, (_, index) => imageObject(request, index));
  const created = epochSeconds();
  // The older models are charged by the image.
  if (model.startsWith('dall-e')) return jsonReply({ created, data: images });
  return jsonReply({ created, ...look(request), data: images, usage: usageOf(request, n) });
}

function imageObject(request: ImageRequest, index: number): object {
  const base64 = encode(request, index);
  return request.asUrl ? { url: `data:image/png;base64,${base64}` } : { b64_json: base64 };
}

function encode(
  { prompt, inputs, width, height }: ImageRequest,
  index: number,
  finished = 1,
): string {
  const subject = `${prompt}\0${inputs}\0${index}`;
  return draw({ subject, width, height, finished }).toString('base64');
}

function look({ background, outputFormat, quality, width, height }: ImageRequest): object {
  return { background, output_format: outputFormat, quality, size: `${width}x${height}` };
}

function usageOf({ prompt, inputs, quality, width, height }: ImageRequest, n: number): object {
  const text = countTokens(prompt);
  const image = inputs === '' ? 0 : INPUT_IMAGE_TOKENS;
  const each = Math.ceil(((TOKENS_OF_QUALITY[quality] ?? 1056) * width * height) / SQUARE);
  return {
    input_tokens: text + image,
    input_tokens_details: { text_tokens: text, image_tokens: image },
    output_tokens: each * n,
    total_tokens: text + image + each * n,
  };
}

function streamReply(request: ImageRequest, kind: string): Reply {
  const { n, partialImages } = request;
  const created_at = epochSeconds();
  const toEvent = (type: string, more: object): ServerEvent => ({
    event: `${kind}.${type}`,
    data: JSON.stringify({ type: `${kind}.${type}`, created_at, ...look(request), ...more }),
  });
  const events = Array.from({ length: n }, (_, index) => [
    ...Array.from({ length: partialImages }, (_none, part) =>
      toEvent('partial_image', {
        b64_json: encode(request, index, (part + 1) / (partialImages + 1)),
        partial_image_index: part,
      }),
    ),
    toEvent('completed', { b64_json: encode(request, index), usage: usageOf(request, 1) }),
  ]).flat();
  const last = events.at(-1) ?? { data: '' };
  return { kind: 'events', events: events.slice(0, -1), terminator: last, body: {}, tokens: 0 };
}
