import {
  byPageNumber,
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  type WithRequestId,
} from '@integrations/provider';
import { jsonQuery } from '../../json-query.ts';
import type { Agent } from '../agent.ts';
import type { AgentVersionListQuery } from './agent-version-query.ts';

const PATH = '/v1/agents/{agent_id}/versions';

const list: ListEndpoint<Agent, { data: Agent[] }> = {
  operation: 'agents.versions.list',
  method: 'GET',
  path: PATH,
  pages: byPageNumber({ first: 0, pageSize: 20 }),
  isBare: true,
};

const get: JsonEndpoint<undefined, Agent> = {
  operation: 'agents.versions.get',
  method: 'GET',
  path: `${PATH}/{version}`,
  resultKey: 'id',
};

/** `/v1/agents/{agent_id}/versions`: what an agent was before its changes. */
export class AgentVersions {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The agent at all its versions. `GET /v1/agents/{agent_id}/versions` @throws NotFoundError */
  list(
    agentId: string,
    query?: AgentVersionListQuery | null,
    options?: CallOptions,
  ): PagePromise<Agent, WithRequestId<{ data: Agent[] }>> {
    const params = { agent_id: agentId };
    return this.#caller.list(list, { params, query: jsonQuery(query) }, options);
  }

  /** The agent at one version. `GET /v1/agents/{agent_id}/versions/{version}` @throws NotFoundError */
  get(
    agentId: string,
    version: number | string,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Agent>> {
    const params = { agent_id: agentId, version: String(version) };
    return this.#caller.call(get, { params }, options);
  }
}
