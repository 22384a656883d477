import { validateWith } from '@integrations/provider';
import { z } from 'zod/mini';

/** The API's limits on what can be attached to an object. */
const METADATA = { pairs: 16, key: 64, value: 512 };

/** Pairs of texts to attach to an object. */
export function metadataSchema(): z.ZodMiniType {
  const pairs = z.record(
    z.string().check(z.maxLength(METADATA.key)),
    z.string().check(z.maxLength(METADATA.value)),
  );
  const message = `may have ${METADATA.pairs} pairs at most`;
  return pairs.check(z.refine((given) => Object.keys(given).length <= METADATA.pairs, message));
}

const count = (): z.ZodMiniType => z.nullish(z.int().check(z.gte(1)));
const name = (): z.ZodMiniType => z.nullish(z.string().check(z.minLength(1)));

// Reading a schema makes it where it is made late; what cannot be sent throws.
const lateSchema = (): z.ZodMiniType => z.optional(z.unknown());

/** A tool, or a group of them. */
const toolSchema = (): z.ZodMiniType =>
  z.object({
    type: z.string(),
    parameters: lateSchema(),
    tools: z.optional(z.array(z.object({ parameters: lateSchema() }))),
  });

/** The form of the answer. */
const formatSchema = (): z.ZodMiniType =>
  z.object({
    type: z.string(),
    name: z.optional(z.string().check(z.regex(/^[\w-]{1,64}$/))),
    schema: lateSchema(),
  });

/** What every request with an input for a model has. */
function inputFields(): Record<string, z.ZodMiniType> {
  return {
    model: name(),
    input: z.nullish(z.union([z.string(), z.array(z.looseObject({}))])),
    instructions: z.nullish(z.string()),
    previous_response_id: name(),
  };
}

/** A conversation, and what can only be said of requests that may be part of one. */
function conversationFields(): Record<string, z.ZodMiniType> {
  return {
    ...inputFields(),
    conversation: z.nullish(
      z.union([
        z.string().check(z.minLength(1)),
        z.object({ id: z.string().check(z.minLength(1)) }),
      ]),
    ),
    tools: z.nullish(z.array(toolSchema())),
    text: z.nullish(z.object({ format: z.nullish(formatSchema()) })),
  };
}

interface Continuation {
  readonly conversation?: unknown;
  readonly previous_response_id?: unknown;
}

function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Both say what came before, so that only one of them can be right. */
function continuesOnce(schema: z.ZodMiniObject): z.ZodMiniType {
  return schema.check(
    z.refine(
      ({ conversation, previous_response_id: previous }: Continuation) =>
        isLeftOut(conversation) || isLeftOut(previous),
      { path: ['previous_response_id'], error: 'cannot be used with `conversation`' },
    ),
  );
}

/** What can be known before the API is asked; everything else it may judge itself. */
export const validateResponseRequest: (request: unknown) => void = validateWith(
  'openai responses.create',
  () =>
    continuesOnce(
      z.object({
        ...conversationFields(),
        max_output_tokens: count(),
        max_tool_calls: count(),
        metadata: z.nullish(metadataSchema()),
        temperature: z.nullish(z.number().check(z.gte(0), z.lte(2))),
        top_p: z.nullish(z.number().check(z.gte(0), z.lte(1))),
        top_logprobs: z.nullish(z.int().check(z.gte(0), z.lte(20))),
      }),
    ),
);

/** What can be known of a request to count tokens. */
export const validateInputTokenCount: (request: unknown) => void = validateWith(
  'openai responses.input_tokens.count',
  () => continuesOnce(z.object(conversationFields())),
);

/** What can be known of a request to make a conversation small. */
export const validateCompactRequest: (request: unknown) => void = validateWith(
  'openai responses.compact',
  () => z.object({ ...inputFields(), model: z.nullable(z.string().check(z.minLength(1))) }),
);
