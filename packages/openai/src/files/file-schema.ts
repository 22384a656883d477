import { type RequestSchema, uploadableSchema, validateWith } from '@integrations/provider';
import * as v from 'valibot';

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
export function expirySchema(): RequestSchema {
  return v.object({
    anchor: v.literal('created_at'),
    seconds: v.pipe(
      v.number(),
      v.integer(),
      v.minValue(EXPIRY_SECONDS.least),
      v.maxValue(EXPIRY_SECONDS.most),
    ),
  });
}

/** Checks what `files.create` is given. */
export const validateFile: (body: unknown) => void = validateWith('openai files.create', () =>
  v.object({
    file: uploadableSchema(),
    purpose: v.picklist(FILE_PURPOSES),
    expires_after: v.optional(expirySchema()),
  }),
);
