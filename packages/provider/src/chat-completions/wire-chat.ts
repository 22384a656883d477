import type { ChoiceLogprobs } from './logprobs.ts';

/** A part of a content that is more than a text: `{ type: 'text', text }`, `{ type: 'thinking', … }`. */
export interface WireContentPart {
  readonly type: string;
}

/** What a model writes. */
export type WireContent = string | readonly WireContentPart[] | null | undefined;

/** A called function, or a piece of it. */
interface WireFunctionCall {
  readonly name?: string | null | undefined;
  /** JSON text; some servers send the object itself. */
  readonly arguments?: string | object | null | undefined;
}

/** A call of a tool, or a piece of one. */
export interface WireToolCall {
  readonly index?: number | undefined;
  readonly id?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly function?: WireFunctionCall | undefined;
}

/** What a chunk adds to an answer. */
export interface WireDelta {
  readonly content?: WireContent;
  readonly refusal?: string | null | undefined;
  readonly tool_calls?: readonly WireToolCall[] | null | undefined;
}

/** A piece of one of the answers. */
export interface WireChunkChoice {
  readonly index: number;
  /** Some servers end an answer without one. */
  readonly delta?: WireDelta | undefined;
  readonly finish_reason?: string | null | undefined;
  readonly logprobs?: ChoiceLogprobs | null | undefined;
}

/** The tokens that an answer used. */
export interface WireUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens?: number | undefined;
  readonly total_tokens: number;
}

/** What telemetry reads off answers and chunks. */
export interface WireAnswer {
  readonly id?: string | undefined;
  readonly model?: string | undefined;
  readonly choices: readonly { readonly finish_reason?: string | null | undefined }[];
  readonly usage?: WireUsage | null | undefined;
}

/** One event of a streamed answer. */
export interface WireChunk extends WireAnswer {
  readonly choices: readonly WireChunkChoice[];
}

/** What a model answered. */
export interface WireMessage {
  readonly content?: WireContent;
  readonly refusal?: string | null | undefined;
  readonly tool_calls?: readonly WireToolCall[] | null | undefined;
}

/** One of the answers that were asked for. */
export interface WireChoice {
  readonly message: WireMessage;
  readonly finish_reason: string | null;
}

/** An answer to a conversation. */
export interface WireCompletion extends WireAnswer {
  readonly choices: readonly WireChoice[];
}

/** The message of an answer of a provider's. */
export type MessageOf<Completion extends WireCompletion> = Completion['choices'][number]['message'];

/** A tool's call in an answer of a provider's. */
export type ToolCallOf<Completion extends WireCompletion> = NonNullable<
  MessageOf<Completion>['tool_calls']
>[number];
