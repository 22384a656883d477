import {
  type AnswerFacts,
  decodeTypedEvent,
  FORM_BODY,
  type JsonEndpoint,
  type RequestFacts,
  STREAM_END,
  type StreamEndpoint,
} from '@integrations/provider';
import type { ImageEditStreamEvent, ImageGenStreamEvent } from './image-event.ts';
import type {
  ImageEditRequest,
  ImageGenerateRequest,
  ImageVariationRequest,
} from './image-request.ts';
import { validateEdit, validateGenerate, validateVariation } from './image-schema.ts';
import type { ImagesResponse, ImageUsage } from './image.ts';

/** What the requests have in common that telemetry tells of. */
type AnyRequest = ImageGenerateRequest | ImageEditRequest | ImageVariationRequest;

function describeImages(request: AnyRequest): RequestFacts {
  return {
    operation: 'generate_content',
    model: request.model ?? undefined,
    stream: (request as { readonly stream?: unknown }).stream === true ? true : undefined,
    choiceCount: request.n ?? undefined,
    outputType: 'image',
  };
}

function collectUsage(usage: Partial<ImageUsage> | undefined, facts: AnswerFacts): void {
  const { input_tokens: input, output_tokens: output } = usage ?? {};
  if (input === undefined || output === undefined) return;
  const earlier = facts.usage ?? { inputTokens: 0, outputTokens: 0 };
  facts.usage = {
    inputTokens: earlier.inputTokens + input,
    outputTokens: earlier.outputTokens + output,
  };
}

function collectEvent(event: ImageGenStreamEvent | ImageEditStreamEvent, facts: AnswerFacts): void {
  if ('usage' in event) collectUsage(event.usage, facts);
}

/** What all that answer with whole images have in common. */
const MADE = {
  method: 'POST',
  resultKey: 'created',
  describe: describeImages,
  collect: ({ usage }: ImagesResponse, facts: AnswerFacts) => collectUsage(usage, facts),
} as const;

export const GENERATE: JsonEndpoint<ImageGenerateRequest, ImagesResponse> = {
  ...MADE,
  operation: 'images.generate',
  path: '/images/generations',
  validate: validateGenerate,
};

export const EDIT: JsonEndpoint<ImageEditRequest, ImagesResponse> = {
  ...MADE,
  operation: 'images.edit',
  path: '/images/edits',
  encoding: FORM_BODY,
  validate: validateEdit,
};

export const CREATE_VARIATION: JsonEndpoint<ImageVariationRequest, ImagesResponse> = {
  ...MADE,
  operation: 'images.createVariation',
  path: '/images/variations',
  encoding: FORM_BODY,
  validate: validateVariation,
};

/** The last event of a stream is the last finished image; there are as many as were asked for. */
export function endAfter(
  n: number | null | undefined,
): (event: ImageGenStreamEvent | ImageEditStreamEvent) => typeof STREAM_END | undefined {
  let left = n ?? 1;
  return ({ type }) => {
    if (type.endsWith('.completed')) left -= 1;
    return left <= 0 ? STREAM_END : undefined;
  };
}

export const GENERATE_STREAM: Omit<
  StreamEndpoint<ImageGenerateRequest, ImageGenStreamEvent>,
  'endOf'
> = {
  operation: 'images.generate_stream',
  method: 'POST',
  path: '/images/generations',
  validate: validateGenerate,
  describe: describeImages,
  decode: decodeTypedEvent,
  collect: collectEvent,
};

export const EDIT_STREAM: Omit<StreamEndpoint<ImageEditRequest, ImageEditStreamEvent>, 'endOf'> = {
  operation: 'images.edit_stream',
  method: 'POST',
  path: '/images/edits',
  encoding: FORM_BODY,
  validate: validateEdit,
  describe: describeImages,
  decode: decodeTypedEvent,
  collect: collectEvent,
};
