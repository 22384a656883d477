import type * as Ours from '@integrations/openai';
import type * as Theirs from 'openai/resources/images';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

// What can be uploaded is a wider choice here; it has tests of its own.
type WithoutFiles<T> = Omit<T, 'image' | 'mask' | 'markup'>;

describe('types of images', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.ImageGenerateRequest, Theirs.ImageGenerateParamsBase>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ImageGenerateStreamRequest, Theirs.ImageGenerateParamsStreaming>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<WithoutFiles<Ours.ImageEditRequest>, WithoutFiles<Theirs.ImageEditParamsBase>>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<
        WithoutFiles<Ours.ImageVariationRequest>,
        WithoutFiles<Theirs.ImageCreateVariationParams>
      >
    >().toEqualTypeOf<true>();
  });

  it('files have the same names', () => {
    expectTypeOf<keyof Ours.ImageEditRequest>().toEqualTypeOf<keyof Theirs.ImageEditParamsBase>();
    expectTypeOf<Blob | readonly Blob[]>().toExtend<Ours.ImageEditRequest['image']>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.ImagesResponse, Theirs.ImagesResponse>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ImageGenStreamEvent, Theirs.ImageGenStreamEvent>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ImageEditStreamEvent, Theirs.ImageEditStreamEvent>
    >().toEqualTypeOf<true>();
  });
});
