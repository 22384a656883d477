import type { JsonObject } from '../../json-value.ts';
import type { AgentStore } from '../agents/agent-store.ts';
import type { AgentVersion } from '../agents/stored-agent.ts';
import type { GivenTool } from '../chat/tool-shape.ts';
import { badRequest } from '../mistral-error.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import type { StartRequest } from './conversation-shape.ts';

/** Who answers: a model, or an agent at a version. */
export interface Partner {
  readonly agentId: string | undefined;
  readonly name: string;
  readonly model: string;
  readonly instructions: string | undefined;
  readonly tools: readonly GivenTool[];
  readonly args: JsonObject;
  /** The agents it may hand over to. */
  readonly handoffs: readonly string[];
}

/** An agent as a partner. */
export function agentPartner(agentId: string, version: AgentVersion): Partner {
  const {
    name,
    model,
    instructions,
    tools = [],
    completion_args: args = {},
    handoffs = [],
  } = version;
  return { agentId, name, model, instructions, tools, args, handoffs };
}

/**
 * Who a request wants to talk with.
 *
 * @throws RequestRefused 400 for neither a model nor an agent, and for a model that cannot chat; 404 for an agent that is not there
 */
export function partnerOf(request: StartRequest, agents: AgentStore, models: ModelShelf): Partner {
  const { model, agent_id: agentId, agent_version: wanted, instructions, tools = [] } = request;
  if (agentId !== undefined) {
    const agent = agents.require(agentId);
    return agentPartner(agentId, wanted === undefined ? agent.current : agent.version(wanted));
  }
  if (model === undefined) throw badRequest('Either agent_id or model is required.');
  models.requireAble(model, 'completion_chat');
  const args = request.completion_args ?? {};
  return { agentId, name: model, model, instructions, tools, args, handoffs: [] };
}
