import { uploadableSchema, validateWith } from '@integrations/provider';
import * as v from 'valibot';

const MOST_IMAGES = 10;
const MOST_INPUTS = 16;
const MOST_PARTIAL_IMAGES = 3;

const count = (least: number, most: number): v.GenericSchema =>
  v.nullish(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)));

/** What new and edited images have in common. */
const shared = (): Record<string, v.GenericSchema> => ({
  prompt: v.pipe(v.string(), v.nonEmpty(), v.maxLength(32_000)),
  n: count(1, MOST_IMAGES),
  output_compression: count(0, 100),
  partial_images: count(0, MOST_PARTIAL_IMAGES),
});

/** Checks what `images.generate` is given. */
export const validateGenerate: (body: unknown) => void = validateWith(
  'openai images.generate',
  () => v.object(shared()),
);

/** Checks what `images.edit` is given. */
export const validateEdit: (body: unknown) => void = validateWith('openai images.edit', () =>
  v.object({
    ...shared(),
    image: v.union([
      uploadableSchema(),
      v.pipe(v.array(uploadableSchema()), v.nonEmpty(), v.maxLength(MOST_INPUTS)),
    ]),
    markup: v.optional(uploadableSchema()),
    mask: v.optional(uploadableSchema()),
  }),
);

/** Checks what `images.createVariation` is given. */
export const validateVariation: (body: unknown) => void = validateWith(
  'openai images.createVariation',
  () =>
    v.object({
      image: uploadableSchema(),
      n: count(1, MOST_IMAGES),
      size: v.nullish(v.picklist(['256x256', '512x512', '1024x1024'])),
    }),
);
