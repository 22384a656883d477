import { uploadableSchema, validateWith } from '@integrations/provider';
import * as v from 'valibot';

function text(): v.GenericSchema {
  return v.pipe(v.string(), v.nonEmpty());
}

/** Checks a request for `call`; nulls have been taken out of it. */
export function validateTranscription(call: string): (body: unknown) => void {
  return validateWith(call, () =>
    v.pipe(
      v.object({
        model: text(),
        file: v.optional(uploadableSchema()),
        file_url: v.optional(text()),
        file_id: v.optional(text()),
        language: v.optional(v.pipe(v.string(), v.regex(/^\w{2}$/))),
        temperature: v.optional(v.pipe(v.number(), v.minValue(0))),
        context_bias: v.optional(v.array(v.pipe(v.string(), v.regex(/^[^,\s]+$/)))),
        timestamp_granularities: v.optional(v.array(v.picklist(['segment', 'word']))),
      }),
      v.check(
        ({ file, file_url: url, file_id: id }) =>
          [file, url, id].filter((source) => source !== undefined).length === 1,
        'must have one of `file`, `file_url` and `file_id`',
      ),
    ),
  );
}
