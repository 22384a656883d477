import type { JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { replyToChat, type ChatSettings } from '../chat/chat-reply.ts';
import { parseChatRequest } from '../chat/chat-request.ts';
import { orRefuse } from '../request-problem.ts';
import { filledText, readBody, record, wrong } from '../shape.ts';
import type { AgentStore } from './agent-store.ts';

/** Fields of a chat that are the agent's to say. */
const NOT_ASKED = ['model', 'safe_prompt', 'temperature', 'top_p'];

const BODY = record({ agent_id: filledText }, { open: true });

/** POST /v1/agents/completions: a chat with an agent, as one body or as a stream. */
export function agentCompletionRoutes(agents: AgentStore, chat: ChatSettings): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/agents/completions',
      handle: ({ body: given }) => {
        const { agent_id: id } = readBody(BODY, given);
        const { agent_id: _id, ...request } = given as JsonObject;
        orRefuse(() => forbidFields(request));
        const { model, instructions, tools, completion_args: args } = agents.require(id).current;
        parseChatRequest({ ...request, model });
        const { messages } = request as { readonly messages: readonly unknown[] };
        const told = instructions === undefined ? [] : [{ role: 'system', content: instructions }];
        const offered = tools === undefined ? {} : { tools };
        const whole = { ...args, ...offered, ...request, model, messages: [...told, ...messages] };
        return replyToChat(parseChatRequest(whole), chat);
      },
    },
  ];
}

function forbidFields(request: JsonObject): void {
  const extra = NOT_ASKED.find((name) => Object.hasOwn(request, name));
  if (extra === undefined) return;
  const msg = 'Extra inputs are not permitted';
  throw wrong(request[extra], ['body', extra], 'extra_forbidden', msg);
}
