import { plainObject, validateWith } from '@integrations/provider';
import * as v from 'valibot';

/** The API's limits on what can be attached to an object. */
const METADATA = { pairs: 16, key: 64, value: 512 };

/** Pairs of texts to attach to an object. */
export function metadataSchema(): v.GenericSchema {
  const pairs = v.record(
    v.pipe(v.string(), v.maxLength(METADATA.key)),
    v.pipe(v.string(), v.maxLength(METADATA.value)),
  );
  return v.pipe(
    plainObject(),
    pairs,
    v.maxEntries(METADATA.pairs, `may have ${METADATA.pairs} pairs at most`),
  );
}

const count = (): v.GenericSchema => v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1)));
const name = (): v.GenericSchema => v.nullish(v.pipe(v.string(), v.nonEmpty()));

// Reading a schema makes it where it is made late; what cannot be sent throws.
const lateSchema = (): v.GenericSchema => v.optional(v.unknown());

/** A tool, or a group of them. */
const toolSchema = (): v.GenericSchema =>
  v.object({
    type: v.string(),
    parameters: lateSchema(),
    tools: v.optional(v.array(v.object({ parameters: lateSchema() }))),
  });

/** The form of the answer. */
const formatSchema = (): v.GenericSchema =>
  v.object({
    type: v.string(),
    name: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
    schema: lateSchema(),
  });

type InputField = 'model' | 'input' | 'instructions' | 'previous_response_id';
type Fields<Name extends string> = Readonly<Record<Name, v.GenericSchema>>;

/** What every request with an input for a model has. */
function inputFields(): Fields<InputField> {
  return {
    model: name(),
    input: v.nullish(v.union([v.string(), v.array(plainObject())])),
    instructions: v.nullish(v.string()),
    previous_response_id: name(),
  };
}

/** A conversation, and what can only be said of requests that may be part of one. */
function conversationFields(): Fields<InputField | 'conversation' | 'tools' | 'text'> {
  return {
    ...inputFields(),
    conversation: v.nullish(
      v.union([
        v.pipe(v.string(), v.nonEmpty()),
        v.object({ id: v.pipe(v.string(), v.nonEmpty()) }),
      ]),
    ),
    tools: v.nullish(v.array(toolSchema())),
    text: v.nullish(v.object({ format: v.nullish(formatSchema()) })),
  };
}

type Continuation = Readonly<Record<'conversation' | 'previous_response_id', unknown>>;

function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Both say what came before, so that only one of them can be right. */
function continuesOnce(schema: v.GenericSchema<unknown, Continuation>): v.GenericSchema {
  return v.pipe(
    schema,
    v.forward(
      v.check(
        ({ conversation, previous_response_id: previous }: Continuation) =>
          isLeftOut(conversation) || isLeftOut(previous),
        'cannot be used with `conversation`',
      ),
      ['previous_response_id'],
    ),
  );
}

/** What can be known before the API is asked; everything else it may judge itself. */
export const validateResponseRequest: (request: unknown) => void = validateWith(
  'openai responses.create',
  () =>
    continuesOnce(
      v.object({
        ...conversationFields(),
        max_output_tokens: count(),
        max_tool_calls: count(),
        metadata: v.nullish(metadataSchema()),
        temperature: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(2))),
        top_p: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
        top_logprobs: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20))),
      }),
    ),
);

/** What can be known of a request to count tokens. */
export const validateInputTokenCount: (request: unknown) => void = validateWith(
  'openai responses.input_tokens.count',
  () => continuesOnce(v.object(conversationFields())),
);

/** What can be known of a request to make a conversation small. */
export const validateCompactRequest: (request: unknown) => void = validateWith(
  'openai responses.compact',
  () => v.object({ ...inputFields(), model: v.nullable(v.pipe(v.string(), v.nonEmpty())) }),
);
