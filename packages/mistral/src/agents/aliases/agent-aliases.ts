import {
  type CallOptions,
  type Caller,
  type Endpoint,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  SINGLE_PAGE,
  type WithRequestId,
} from '@integrations/provider';
import { jsonQuery } from '../../json-query.ts';
import type { AgentAlias, AgentAliasQuery, AgentAliasRequest } from './agent-alias.ts';

const PATH = '/v1/agents/{agent_id}/aliases';

const list: ListEndpoint<AgentAlias, { data: AgentAlias[] }> = {
  operation: 'agents.aliases.list',
  method: 'GET',
  path: PATH,
  pages: SINGLE_PAGE,
  isBare: true,
};

const set: JsonEndpoint<undefined, AgentAlias> = {
  operation: 'agents.aliases.set',
  method: 'PUT',
  path: PATH,
  resultKey: 'alias',
};

const remove: Endpoint<undefined> = {
  operation: 'agents.aliases.delete',
  method: 'DELETE',
  path: PATH,
};

/** `/v1/agents/{agent_id}/aliases`: names for versions, to be used in place of their numbers. */
export class AgentAliases {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** All names. `GET /v1/agents/{agent_id}/aliases` @throws NotFoundError */
  list(
    agentId: string,
    options?: CallOptions,
  ): PagePromise<AgentAlias, WithRequestId<{ data: AgentAlias[] }>> {
    return this.#caller.list(list, { params: { agent_id: agentId } }, options);
  }

  /** Makes a name, or moves it to another version. `PUT /v1/agents/{agent_id}/aliases` @throws NotFoundError */
  set(
    agentId: string,
    request: AgentAliasRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<AgentAlias>> {
    const params = { agent_id: agentId };
    return this.#caller.call(set, { params, query: jsonQuery(request) }, options);
  }

  /** Takes a name away. `DELETE /v1/agents/{agent_id}/aliases` @throws NotFoundError */
  delete(agentId: string, request: AgentAliasQuery, options?: CallOptions): ResponsePromise<void> {
    const params = { agent_id: agentId };
    return this.#caller.callForNothing(remove, { params, query: jsonQuery(request) }, options);
  }
}
