import type {
  AssistantMessage,
  ChatCompletion,
  ChatCompletionChoice,
  ToolCall,
} from './chat-completion.ts';

/** A call of a function whose arguments have been read. */
export interface ParsedToolCall extends ToolCall {
  function: ToolCall['function'] & {
    /** What the tool's schema made of the arguments; null for tools without a strict schema, and in `runTools`. */
    parsed_arguments: unknown;
  };
}

/** An answer that has been read. */
export interface ParsedMessage<Output> extends AssistantMessage {
  /** What the schema made of the answer; null where the model called tools instead. */
  parsed: Output | null;
  tool_calls?: ParsedToolCall[] | null;
}

/** One of the answers, read. */
export interface ParsedChoice<Output> extends ChatCompletionChoice {
  message: ParsedMessage<Output>;
}

/** The answer to a conversation, read by the schemas of its request. */
export interface ParsedChatCompletion<Output> extends ChatCompletion {
  choices: ParsedChoice<Output>[];
}
