import { badRequest } from '../mistral-error.ts';
import { metadataFilter } from '../metadata-filter.ts';
import { queryInteger } from '../list-page.ts';
import { orRefuse } from '../request-problem.ts';
import { wrong } from '../shape.ts';
import type { StoredAgent } from './stored-agent.ts';

const USUAL_SIZE = 20;
const ALIAS = /^[a-z]([a-z0-9_-]*[a-z0-9])?$/;
const LONGEST_ALIAS = 64;

/** Some agents, and where the next are. */
export interface AgentPage {
  readonly agents: readonly StoredAgent[];
  readonly next_page_token: string | null;
}

/** Those of the agents that a query asks for. @throws RequestRefused 422 */
export function matching(agents: readonly StoredAgent[], query: URLSearchParams): StoredAgent[] {
  const hasMetadata = metadataFilter(query);
  const [name, search, id] = [query.get('name'), query.get('search'), query.get('id')];
  const sources = query.getAll('sources');
  const isDeployed = query.get('deployment_chat');
  return agents.filter((agent) => {
    const { current } = agent;
    return (
      (name === null || current.name === name) &&
      (search === null || current.name.includes(search) || agent.id.includes(search)) &&
      (id === null || agent.id === id) &&
      (sources.length === 0 || sources.includes('api')) &&
      (isDeployed === null || String(agent.body()['deployment_chat']) === isDeployed) &&
      hasMetadata(current.metadata)
    );
  });
}

/** The page that a query's token leads to. @throws RequestRefused 422, or 400 for a token that is none */
export function pageByToken(agents: readonly StoredAgent[], query: URLSearchParams): AgentPage {
  const size = queryInteger(query, 'page_size', { from: 1, to: 1000 }) ?? USUAL_SIZE;
  const start = placeOf(query.get('page_token'));
  const end = start + size;
  return {
    agents: agents.slice(start, end),
    next_page_token: end < agents.length ? tokenOf(end) : null,
  };
}

/** A name for a version. @throws RequestRefused 422 */
export function aliasOf(query: URLSearchParams): string {
  const alias = query.get('alias') ?? undefined;
  return orRefuse(() => {
    const at = ['query', 'alias'];
    if (alias === undefined) throw wrong(null, at, 'missing', 'Field required');
    if (ALIAS.test(alias) && alias.length <= LONGEST_ALIAS) return alias;
    const msg = `String should match pattern '${ALIAS.source}'`;
    throw wrong(alias, at, 'string_pattern_mismatch', msg, { pattern: ALIAS.source });
  });
}

/** The number of a version. @throws RequestRefused 422 */
export function versionOf(query: URLSearchParams): number {
  const version = queryInteger(query, 'version');
  return orRefuse(() => {
    if (version !== undefined) return version;
    throw wrong(null, ['query', 'version'], 'missing', 'Field required');
  });
}

function tokenOf(place: number): string {
  return Buffer.from(`agents:${place}`).toString('base64url');
}

function placeOf(token: string | null): number {
  if (token === null) return 0;
  const place = /^agents:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (place !== undefined) return Number(place);
  throw badRequest('The page token is not valid.');
}
