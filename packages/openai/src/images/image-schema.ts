import { validateWith } from '@integrations/provider';
import { z } from 'zod/mini';
import { uploadableSchema } from '../files/file-schema.ts';

const MOST_IMAGES = 10;
const MOST_INPUTS = 16;
const MOST_PARTIAL_IMAGES = 3;

const count = (least: number, most: number): z.ZodMiniType =>
  z.nullish(z.int().check(z.gte(least), z.lte(most)));

/** What new and edited images have in common. */
const shared = (): Record<string, z.ZodMiniType> => ({
  prompt: z.string().check(z.minLength(1), z.maxLength(32_000)),
  n: count(1, MOST_IMAGES),
  output_compression: count(0, 100),
  partial_images: count(0, MOST_PARTIAL_IMAGES),
});

/** Checks what `images.generate` is given. */
export const validateGenerate: (body: unknown) => void = validateWith(
  'openai images.generate',
  () => z.object(shared()),
);

/** Checks what `images.edit` is given. */
export const validateEdit: (body: unknown) => void = validateWith('openai images.edit', () =>
  z.object({
    ...shared(),
    image: z.union([
      uploadableSchema(),
      z.array(uploadableSchema()).check(z.minLength(1), z.maxLength(MOST_INPUTS)),
    ]),
    markup: z.optional(uploadableSchema()),
    mask: z.optional(uploadableSchema()),
  }),
);

/** Checks what `images.createVariation` is given. */
export const validateVariation: (body: unknown) => void = validateWith(
  'openai images.createVariation',
  () =>
    z.object({
      image: uploadableSchema(),
      n: count(1, MOST_IMAGES),
      size: z.nullish(z.enum(['256x256', '512x512', '1024x1024'])),
    }),
);
