import type { Route } from '../../protocol.ts';
import { jsonReply, NO_CONTENT } from '../../reply.ts';
import { numberedPage } from '../list-page.ts';
import { readBody } from '../shape.ts';
import { aliasOf, matching, pageByToken, versionOf } from './agent-query.ts';
import { AGENT_CHANGE, NEW_AGENT } from './agent-shape.ts';
import type { AgentStore } from './agent-store.ts';

const PATH = '/v1/agents';
const ONE = `${PATH}/{agent_id}`;
const ALIASES = `${ONE}/aliases`;
const USUAL_SIZE = 20;

/** /v1/agents and what is below it. */
export function agentRoutes(agents: AgentStore): Route[] {
  return [...themselves(agents), ...theirVersions(agents), ...theirAliases(agents)];
}

function themselves(agents: AgentStore): Route[] {
  return [
    {
      method: 'POST',
      path: PATH,
      handle: ({ body }) => jsonReply(agents.create(readBody(NEW_AGENT, body)).body()),
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ query }) => {
        const { data } = numberedPage(matching(agents.all, query), query, USUAL_SIZE);
        return jsonReply(data.map((agent) => agent.body()));
      },
    },
    {
      method: 'GET',
      path: `${PATH}/pages`,
      handle: ({ query }) => {
        const page = pageByToken(matching(agents.all, query), query);
        const data = page.agents.map((agent) => agent.body());
        return jsonReply({ object: 'list', data, next_page_token: page.next_page_token });
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params: { agent_id: id }, query }) => {
        const agent = agents.require(id);
        const wanted = query.get('agent_version');
        return jsonReply(agent.body(wanted === null ? agent.current : agent.version(wanted)));
      },
    },
    {
      method: 'PATCH',
      path: ONE,
      handle: ({ params: { agent_id: id }, body }) =>
        jsonReply(agents.change(id, readBody(AGENT_CHANGE, body)).body()),
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params: { agent_id: id } }) => {
        agents.remove(id);
        return NO_CONTENT;
      },
    },
  ];
}

function theirVersions(agents: AgentStore): Route[] {
  return [
    {
      method: 'PATCH',
      path: `${ONE}/version`,
      handle: ({ params: { agent_id: id }, query }) => {
        const agent = agents.require(id);
        agent.switchTo(versionOf(query));
        return jsonReply(agent.body());
      },
    },
    {
      method: 'GET',
      path: `${ONE}/versions`,
      handle: ({ params: { agent_id: id }, query }) => {
        const agent = agents.require(id);
        const { data } = numberedPage(agent.versions, query, USUAL_SIZE);
        return jsonReply(data.map((version) => agent.body(version)));
      },
    },
    {
      method: 'GET',
      path: `${ONE}/versions/{version}`,
      handle: ({ params: { agent_id: id, version = '' } }) => {
        const agent = agents.require(id);
        return jsonReply(agent.body(agent.version(version)));
      },
    },
  ];
}

function theirAliases(agents: AgentStore): Route[] {
  return [
    {
      method: 'PUT',
      path: ALIASES,
      handle: ({ params: { agent_id: id }, query }) =>
        jsonReply(agents.require(id).setAlias(aliasOf(query), versionOf(query))),
    },
    {
      method: 'GET',
      path: ALIASES,
      handle: ({ params: { agent_id: id } }) => jsonReply(agents.require(id).aliases),
    },
    {
      method: 'DELETE',
      path: ALIASES,
      handle: ({ params: { agent_id: id }, query }) => {
        agents.require(id).removeAlias(aliasOf(query));
        return NO_CONTENT;
      },
    },
  ];
}
