import type { ResponseStreamEvent } from '../events/stream-event.ts';
import type {
  ResponseCustomToolCall,
  ResponseCustomToolCallOutput,
  ResponseFunctionCallOutput,
  ResponseFunctionToolCall,
} from '../items/function-call-item.ts';
import type { ParsedResponse } from '../parsed-response.ts';

/** A call of a tool of the user's. */
export type OwnToolCall = ResponseFunctionToolCall | ResponseCustomToolCall;

/** What a tool of the user's gave back. */
export type OwnToolOutput = ResponseFunctionCallOutput | ResponseCustomToolCallOutput;

/** The model has answered: at last with a text, before that with calls of tools. */
export interface ResponseStep<Output> {
  readonly type: 'response';
  readonly response: ParsedResponse<Output>;
}

/** A tool has been run, or could not be. */
export interface ResponseToolResultStep {
  readonly type: 'tool_result';
  readonly call: OwnToolCall;
  /** What the model is told. */
  readonly output: OwnToolOutput;
  /** What went wrong, if anything; the model was told so. */
  readonly error: unknown;
}

/** What happens in a run of a response's tools. */
export type ResponseToolRunStep<Output> = ResponseStep<Output> | ResponseToolResultStep;

/** What happens in a run whose responses are streamed. */
export type StreamedResponseToolRunStep<Output> = ResponseToolRunStep<Output> | ResponseStreamEvent;
