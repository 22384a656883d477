import { plainObject, validateWith } from '@integrations/provider';
import * as v from 'valibot';

const MOST_INLINE_REQUESTS = 10_000;

interface Inputs {
  readonly input_files?: readonly string[] | null | undefined;
  readonly requests?: readonly object[] | null | undefined;
}

function hasInput({ input_files: files, requests }: Inputs): boolean {
  return (files?.length ?? 0) > 0 || (requests?.length ?? 0) > 0;
}

/** Checks what `batch.create` is given. */
export const validateBatch: (body: unknown) => void = validateWith('mistral batch.create', () =>
  v.pipe(
    v.object({
      endpoint: v.pipe(v.string(), v.startsWith('/v1/', 'must be a path that begins with /v1/')),
      input_files: v.nullish(v.array(v.pipe(v.string(), v.minLength(1)))),
      requests: v.nullish(
        v.pipe(v.array(v.object({ body: plainObject() })), v.maxLength(MOST_INLINE_REQUESTS)),
      ),
      model: v.nullish(v.pipe(v.string(), v.minLength(1))),
      agent_id: v.nullish(v.pipe(v.string(), v.minLength(1))),
      metadata: v.nullish(
        v.pipe(
          plainObject(),
          v.record(
            v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
            v.pipe(v.string(), v.minLength(1), v.maxLength(512)),
          ),
        ),
      ),
      timeout_hours: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(168))),
    }),
    v.check((body) => hasInput(body), 'needs `input_files` or `requests`, with at least one in it'),
  ),
);
