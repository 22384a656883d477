import type { SamplingRequest } from '../chat/chat-completion-request.ts';

/** Code to be completed. Fields that are not listed here are sent as they are. */
export interface FimCompletionRequest extends SamplingRequest {
  readonly model: string;
  /** What stands before the gap. */
  readonly prompt: string;
  /** What stands after it. @default nothing: the code goes on from the prompt */
  readonly suffix?: string | null | undefined;
  /** Tokens of the answer at least. */
  readonly min_tokens?: number | null | undefined;
}

/** The request as it is sent. */
export interface FimCompletionCreateRequest extends FimCompletionRequest {
  readonly stream?: boolean | undefined;
}
