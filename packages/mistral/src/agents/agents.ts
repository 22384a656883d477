import type {
  CallOptions,
  Caller,
  PagePromise,
  ResponsePromise,
  StreamOptions,
  WithRequestId,
} from '@integrations/provider';
import type { ChatCompletion } from '../chat/chat-completion.ts';
import { ChatStream } from '../chat/chat-stream.ts';
import { jsonQuery } from '../json-query.ts';
import type { Agent, AgentList } from './agent.ts';
import {
  CREATE,
  DELETE,
  GET,
  LIST,
  LIST_PAGES,
  UPDATE,
  UPDATE_VERSION,
} from './agent-endpoints.ts';
import type {
  AgentCreateRequest,
  AgentListQuery,
  AgentPageQuery,
  AgentUpdateRequest,
  AgentVersionQuery,
} from './agent-request.ts';
import { AgentAliases } from './aliases/agent-aliases.ts';
import { COMPLETIONS } from './completions/agent-completion-endpoints.ts';
import type { AgentCompletionRequest } from './completions/agent-completion-request.ts';
import { AgentVersions } from './versions/agent-versions.ts';

/** `/v1/agents`: models with instructions and tools of their own. */
export class Agents {
  /** `/v1/agents/{agent_id}/versions`. */
  readonly versions: AgentVersions;
  /** `/v1/agents/{agent_id}/aliases`. */
  readonly aliases: AgentAliases;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.versions = new AgentVersions(caller);
    this.aliases = new AgentAliases(caller);
  }

  /** Makes an agent. `POST /v1/agents` */
  create(
    request: AgentCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Agent>> {
    return this.#caller.call(CREATE, { body: request }, options);
  }

  /** The agents of the workspace; those that are shared with it only `listPages` knows. `GET /v1/agents` */
  list(
    query?: AgentListQuery | null,
    options?: CallOptions,
  ): PagePromise<Agent, WithRequestId<{ data: Agent[] }>> {
    return this.#caller.list(LIST, { query: jsonQuery(query) }, options);
  }

  /** All agents that the key may use. `GET /v1/agents/pages` */
  listPages(
    query?: AgentPageQuery | null,
    options?: CallOptions,
  ): PagePromise<Agent, WithRequestId<AgentList>> {
    return this.#caller.list(LIST_PAGES, { query: jsonQuery(query) }, options);
  }

  /** One agent, at its current version if no other is asked for. `GET /v1/agents/{agent_id}` @throws NotFoundError */
  get(
    agentId: string,
    query?: AgentVersionQuery | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Agent>> {
    const params = { agent_id: agentId };
    return this.#caller.call(GET, { params, query: jsonQuery(query) }, options);
  }

  /** Changes what is given, which makes a new version. `PATCH /v1/agents/{agent_id}` @throws NotFoundError */
  update(
    agentId: string,
    request: AgentUpdateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Agent>> {
    const params = { agent_id: agentId };
    return this.#caller.call(UPDATE, { params, body: request }, options);
  }

  /** Makes another version the current one. `PATCH /v1/agents/{agent_id}/version` @throws NotFoundError */
  updateVersion(
    agentId: string,
    version: number,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Agent>> {
    const params = { agent_id: agentId };
    return this.#caller.call(UPDATE_VERSION, { params, query: { version } }, options);
  }

  /** Deletes an agent with all its versions. `DELETE /v1/agents/{agent_id}` @throws NotFoundError */
  delete(agentId: string, options?: CallOptions): ResponsePromise<void> {
    return this.#caller.callForNothing(DELETE, { params: { agent_id: agentId } }, options);
  }

  /** The agent's answer to a chat. `POST /v1/agents/completions` @throws NotFoundError */
  complete(
    agentId: string,
    request: AgentCompletionRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>> {
    const body = { ...request, agent_id: agentId };
    return this.#caller.call(COMPLETIONS.complete, { body }, options);
  }

  /** The same answer as a stream. `POST /v1/agents/completions` @throws NotFoundError */
  completeStream(
    agentId: string,
    request: AgentCompletionRequest,
    options?: StreamOptions,
  ): ResponsePromise<ChatStream> {
    const body = { ...request, agent_id: agentId, stream: true } as const;
    return this.#caller.stream(
      COMPLETIONS.completeStream,
      { body },
      options,
      (reader) => new ChatStream(reader, 'mistral agents.complete_stream'),
    );
  }
}
