import type { ChatCompletionRequest } from '../chat/chat-completion-request.ts';

/** How answers are generated: what agents and conversations keep of a request for completions. */
export type CompletionArgs = Pick<
  ChatCompletionRequest,
  | 'frequency_penalty'
  | 'max_tokens'
  | 'presence_penalty'
  | 'random_seed'
  | 'reasoning_effort'
  | 'stop'
  | 'temperature'
  | 'top_p'
> & {
  readonly prediction?: ChatCompletionRequest['prediction'] | null;
  readonly response_format?: ChatCompletionRequest['response_format'] | null;
  /** Which tool, if any, the model must call. @default 'auto' */
  readonly tool_choice?: 'auto' | 'none' | 'any' | 'required' | undefined;
};
