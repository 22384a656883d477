import type { JsonObject } from '../../json-value.ts';
import { CONTENT_PART, type ContentPart } from '../chat/message-shape.ts';
import {
  dictionary,
  either,
  filledText,
  flag,
  list,
  nullable,
  oneOf,
  optional,
  record,
  type Shape,
  tagged,
  text,
} from '../shape.ts';

/** An entry as it is given, before it has an id and a time of its own. */
export type GivenEntry =
  | {
      readonly type: 'message.input';
      readonly role: 'user' | 'assistant';
      readonly content: string | readonly ContentPart[];
      readonly prefix?: boolean | undefined;
    }
  | {
      readonly type: 'message.output';
      readonly role?: 'assistant' | undefined;
      readonly content: string | readonly ContentPart[];
    }
  | {
      readonly type: 'function.call';
      readonly tool_call_id: string;
      readonly name: string;
      readonly arguments: string | JsonObject;
    }
  | { readonly type: 'function.result'; readonly tool_call_id: string; readonly result: string }
  | { readonly type: 'tool.execution'; readonly name: string; readonly arguments: string }
  | { readonly type: 'agent.handoff'; readonly next_agent_id: string };

const ANY = {
  object: optional(oneOf('entry')),
  id: optional(text),
  created_at: optional(text),
  completed_at: nullable(text),
};
const MADE = { ...ANY, agent_id: nullable(text), model: nullable(text) };

const TOOL_PARTS: Shape<ContentPart> = tagged<ContentPart>('type', {
  tool_file: record({ type: oneOf('tool_file'), tool: text, file_id: text }, { open: true }),
  tool_reference: record(
    { type: oneOf('tool_reference'), tool: text, title: text },
    { open: true },
  ),
});
const CONTENT = either(text, list(either(CONTENT_PART, TOOL_PARTS)));

const MESSAGE = record({
  ...ANY,
  type: optional(oneOf('message.input')),
  role: oneOf('user', 'assistant'),
  content: CONTENT,
  prefix: optional(flag),
});

const TYPED: Shape<GivenEntry> = tagged<GivenEntry>('type', {
  'message.input': (value, at) => ({ ...MESSAGE(value, at), type: 'message.input' }),
  'message.output': record({
    ...MADE,
    type: oneOf('message.output'),
    role: optional(oneOf('assistant')),
    content: CONTENT,
  }),
  'function.call': record({
    ...MADE,
    type: oneOf('function.call'),
    tool_call_id: filledText,
    name: filledText,
    arguments: either(text, dictionary),
    confirmation_status: nullable(oneOf('pending', 'allowed', 'denied')),
  }),
  'function.result': record({
    ...ANY,
    type: oneOf('function.result'),
    tool_call_id: filledText,
    result: text,
  }),
  'tool.execution': record({
    ...MADE,
    type: oneOf('tool.execution'),
    name: text,
    arguments: text,
    info: optional(dictionary),
  }),
  'agent.handoff': record({
    ...ANY,
    type: oneOf('agent.handoff'),
    previous_agent_id: text,
    previous_agent_name: text,
    next_agent_id: text,
    next_agent_name: text,
  }),
});

/** An entry; one without a type is a message. */
const ENTRY: Shape<GivenEntry> = (value, at) => {
  if (dictionary(value, at)['type'] !== undefined) return TYPED(value, at);
  return { ...MESSAGE(value, at), type: 'message.input' };
};

const ENTRIES = list(ENTRY);

/** What goes into a conversation: a text is a message of the user's. */
export const INPUTS: Shape<readonly GivenEntry[]> = (value, at) => {
  if (typeof value !== 'string') return ENTRIES(value, at);
  return [{ type: 'message.input', role: 'user', content: value }];
};
