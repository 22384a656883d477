import { validateWith } from '@integrations/provider';
import * as v from 'valibot';

const CHUNK_CHARACTERS = { least: 256, most: 32_768 };

/** Checks what `libraries.create` is given. */
export const validateLibrary: (body: unknown) => void = validateWith(
  'mistral libraries.create',
  () =>
    v.object({
      name: v.pipe(v.string(), v.nonEmpty()),
      owner_type: v.nullish(v.picklist(['User', 'Workspace'])),
      chunk_size: v.nullish(
        v.pipe(
          v.number(),
          v.integer(),
          v.minValue(CHUNK_CHARACTERS.least),
          v.maxValue(CHUNK_CHARACTERS.most),
        ),
      ),
    }),
);

/** Checks what `libraries.update` is given. */
export const validateLibraryUpdate: (body: unknown) => void = validateWith(
  'mistral libraries.update',
  () => v.object({ name: v.optional(v.pipe(v.string(), v.nonEmpty())) }),
);
