import type { ConversationResponse } from '../conversation-response.ts';
import type { FunctionCallEntry, FunctionResultEntry } from '../entry.ts';

/** The model has answered: at last with a message, before that with calls of functions. */
export interface ConversationResponseStep {
  readonly type: 'response';
  readonly response: ConversationResponse;
}

/** A function has been run, or could not be. */
export interface ConversationToolResultStep {
  readonly type: 'tool_result';
  readonly call: FunctionCallEntry;
  /** What the model is told. */
  readonly result: FunctionResultEntry;
  /** What went wrong, if anything; the model was told so. */
  readonly error: unknown;
}

/** What happens in a run of functions. */
export type ConversationToolRunStep = ConversationResponseStep | ConversationToolResultStep;
