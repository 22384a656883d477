import { validateWith } from '@integrations/provider';
import * as v from 'valibot';
import { TOOL_CALL_ID } from './tool-call-id.ts';

/** The API's limit on the tools of one request. */
const MOST_TOOLS = 128;

const FOREIGN_ID =
  'must have nine letters or digits, as the API gives them. `toMistralToolCallId` makes such ids of those of other providers';

/** Fields of a request, with what each must be. */
type Fields = v.ObjectEntries;

function text(): v.GenericSchema {
  return v.pipe(v.string(), v.minLength(1));
}

function name(): v.GenericSchema {
  return v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/));
}

function count(least: number): v.GenericSchema {
  return v.nullish(v.pipe(v.number(), v.integer(), v.minValue(least)));
}

function penalty(): v.GenericSchema {
  return v.nullish(v.pipe(v.number(), v.minValue(-2), v.maxValue(2)));
}

/** An id that is left out, or that says it is none, is for the server to judge. */
function toolCallId(): v.GenericSchema {
  const pattern = new RegExp(`^null$|${TOOL_CALL_ID.source}`);
  return v.nullish(v.pipe(v.string(), v.regex(pattern, FOREIGN_ID)));
}

function messages(): v.GenericSchema {
  return v.pipe(
    v.array(
      v.object({
        role: v.picklist(['system', 'user', 'assistant', 'tool']),
        tool_call_id: toolCallId(),
        tool_calls: v.nullish(v.array(v.object({ id: toolCallId() }))),
      }),
    ),
    v.minLength(1),
  );
}

/** What every request for a text may have: chat, code and agents. */
export function samplingFields(): Fields {
  return {
    temperature: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1.5))),
    top_p: v.nullish(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))),
    max_tokens: count(0),
    random_seed: count(0),
  };
}

/** What every request for a turn of a conversation may have: chat and agents. */
export function conversationFields(): Fields {
  return {
    ...samplingFields(),
    messages: messages(),
    frequency_penalty: penalty(),
    presence_penalty: penalty(),
    n: count(1),
    // Reading a schema makes it where it is made late; what cannot be sent throws.
    tools: v.nullish(
      v.pipe(
        v.array(
          v.object({
            type: v.nullish(v.string()),
            function: v.nullish(v.object({ name: name(), parameters: v.nullish(v.unknown()) })),
          }),
        ),
        v.maxLength(MOST_TOOLS),
      ),
    ),
    response_format: v.nullish(
      v.object({
        type: v.nullish(v.string()),
        json_schema: v.nullish(v.object({ name: text(), schema: v.unknown() })),
      }),
    ),
  };
}

/** What can be known before the API is asked; everything else it may judge itself. */
export const validateChatCompletion: (request: unknown) => void = validateWith(
  'mistral chat.create',
  () => v.object({ model: text(), ...conversationFields() }),
);
