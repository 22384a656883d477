import type { JsonObject } from '../../json-value.ts';
import { isoNow } from '../../wall-time.ts';
import { notFound } from '../mistral-error.ts';
import type { AgentChange, NewAgent } from './agent-shape.ts';

/** An agent at one of its versions. */
export interface AgentVersion extends NewAgent {
  readonly version: number;
  readonly created_at: string;
}

/** A name for a version. */
export interface AgentAlias {
  readonly alias: string;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** An agent with all that it was. */
export class StoredAgent {
  readonly id: string;
  readonly #createdAt = isoNow();
  readonly #versions: AgentVersion[] = [];
  readonly #aliases = new Map<string, AgentAlias>();
  #updatedAt = this.#createdAt;
  #current = 0;
  #isDeployed = false;

  constructor(id: string, parts: NewAgent) {
    this.id = id;
    this.#add(parts);
  }

  /** As it is now. */
  get current(): AgentVersion {
    return this.version(this.#current);
  }

  /** As it was at all its versions. */
  get versions(): readonly AgentVersion[] {
    return this.#versions;
  }

  get aliases(): readonly AgentAlias[] {
    return [...this.#aliases.values()];
  }

  /**
   * As it was at a version: its number, or an alias of it.
   *
   * @throws RequestRefused 404
   */
  version(wanted: number | string): AgentVersion {
    const number = this.#aliases.get(String(wanted))?.version ?? Number(wanted);
    const found = this.#versions.find(({ version }) => version === number);
    if (found !== undefined) return found;
    throw notFound(`Agent ${this.id} has no version ${wanted}.`);
  }

  /** Makes a new version of what is changed, and that the current one. */
  change({ deployment_chat: isDeployed, ...change }: AgentChange): void {
    const {
      version: _version,
      created_at: _at,
      version_message: _message,
      ...before
    } = this.current;
    const changed = Object.entries(change).filter(([, value]) => value !== undefined);
    this.#isDeployed = isDeployed ?? this.#isDeployed;
    this.#add({ version_message: undefined, ...before, ...Object.fromEntries(changed) });
  }

  /** @throws RequestRefused 404 */
  switchTo(version: number): void {
    this.#current = this.version(version).version;
    this.#updatedAt = isoNow();
  }

  /** @throws RequestRefused 404 */
  setAlias(alias: string, version: number): AgentAlias {
    const { version: found } = this.version(version);
    const now = isoNow();
    const created_at = this.#aliases.get(alias)?.created_at ?? now;
    const set = { alias, version: found, created_at, updated_at: now };
    this.#aliases.set(alias, set);
    return set;
  }

  /** @throws RequestRefused 404 */
  removeAlias(alias: string): void {
    if (!this.#aliases.delete(alias)) throw notFound(`Agent ${this.id} has no alias ${alias}.`);
  }

  /** As the API shows it at a version. */
  body({ created_at: updatedAt, ...parts }: AgentVersion = this.current): JsonObject {
    return {
      object: 'agent',
      id: this.id,
      ...DEFAULTS,
      ...Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
      versions: this.#versions.map(({ version }) => version),
      created_at: this.#createdAt,
      updated_at: parts.version === this.#current ? this.#updatedAt : updatedAt,
      deployment_chat: this.#isDeployed,
      source: 'api',
    };
  }

  #add(parts: NewAgent): void {
    this.#current = this.#versions.length;
    this.#updatedAt = isoNow();
    this.#versions.push({ ...parts, version: this.#current, created_at: this.#updatedAt });
  }
}

const DEFAULTS = {
  instructions: null,
  tools: [],
  completion_args: {},
  guardrails: null,
  description: null,
  handoffs: null,
  metadata: null,
  version_message: null,
} as const;
