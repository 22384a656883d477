import type { RequestFacts } from '../call-facts.ts';
import type { JsonEndpoint, StreamEndpoint } from '../endpoint.ts';
import { decodeChoicesEvent } from '../events/choices-event.ts';
import { collectChatFacts, describeChatRequest, type DescribedRequest } from './chat-facts.ts';
import {
  estimateChatTokens,
  type EstimatedRequest,
  estimatePromptTokens,
} from './chat-token-estimate.ts';
import type { WireChunk, WireCompletion } from './wire-chat.ts';

/** A request for a chat completion, as far as every provider has the same. */
export type WireChatRequest = DescribedRequest & EstimatedRequest;

/** Where a provider completes chats, and what is special about it. */
export interface ChatEndpointOptions<Request> {
  /** Begins the names of the operations: `chat` for `chat.create`. @default 'chat' */
  readonly resource?: string;
  /** Below the base URL. @default '/chat/completions' */
  readonly path?: string;
  /** @throws ValidationError when a request cannot be right. @default not checked */
  readonly validate?: (request: Request) => void;
  /** What telemetry tells of a request. @default `describeChatRequest` */
  readonly describe?: (request: Request) => RequestFacts;
  /** All tokens that a call may cost. @default `estimateChatTokens` */
  readonly estimateTokens?: (request: Request) => number;
  /** The tokens of the prompt. @default `estimatePromptTokens` */
  readonly estimateInputTokens?: (request: Request) => number;
}

/** The two ways to be answered. */
export interface ChatEndpoints<Request, Completion, Chunk> {
  readonly create: JsonEndpoint<Request, Completion>;
  readonly createStream: StreamEndpoint<Request, Chunk>;
}

/** The endpoints of a provider whose chat completions have OpenAI's shape. */
export function chatCompletionEndpoints<
  Request extends WireChatRequest,
  Completion extends WireCompletion,
  Chunk extends WireChunk,
>({
  resource = 'chat',
  path = '/chat/completions',
  validate,
  describe = describeChatRequest,
  estimateTokens = estimateChatTokens,
  estimateInputTokens = estimatePromptTokens,
}: ChatEndpointOptions<Request> = {}): ChatEndpoints<Request, Completion, Chunk> {
  const shared = {
    method: 'POST',
    path,
    ...(validate === undefined ? {} : { validate }),
    describe,
    estimateTokens,
    estimateInputTokens,
    collect: collectChatFacts,
  } as const;
  return {
    create: { ...shared, operation: `${resource}.create`, resultKey: 'choices' },
    createStream: {
      ...shared,
      operation: `${resource}.create_stream`,
      decode: decodeChoicesEvent<Chunk>,
    },
  };
}

/** Whether a request asks for a stream. Callers without types may pass nothing at all. */
export function isStreaming<Request extends object>(
  request: Request,
): request is Request & { readonly stream: true } {
  return (request as DescribedRequest | undefined)?.stream === true;
}
