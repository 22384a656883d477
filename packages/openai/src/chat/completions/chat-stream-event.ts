import type { ChatEvent, ChunkEvent as WireChunkEvent } from '@integrations/provider';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';

/** A chunk as it came. It precedes the events that it causes. */
export type ChunkEvent = WireChunkEvent<ChatCompletionChunk>;

/** What happens in a streamed answer. */
export type ChatStreamEvent<Output = unknown> = ChatEvent<ChatCompletionChunk, Output>;
