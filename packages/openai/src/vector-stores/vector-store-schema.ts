import { plainObject, type RequestSchema, validateWith } from '@integrations/provider';
import * as v from 'valibot';

type Validate = (body: unknown) => void;

const MOST_BATCH_FILES = 2000;

function id(): v.GenericSchema<string> {
  return v.pipe(v.string(), v.nonEmpty());
}

function chunking(): RequestSchema {
  return v.optional(
    v.variant('type', [
      v.object({ type: v.literal('auto') }),
      v.object({
        type: v.literal('static'),
        static: v.object({
          max_chunk_size_tokens: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(4096)),
          chunk_overlap_tokens: v.pipe(v.number(), v.integer(), v.minValue(0)),
        }),
      }),
    ]),
  );
}

function expiry(): RequestSchema {
  return v.object({
    anchor: v.literal('last_active_at'),
    days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)),
  });
}

function attributes(): RequestSchema {
  return v.nullable(
    v.pipe(
      plainObject(),
      v.record(v.string(), v.union([v.string(), v.pipe(v.number(), v.finite()), v.boolean()])),
    ),
  );
}

/** Checks what `vectorStores.create` is given. */
export const validateStore: Validate = validateWith('openai vector_stores.create', () =>
  v.object({
    file_ids: v.optional(v.array(id())),
    chunking_strategy: chunking(),
    expires_after: v.optional(expiry()),
  }),
);

/** Checks what `vectorStores.update` is given. */
export const validateStoreUpdate: Validate = validateWith('openai vector_stores.update', () =>
  v.object({ expires_after: v.nullish(expiry()) }),
);

/** Checks what `vectorStores.search` is given. */
export const validateSearch: Validate = validateWith('openai vector_stores.search', () =>
  v.object({
    query: v.union([id(), v.pipe(v.array(id()), v.nonEmpty())]),
    max_num_results: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50))),
    ranking_options: v.optional(
      v.object({ score_threshold: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))) }),
    ),
  }),
);

/** Checks what `vectorStores.files.create` is given. */
export const validateFile: Validate = validateWith('openai vector_stores.files.create', () =>
  v.object({
    file_id: id(),
    attributes: v.optional(attributes()),
    chunking_strategy: chunking(),
  }),
);

/** Checks what `vectorStores.files.update` is given. */
export const validateFileUpdate: Validate = validateWith('openai vector_stores.files.update', () =>
  v.object({ attributes: attributes() }),
);

/** Checks what `vectorStores.fileBatches.create` is given. */
export const validateFileBatch: Validate = validateWith(
  'openai vector_stores.file_batches.create',
  () =>
    v.pipe(
      v.object({
        file_ids: v.optional(v.pipe(v.array(id()), v.nonEmpty(), v.maxLength(MOST_BATCH_FILES))),
        files: v.optional(
          v.pipe(
            v.array(v.object({ file_id: id(), chunking_strategy: chunking() })),
            v.nonEmpty(),
            v.maxLength(MOST_BATCH_FILES),
          ),
        ),
        attributes: v.optional(attributes()),
        chunking_strategy: chunking(),
      }),
      v.check(
        ({ file_ids, files }) => (file_ids === undefined) !== (files === undefined),
        'must have either `file_ids` or `files`',
      ),
    ),
);
