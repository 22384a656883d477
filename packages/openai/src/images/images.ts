import {
  type Caller,
  type CallOptions,
  type ResponsePromise,
  type StreamOptions,
  withoutNulls,
  type WithRequestId,
} from '@integrations/provider';
import {
  CREATE_VARIATION,
  EDIT,
  EDIT_STREAM,
  endAfter,
  GENERATE,
  GENERATE_STREAM,
} from './image-endpoints.ts';
import type { ImageEditStreamEvent, ImageGenStreamEvent } from './image-event.ts';
import type {
  ImageEditRequest,
  ImageEditStreamRequest,
  ImageGenerateRequest,
  ImageGenerateStreamRequest,
  ImageVariationRequest,
} from './image-request.ts';
import { ImageStream } from './image-stream.ts';
import type { ImagesResponse } from './image.ts';

type WholeRequest<Request> = Request & { readonly stream?: false | null | undefined };

function isStreaming(request: { readonly stream?: unknown }): boolean {
  // Callers without types may pass nothing at all; validation tells them so.
  return (request as typeof request | undefined)?.stream === true;
}

/** `/images`. */
export class Images {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** New images, while they are made. `POST /images/generations` */
  generate(
    request: ImageGenerateStreamRequest,
    options?: StreamOptions,
  ): ResponsePromise<ImageStream<ImageGenStreamEvent>>;
  /** New images. `POST /images/generations` */
  generate(
    request: WholeRequest<ImageGenerateRequest>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ImagesResponse>>;
  generate(
    request: ImageGenerateRequest,
    options?: StreamOptions,
  ):
    | ResponsePromise<ImageStream<ImageGenStreamEvent>>
    | ResponsePromise<WithRequestId<ImagesResponse>>;
  generate(
    request: ImageGenerateRequest,
    options?: StreamOptions,
  ):
    | ResponsePromise<ImageStream<ImageGenStreamEvent>>
    | ResponsePromise<WithRequestId<ImagesResponse>> {
    if (!isStreaming(request)) return this.#caller.call(GENERATE, { body: request }, options);
    return this.#caller.stream(
      { ...GENERATE_STREAM, endOf: endAfter(request.n) },
      { body: request },
      options,
      (reader) => new ImageStream(reader),
    );
  }

  /** Edited images, while they are made. `POST /images/edits` */
  edit(
    request: ImageEditStreamRequest,
    options?: StreamOptions,
  ): ResponsePromise<ImageStream<ImageEditStreamEvent>>;
  /** Edited images, or new ones made of several. `POST /images/edits` */
  edit(
    request: WholeRequest<ImageEditRequest>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ImagesResponse>>;
  edit(
    request: ImageEditRequest,
    options?: StreamOptions,
  ):
    | ResponsePromise<ImageStream<ImageEditStreamEvent>>
    | ResponsePromise<WithRequestId<ImagesResponse>>;
  edit(
    request: ImageEditRequest,
    options?: StreamOptions,
  ):
    | ResponsePromise<ImageStream<ImageEditStreamEvent>>
    | ResponsePromise<WithRequestId<ImagesResponse>> {
    const body = withoutNulls(request);
    if (!isStreaming(request)) return this.#caller.call(EDIT, { body }, options);
    return this.#caller.stream(
      { ...EDIT_STREAM, endOf: endAfter(request.n) },
      { body },
      options,
      (reader) => new ImageStream(reader),
    );
  }

  /**
   * Variations of an image. `POST /images/variations`
   *
   * @deprecated OpenAI switched it off, which is a `GoneError`; other servers may have it.
   */
  createVariation(
    request: ImageVariationRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ImagesResponse>> {
    return this.#caller.call(CREATE_VARIATION, { body: withoutNulls(request) }, options);
  }
}
