import { validateWith } from '@integrations/provider';
import * as v from 'valibot';

const penalty = (): v.GenericSchema => v.nullish(v.pipe(v.number(), v.minValue(-2), v.maxValue(2)));
const count = (): v.GenericSchema => v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1)));

const name = (): v.GenericSchema => v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/));

/** What can be known before the API is asked; everything else it may judge itself. */
export const validateChatCompletion: (request: unknown) => void = validateWith(
  'openai chat.create',
  () =>
    v.object({
      model: v.pipe(v.string(), v.nonEmpty()),
      messages: v.pipe(
        v.array(
          v.object({
            role: v.picklist(['developer', 'system', 'user', 'assistant', 'tool', 'function']),
          }),
        ),
        v.nonEmpty(),
      ),
      frequency_penalty: penalty(),
      presence_penalty: penalty(),
      max_completion_tokens: count(),
      max_tokens: count(),
      n: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(128))),
      temperature: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(2))),
      top_p: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      top_logprobs: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20))),
      // Reading a schema makes it where it is made late; what cannot be sent throws.
      tools: v.optional(
        v.pipe(
          v.array(
            v.object({
              type: v.string(),
              function: v.optional(v.object({ name: name(), parameters: v.optional(v.unknown()) })),
            }),
          ),
          v.maxLength(128),
        ),
      ),
      response_format: v.nullish(
        v.object({
          type: v.string(),
          json_schema: v.optional(v.object({ name: name(), schema: v.optional(v.unknown()) })),
        }),
      ),
    }),
);
