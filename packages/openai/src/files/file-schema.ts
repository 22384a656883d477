import { type RequestSchema, validateWith } from '@integrations/provider';
import { z } from 'zod/mini';

/** What files may be for. */
export const FILE_PURPOSES = [
  'assistants',
  'batch',
  'fine-tune',
  'vision',
  'user_data',
  'evals',
] as const;

const EXPIRY_SECONDS = { least: 3600, most: 2_592_000 };

/** Of `expires_after`, for files and for what makes files. */
export function expirySchema(): RequestSchema & z.ZodMiniType {
  return z.object({
    anchor: z.literal('created_at'),
    seconds: z.int().check(z.gte(EXPIRY_SECONDS.least), z.lte(EXPIRY_SECONDS.most)),
  });
}

/** Something that can be uploaded: what kind it is shows when it is read. */
export function uploadableSchema(): RequestSchema & z.ZodMiniType {
  return z.custom<object>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be a File, a Blob, bytes, a Response, a stream, or what fileFromPath() or toStreamingFile() makes',
  );
}

/** Checks what `files.create` is given. */
export const validateFile: (body: unknown) => void = validateWith('openai files.create', () =>
  z.object({
    file: uploadableSchema(),
    purpose: z.enum(FILE_PURPOSES),
    expires_after: z.optional(expirySchema()),
  }),
);
