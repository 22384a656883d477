import {
  byPageNumber,
  type Endpoint,
  type JsonEndpoint,
  type ListEndpoint,
  type StreamEndpoint,
} from '@integrations/provider';
import type { Conversation } from './conversation.ts';
import type { ConversationEvent } from './conversation-event.ts';
import {
  collectConversationEvent,
  collectConversationFacts,
  describeConversationRequest,
} from './conversation-facts.ts';
import type {
  ConversationAppendRequest,
  ConversationRestartRequest,
  ConversationStartRequest,
  Streamed,
} from './conversation-request.ts';
import type {
  ConversationHistory,
  ConversationMessages,
  ConversationResponse,
} from './conversation-response.ts';
import { validateAppend, validateRestart, validateStart } from './conversation-schema.ts';
import {
  estimateConversationInputTokens,
  estimateConversationTokens,
} from './conversation-token-estimate.ts';
import { decodeConversationEvent, endOfAnswer } from './decode-conversation-event.ts';

const PATH = '/v1/conversations';
const ONE = `${PATH}/{conversation_id}`;

/** What all requests for an answer share. */
const ANSWER = {
  method: 'POST',
  estimateTokens: estimateConversationTokens,
  estimateInputTokens: estimateConversationInputTokens,
  describe: describeConversationRequest,
} as const;

const WHOLE = {
  ...ANSWER,
  resultKey: 'outputs',
  collect: collectConversationFacts,
} as const;

const STREAMED = {
  ...ANSWER,
  decode: decodeConversationEvent,
  endOf: endOfAnswer,
  collect: collectConversationEvent,
} as const;

export const START: JsonEndpoint<ConversationStartRequest, ConversationResponse> = {
  ...WHOLE,
  operation: 'conversations.start',
  path: PATH,
  validate: validateStart,
};

export const START_STREAM: StreamEndpoint<Streamed<ConversationStartRequest>, ConversationEvent> = {
  ...STREAMED,
  operation: 'conversations.start_stream',
  path: PATH,
  validate: validateStart,
};

export const APPEND: JsonEndpoint<ConversationAppendRequest, ConversationResponse> = {
  ...WHOLE,
  operation: 'conversations.append',
  path: ONE,
  validate: validateAppend,
};

export const APPEND_STREAM: StreamEndpoint<
  Streamed<ConversationAppendRequest>,
  ConversationEvent
> = {
  ...STREAMED,
  operation: 'conversations.append_stream',
  path: ONE,
  validate: validateAppend,
};

export const RESTART: JsonEndpoint<ConversationRestartRequest, ConversationResponse> = {
  ...WHOLE,
  operation: 'conversations.restart',
  path: `${ONE}/restart`,
  validate: validateRestart,
};

export const RESTART_STREAM: StreamEndpoint<
  Streamed<ConversationRestartRequest>,
  ConversationEvent
> = {
  ...STREAMED,
  operation: 'conversations.restart_stream',
  path: `${ONE}/restart`,
  validate: validateRestart,
};

export const LIST: ListEndpoint<Conversation, { data: Conversation[] }> = {
  operation: 'conversations.list',
  method: 'GET',
  path: PATH,
  pages: byPageNumber({ first: 0, pageSize: 100 }),
  isBare: true,
};

export const GET: JsonEndpoint<undefined, Conversation> = {
  operation: 'conversations.get',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

export const DELETE: Endpoint<undefined> = {
  operation: 'conversations.delete',
  method: 'DELETE',
  path: ONE,
};

export const HISTORY: JsonEndpoint<undefined, ConversationHistory> = {
  operation: 'conversations.history',
  method: 'GET',
  path: `${ONE}/history`,
  resultKey: 'entries',
};

export const MESSAGES: JsonEndpoint<undefined, ConversationMessages> = {
  operation: 'conversations.messages',
  method: 'GET',
  path: `${ONE}/messages`,
  resultKey: 'messages',
};
