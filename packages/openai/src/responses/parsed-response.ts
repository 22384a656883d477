import type { ResponseOutputRefusal, ResponseOutputText } from './content/output-content.ts';
import type { ResponseFunctionToolCall } from './items/function-call-item.ts';
import type { ResponseOutputItem } from './items/item.ts';
import type { ResponseOutputMessage } from './items/message-item.ts';
import type { Response } from './response.ts';

/** A text that has been read. */
export interface ParsedOutputText<Output> extends ResponseOutputText {
  /** What the schema made of it; null without one, and for remarks on the way. */
  parsed: Output | null;
}

/** A message of the model's whose texts have been read. */
export interface ParsedOutputMessage<Output> extends ResponseOutputMessage {
  content: (ParsedOutputText<Output> | ResponseOutputRefusal)[];
}

/** A call of a function whose arguments have been read. */
export interface ParsedResponseFunctionToolCall extends ResponseFunctionToolCall {
  /** What the tool's schema made of the arguments; null for tools without a strict schema, and in `runTools`. */
  parsed_arguments: unknown;
}

/** Something that the model made, read. */
export type ParsedResponseOutputItem<Output> =
  | Exclude<ResponseOutputItem, ResponseOutputMessage | ResponseFunctionToolCall>
  | ParsedOutputMessage<Output>
  | ParsedResponseFunctionToolCall;

/** A response that has been read by the schemas of its request. */
export interface ParsedResponse<Output> extends Response {
  output: ParsedResponseOutputItem<Output>[];
  /** The first text, as the schema made it; null where the model called tools instead. */
  output_parsed: Output | null;
}
