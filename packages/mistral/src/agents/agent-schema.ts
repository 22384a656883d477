import { plainObject, validateWith } from '@integrations/provider';
import * as v from 'valibot';
import { conversationFields } from '../chat/chat-completion-schema.ts';

type Validate = (body: unknown) => void;
type Fields = v.ObjectEntries;

/** The API's limit. */
const LONGEST_VERSION_MESSAGE = 500;

/** Text that is not empty: a name or an id. */
export function filled(): v.GenericSchema {
  return v.pipe(v.string(), v.minLength(1));
}

/** What says how answers are generated: of agents, and of conversations without one. */
export function generationFields(): Fields {
  const { messages: _messages, n: _choices, tools, ...args } = conversationFields();
  return { tools, completion_args: v.nullish(v.pipe(plainObject(), v.object(args))) } as Fields;
}

function agentFields(): Fields {
  return {
    ...generationFields(),
    handoffs: v.nullish(v.pipe(v.array(filled()), v.minLength(1))),
    version_message: v.nullish(v.pipe(v.string(), v.maxLength(LONGEST_VERSION_MESSAGE))),
  };
}

/** What can be known of an agent before the API is asked. */
export const validateAgent: Validate = validateWith('mistral agents.create', () =>
  v.object({ ...agentFields(), model: filled(), name: filled() }),
);

/** What can be known of a change before the API is asked. */
export const validateAgentUpdate: Validate = validateWith('mistral agents.update', () =>
  v.object({ ...agentFields(), model: v.nullish(filled()), name: v.nullish(filled()) }),
);
