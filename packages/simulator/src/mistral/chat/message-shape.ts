import type { JsonObject } from '../../json-value.ts';
import {
  anything,
  dictionary,
  either,
  flag,
  integer,
  list,
  nullable,
  oneOf,
  optional,
  record,
  type Shape,
  tagged,
  text,
} from '../shape.ts';

/** A part of a message's content; what else it has depends on its type. */
export interface ContentPart {
  readonly type: string;
  readonly text?: string;
}

/** A call of a function, as an assistant's message brings it back. */
export interface GivenToolCall {
  readonly id: string | undefined;
  readonly function: { readonly name: string; readonly arguments: string | JsonObject };
}

/** A message as a request has it. */
export interface GivenMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content?: string | readonly ContentPart[] | undefined;
  readonly tool_calls?: readonly GivenToolCall[] | undefined;
  readonly tool_call_id?: string | undefined;
  readonly name?: string | undefined;
  readonly prefix?: boolean | undefined;
}

const TEXT = record({ type: oneOf('text'), text });
const REFERENCE = record({
  type: oneOf('reference'),
  reference_ids: list(either(integer(), text)),
});
const TOOL_REFERENCE = record(
  { type: oneOf('tool_reference'), tool: text, title: text },
  { open: true },
);
const THINKING = record({
  type: oneOf('thinking'),
  thinking: list(
    tagged<ContentPart>('type', {
      text: TEXT,
      reference: REFERENCE,
      tool_reference: TOOL_REFERENCE,
    }),
  ),
  signature: nullable(text),
  closed: optional(flag),
});

const PARTS: Readonly<Record<string, Shape<ContentPart>>> = {
  text: TEXT,
  thinking: THINKING,
  reference: REFERENCE,
  image_url: record({
    type: oneOf('image_url'),
    image_url: either(text, record({ url: text, detail: nullable(text) })),
  }),
  document_url: record({
    type: oneOf('document_url'),
    document_url: text,
    document_name: nullable(text),
  }),
  file: record({ type: oneOf('file'), file_id: text }),
  input_audio: record({ type: oneOf('input_audio'), input_audio: anything }),
};

/** The parts that a content may have, whoever says it. */
export const CONTENT_PART: Shape<ContentPart> = tagged('type', PARTS);

const CONTENT = either(text, list(CONTENT_PART));
const SYSTEM_CONTENT = either(
  text,
  list(tagged<ContentPart>('type', { text: TEXT, thinking: THINKING })),
);
const TOOL_CALL = record({
  id: optional(text),
  type: optional(oneOf('function')),
  function: record({ name: text, arguments: either(text, dictionary) }),
  index: optional(integer()),
});

/** A message of a chat. */
export const MESSAGE: Shape<GivenMessage> = tagged<GivenMessage>('role', {
  system: record({ role: oneOf('system'), content: SYSTEM_CONTENT }),
  user: record({ role: oneOf('user'), content: nullable(CONTENT) }),
  assistant: record({
    role: oneOf('assistant'),
    content: nullable(CONTENT),
    tool_calls: nullable(list(TOOL_CALL)),
    prefix: optional(flag),
  }),
  tool: record({
    role: oneOf('tool'),
    content: nullable(CONTENT),
    tool_call_id: nullable(text),
    name: nullable(text),
  }),
});

/** The text of a content; images and the like have none, and thoughts are not said. */
export function textOf(content: GivenMessage['content']): string {
  if (content === undefined || typeof content === 'string') return content ?? '';
  return content
    .flatMap(({ type, text: said }) => (type === 'text' ? [said ?? ''] : []))
    .join('\n\n');
}
