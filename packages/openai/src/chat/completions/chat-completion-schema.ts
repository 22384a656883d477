import { validateWith } from '@integrations/provider';
import { z } from 'zod/mini';

const penalty = (): z.ZodMiniType => z.nullish(z.number().check(z.gte(-2), z.lte(2)));
const count = (): z.ZodMiniType => z.nullish(z.int().check(z.gte(1)));

const name = (): z.ZodMiniType => z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/));

/** What can be known before the API is asked; everything else it may judge itself. */
export const validateChatCompletion: (request: unknown) => void = validateWith(
  'openai chat.create',
  () =>
    z.object({
      model: z.string().check(z.minLength(1)),
      messages: z
        .array(
          z.object({
            role: z.enum(['developer', 'system', 'user', 'assistant', 'tool', 'function']),
          }),
        )
        .check(z.minLength(1)),
      frequency_penalty: penalty(),
      presence_penalty: penalty(),
      max_completion_tokens: count(),
      max_tokens: count(),
      n: z.nullish(z.int().check(z.gte(1), z.lte(128))),
      temperature: z.nullish(z.number().check(z.gte(0), z.lte(2))),
      top_p: z.nullish(z.number().check(z.gte(0), z.lte(1))),
      top_logprobs: z.nullish(z.int().check(z.gte(0), z.lte(20))),
      // Reading a schema makes it where it is made late; what cannot be sent throws.
      tools: z.optional(
        z
          .array(
            z.object({
              type: z.string(),
              function: z.optional(z.object({ name: name(), parameters: z.optional(z.unknown()) })),
            }),
          )
          .check(z.maxLength(128)),
      ),
      response_format: z.nullish(
        z.object({
          type: z.string(),
          json_schema: z.optional(z.object({ name: name(), schema: z.optional(z.unknown()) })),
        }),
      ),
    }),
);
