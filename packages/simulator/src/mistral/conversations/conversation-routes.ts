import type { Route } from '../../protocol.ts';
import { jsonReply, NO_CONTENT } from '../../reply.ts';
import { numberedPage } from '../list-page.ts';
import { metadataFilter } from '../metadata-filter.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import { readBody } from '../shape.ts';
import type { AnswerSettings } from './conversation-answer.ts';
import { replyIn } from './conversation-reply.ts';
import {
  APPEND,
  RESTART,
  type RestartRequest,
  START,
  type StartRequest,
} from './conversation-shape.ts';
import { ConversationStore } from './conversation-store.ts';
import { partnerOf } from './partner.ts';

const PATH = '/v1/conversations';
const ONE = `${PATH}/{id}`;

/** /v1/conversations and what is below it. */
export function conversationRoutes(models: ModelShelf, settings: AnswerSettings): Route[] {
  const conversations = new ConversationStore(settings.identifiers);
  return [...answers(conversations, models, settings), ...themselves(conversations)];
}

function answers(
  conversations: ConversationStore,
  models: ModelShelf,
  settings: AnswerSettings,
): Route[] {
  return [
    {
      method: 'POST',
      path: PATH,
      handle: ({ body }) => {
        const request = readBody(START, body);
        const partner = partnerOf(request, settings.agents, models);
        const begun = conversations.begin({ request, partner });
        const reply = replyIn(begun, request, settings);
        if (request.store !== false) conversations.keep(begun);
        return reply;
      },
    },
    {
      method: 'POST',
      path: ONE,
      handle: ({ params: { id }, body }) =>
        replyIn(conversations.require(id), readBody(APPEND, body), settings),
    },
    {
      method: 'POST',
      path: `${ONE}/restart`,
      handle: ({ params: { id }, body }) => {
        const request = readBody(RESTART, body);
        const before = conversations.require(id);
        const entries = before.until(request.from_entry_id);
        const begin = { ...before.parts.request, ...changesOf(request) };
        const partner = partnerOf(begin, settings.agents, models);
        const begun = conversations.begin({ request: begin, partner }, entries);
        const reply = replyIn(begun, request, settings);
        if (request.store !== false) conversations.keep(begun);
        return reply;
      },
    },
  ];
}

/** What a restart changes of the beginning. */
function changesOf({ agent_version, metadata }: RestartRequest): Partial<StartRequest> {
  return {
    ...(agent_version === undefined ? {} : { agent_version }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function themselves(conversations: ConversationStore): Route[] {
  return [
    {
      method: 'GET',
      path: PATH,
      handle: ({ query }) => {
        const isWanted = metadataFilter(query);
        const wanted = conversations.all.filter(({ metadata }) => isWanted(metadata));
        return jsonReply(numberedPage(wanted, query).data.map(({ body }) => body));
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params: { id } }) => jsonReply(conversations.require(id).body),
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params: { id } }) => {
        conversations.remove(id);
        return NO_CONTENT;
      },
    },
    {
      method: 'GET',
      path: `${ONE}/history`,
      handle: ({ params: { id: conversation_id } }) => {
        const { entries } = conversations.require(conversation_id);
        return jsonReply({ object: 'conversation.history', conversation_id, entries });
      },
    },
    {
      method: 'GET',
      path: `${ONE}/messages`,
      handle: ({ params: { id: conversation_id } }) => {
        const { entries } = conversations.require(conversation_id);
        const messages = entries.filter(({ type }) => type.startsWith('message.'));
        return jsonReply({ object: 'conversation.messages', conversation_id, messages });
      },
    },
  ];
}
