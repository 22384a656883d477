/** A name for one version of an agent, which can be moved to another. */
export interface AgentAlias {
  alias: string;
  version: number;
  /** As an ISO 8601 date. */
  created_at: string;
  /** As an ISO 8601 date. */
  updated_at: string;
}

/** What a name is to stand for. */
export interface AgentAliasRequest {
  /** Small letters, digits, `_` and `-`: a letter first, no sign last, 64 at most. */
  readonly alias: string;
  readonly version: number;
}

/** The name to take away. */
export type AgentAliasQuery = Pick<AgentAliasRequest, 'alias'>;
