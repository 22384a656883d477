import type { TokenLogprob } from './logprobs.ts';

/** A chunk as it came. It precedes the events that it causes. */
export interface ChunkEvent<Chunk> {
  readonly type: 'chunk';
  readonly chunk: Chunk;
}

/** A piece of an answer's text, and all of it so far. */
export interface ContentDeltaEvent {
  readonly type: 'content.delta';
  /** Which of the answers. */
  readonly choice: number;
  readonly delta: string;
  readonly snapshot: string;
}

/** An answer's text is complete. */
export interface ContentDoneEvent<Output> {
  readonly type: 'content.done';
  readonly choice: number;
  readonly content: string;
  /** What the response format made of it; null without one. */
  readonly parsed: Output | null;
}

/** A piece of what the model thinks before it answers, and all of it so far. */
export interface ThinkingDeltaEvent {
  readonly type: 'thinking.delta';
  readonly choice: number;
  readonly delta: string;
  readonly snapshot: string;
}

/** The model has thought. */
export interface ThinkingDoneEvent {
  readonly type: 'thinking.done';
  readonly choice: number;
  readonly thinking: string;
}

/** A piece of a refusal, and all of it so far. */
export interface RefusalDeltaEvent {
  readonly type: 'refusal.delta';
  readonly choice: number;
  readonly delta: string;
  readonly snapshot: string;
}

/** A refusal is complete. */
export interface RefusalDoneEvent {
  readonly type: 'refusal.done';
  readonly choice: number;
  readonly refusal: string;
}

/** A piece of a function's arguments, and all of them so far. */
export interface ArgumentsDeltaEvent {
  readonly type: 'tool_calls.function.arguments.delta';
  readonly choice: number;
  /** Which of the calls. */
  readonly index: number;
  readonly name: string;
  readonly arguments_delta: string;
  readonly arguments: string;
}

/** A function's arguments are complete. */
export interface ArgumentsDoneEvent {
  readonly type: 'tool_calls.function.arguments.done';
  readonly choice: number;
  readonly index: number;
  readonly name: string;
  readonly arguments: string;
  /** What the tool's schema made of them; null without a strict one. */
  readonly parsed_arguments: unknown;
}

/** Probabilities of an answer's tokens. */
export interface ContentLogprobsEvent {
  readonly type: 'logprobs.content.delta' | 'logprobs.content.done';
  readonly choice: number;
  /** Those of this piece; at the end all of them. */
  readonly content: readonly TokenLogprob[];
  /** All so far. */
  readonly snapshot: readonly TokenLogprob[];
}

/** Probabilities of a refusal's tokens. */
export interface RefusalLogprobsEvent {
  readonly type: 'logprobs.refusal.delta' | 'logprobs.refusal.done';
  readonly choice: number;
  readonly refusal: readonly TokenLogprob[];
  readonly snapshot: readonly TokenLogprob[];
}

/** What happens in one of the answers of a stream. */
export type ChoiceEvent<Output = unknown> =
  | ContentDeltaEvent
  | ContentDoneEvent<Output>
  | ThinkingDeltaEvent
  | ThinkingDoneEvent
  | RefusalDeltaEvent
  | RefusalDoneEvent
  | ArgumentsDeltaEvent
  | ArgumentsDoneEvent
  | ContentLogprobsEvent
  | RefusalLogprobsEvent;

/** What happens in a streamed answer. */
export type ChatEvent<Chunk, Output = unknown> = ChunkEvent<Chunk> | ChoiceEvent<Output>;
