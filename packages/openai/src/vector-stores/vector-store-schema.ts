import { type RequestSchema, validateWith } from '@integrations/provider';
import { z } from 'zod/mini';

type Validate = (body: unknown) => void;

const MOST_BATCH_FILES = 2000;

function id(): z.ZodMiniString {
  return z.string().check(z.minLength(1));
}

function chunking(): RequestSchema & z.ZodMiniType {
  return z.optional(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('auto') }),
      z.object({
        type: z.literal('static'),
        static: z.object({
          max_chunk_size_tokens: z.int().check(z.gte(100), z.lte(4096)),
          chunk_overlap_tokens: z.int().check(z.gte(0)),
        }),
      }),
    ]),
  );
}

function expiry(): RequestSchema & z.ZodMiniType {
  return z.object({
    anchor: z.literal('last_active_at'),
    days: z.int().check(z.gte(1), z.lte(365)),
  });
}

function attributes(): RequestSchema & z.ZodMiniType {
  return z.nullable(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])));
}

/** Checks what `vectorStores.create` is given. */
export const validateStore: Validate = validateWith('openai vector_stores.create', () =>
  z.object({
    file_ids: z.optional(z.array(id())),
    chunking_strategy: chunking(),
    expires_after: z.optional(expiry()),
  }),
);

/** Checks what `vectorStores.update` is given. */
export const validateStoreUpdate: Validate = validateWith('openai vector_stores.update', () =>
  z.object({ expires_after: z.nullish(expiry()) }),
);

/** Checks what `vectorStores.search` is given. */
export const validateSearch: Validate = validateWith('openai vector_stores.search', () =>
  z.object({
    query: z.union([id(), z.array(id()).check(z.minLength(1))]),
    max_num_results: z.optional(z.int().check(z.gte(1), z.lte(50))),
    ranking_options: z.optional(
      z.object({ score_threshold: z.optional(z.number().check(z.gte(0), z.lte(1))) }),
    ),
  }),
);

/** Checks what `vectorStores.files.create` is given. */
export const validateFile: Validate = validateWith('openai vector_stores.files.create', () =>
  z.object({
    file_id: id(),
    attributes: z.optional(attributes()),
    chunking_strategy: chunking(),
  }),
);

/** Checks what `vectorStores.files.update` is given. */
export const validateFileUpdate: Validate = validateWith('openai vector_stores.files.update', () =>
  z.object({ attributes: attributes() }),
);

/** Checks what `vectorStores.fileBatches.create` is given. */
export const validateFileBatch: Validate = validateWith(
  'openai vector_stores.file_batches.create',
  () =>
    z
      .object({
        file_ids: z.optional(z.array(id()).check(z.minLength(1), z.maxLength(MOST_BATCH_FILES))),
        files: z.optional(
          z
            .array(z.object({ file_id: id(), chunking_strategy: chunking() }))
            .check(z.minLength(1), z.maxLength(MOST_BATCH_FILES)),
        ),
        attributes: z.optional(attributes()),
        chunking_strategy: chunking(),
      })
      .check(
        z.refine(
          ({ file_ids, files }) => (file_ids === undefined) !== (files === undefined),
          'must have either `file_ids` or `files`',
        ),
      ),
);
