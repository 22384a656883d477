import { ChatOutputs, type OutputRequest } from '@integrations/provider';
import { DIALECT } from './chat-dialect.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';

/** Reads the answers to one request by the schemas that it was made with. */
export type Outputs<Output> = ChatOutputs<ParsedChatCompletion<Output>, Output>;

/** What reads the answers to a request. */
export function outputsOf<Output>(request: OutputRequest): Outputs<Output> {
  return new ChatOutputs<ParsedChatCompletion<Output>, Output>(request, DIALECT);
}
