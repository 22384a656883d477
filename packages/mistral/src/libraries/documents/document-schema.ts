import { plainObject, uploadableSchema, validateWith } from '@integrations/provider';
import * as v from 'valibot';

/** Checks what `libraries.documents.upload` is given. */
export const validateDocument: (body: unknown) => void = validateWith(
  'mistral libraries.documents.upload',
  () => v.object({ file: uploadableSchema() }),
);

/** Checks what `libraries.documents.update` is given. */
export const validateDocumentUpdate: (body: unknown) => void = validateWith(
  'mistral libraries.documents.update',
  () =>
    v.object({
      name: v.optional(v.pipe(v.string(), v.nonEmpty())),
      attributes: v.nullish(plainObject()),
      expires_at: v.nullish(v.pipe(v.string(), v.nonEmpty())),
    }),
);
