import {
  BY_PAGE_TOKEN,
  byPageNumber,
  type Endpoint,
  type JsonEndpoint,
  type ListEndpoint,
} from '@integrations/provider';
import type { Agent, AgentList } from './agent.ts';
import type { AgentCreateRequest, AgentUpdateRequest } from './agent-request.ts';
import { validateAgent, validateAgentUpdate } from './agent-schema.ts';

const PATH = '/v1/agents';
const ONE = `${PATH}/{agent_id}`;

/** What the API gives on a page, where nothing else is asked for. */
const PAGE_SIZE = 20;

export const CREATE: JsonEndpoint<AgentCreateRequest, Agent> = {
  operation: 'agents.create',
  method: 'POST',
  path: PATH,
  resultKey: 'id',
  validate: validateAgent,
};

export const LIST: ListEndpoint<Agent, { data: Agent[] }> = {
  operation: 'agents.list',
  method: 'GET',
  path: PATH,
  pages: byPageNumber({ first: 0, pageSize: PAGE_SIZE }),
  isBare: true,
};

export const LIST_PAGES: ListEndpoint<Agent, AgentList> = {
  operation: 'agents.list_pages',
  method: 'GET',
  path: `${PATH}/pages`,
  resultKey: 'data',
  pages: BY_PAGE_TOKEN,
};

export const GET: JsonEndpoint<undefined, Agent> = {
  operation: 'agents.get',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

export const UPDATE: JsonEndpoint<AgentUpdateRequest, Agent> = {
  operation: 'agents.update',
  method: 'PATCH',
  path: ONE,
  resultKey: 'id',
  validate: validateAgentUpdate,
};

export const UPDATE_VERSION: JsonEndpoint<undefined, Agent> = {
  operation: 'agents.update_version',
  method: 'PATCH',
  path: `${ONE}/version`,
  resultKey: 'id',
};

export const DELETE: Endpoint<undefined> = {
  operation: 'agents.delete',
  method: 'DELETE',
  path: ONE,
};
