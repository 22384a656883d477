import type { Identifiers } from '../../identifiers.ts';
import { notFound } from '../mistral-error.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import type { AgentChange, NewAgent } from './agent-shape.ts';
import { StoredAgent } from './stored-agent.ts';

/** The agents of one simulator. */
export class AgentStore {
  readonly #agents = new Map<string, StoredAgent>();
  readonly #models: ModelShelf;
  readonly #identifiers: Identifiers;

  constructor(models: ModelShelf, identifiers: Identifiers) {
    this.#models = models;
    this.#identifiers = identifiers;
  }

  /** In the order they were made. */
  get all(): readonly StoredAgent[] {
    return [...this.#agents.values()];
  }

  /** @throws RequestRefused 400 for a model that cannot chat, 404 for handoffs to agents that are not there */
  create(parts: NewAgent): StoredAgent {
    this.#check(parts);
    const agent = new StoredAgent(`ag_${this.#identifiers.nextHex('agent', 32)}`, parts);
    this.#agents.set(agent.id, agent);
    return agent;
  }

  /** @throws RequestRefused as `create` */
  change(id: string | undefined, change: AgentChange): StoredAgent {
    const agent = this.require(id);
    this.#check(change);
    agent.change(change);
    return agent;
  }

  /** @throws RequestRefused 404 */
  require(id: string | undefined): StoredAgent {
    const agent = this.#agents.get(id ?? '');
    if (agent !== undefined) return agent;
    throw notFound(`Agent ${id} not found.`);
  }

  /** @throws RequestRefused 404 */
  remove(id: string | undefined): void {
    this.#agents.delete(this.require(id).id);
  }

  #check({ model, handoffs = [] }: Pick<AgentChange, 'model' | 'handoffs'>): void {
    if (model !== undefined) this.#models.requireAble(model, 'completion_chat');
    for (const id of handoffs) this.require(id);
  }
}
