import { type AcmeHarness, DONE } from '../acme.test.support.ts';
import type { StreamOptions } from '../call-options.ts';
import type { ResponsePromise } from '../response-promise.ts';
import type { ChatDialect } from './chat-dialect.ts';
import { chatCompletionEndpoints, type ChatEndpoints } from './chat-endpoints.ts';
import { ChatCompletionStream } from './chat-completion-stream.ts';
import { ChatOutputs, type OutputRequest } from './chat-outputs.ts';
import type { WireChunk, WireCompletion, WireContent, WireToolCall } from './wire-chat.ts';

export const DIALECT: ChatDialect = { provider: 'acme', tokenLimit: 'max_tokens' };

export interface AcmeMessage {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly content?: WireContent;
  readonly tool_calls?: readonly WireToolCall[];
  readonly tool_call_id?: string;
}

export interface AcmeChatRequest extends OutputRequest {
  readonly model: string;
  readonly messages: readonly AcmeMessage[];
  readonly max_tokens?: number;
  readonly random_seed?: number;
  readonly tool_choice?: unknown;
  readonly stream?: boolean | null | undefined;
}

export interface AcmeCompletion extends WireCompletion {
  readonly choices: readonly {
    readonly index: number;
    readonly message: AcmeMessage & { readonly parsed?: unknown };
    readonly finish_reason: string | null;
  }[];
}

export type AcmeStream = ChatCompletionStream<WireChunk, AcmeCompletion>;

export const CHAT: ChatEndpoints<AcmeChatRequest, AcmeCompletion, WireChunk> =
  chatCompletionEndpoints();

export const QUESTION: AcmeChatRequest = {
  model: 'small',
  messages: [{ role: 'user', content: 'What is a ledger?' }],
};

/** One event of a stream. */
export function event(delta: object, reason: string | null = null, over: object = {}): string {
  const chunk = {
    id: 'answer-1',
    model: 'small-2',
    choices: [{ index: 0, delta, finish_reason: reason }],
    ...over,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** A stream of these events, read by the schemas of a request where there is one. */
export function openStream(
  h: AcmeHarness,
  events: readonly string[],
  request?: OutputRequest,
): ResponsePromise<AcmeStream> {
  h.transport.stream([...events, DONE], { headers: { 'x-request-id': 'req_1' } });
  const outputs =
    request === undefined ? undefined : new ChatOutputs<AcmeCompletion>(request, DIALECT);
  return askForStream(h, { ...QUESTION, stream: true }, outputs);
}

export function askForStream(
  h: AcmeHarness,
  body: AcmeChatRequest,
  outputs?: ChatOutputs<AcmeCompletion>,
  options?: StreamOptions,
): ResponsePromise<AcmeStream> {
  return h.caller.stream(
    CHAT.createStream,
    { body },
    options,
    (reader): AcmeStream => new ChatCompletionStream(reader, { dialect: DIALECT, outputs }),
  );
}
