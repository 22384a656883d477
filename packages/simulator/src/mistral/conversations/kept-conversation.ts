import type { JsonObject } from '../../json-value.ts';
import { isoNow } from '../../wall-time.ts';
import { badRequest, notFound } from '../mistral-error.ts';
import type { StartRequest } from './conversation-shape.ts';
import type { Entry } from './entry.ts';
import type { GivenEntry } from './entry-shape.ts';
import type { Partner } from './partner.ts';

/** What a conversation is, besides what was said. */
export interface ConversationParts {
  readonly request: StartRequest;
  readonly partner: Partner;
}

/** A conversation that the API keeps. */
export class KeptConversation {
  readonly id: string;
  readonly parts: ConversationParts;
  readonly #createdAt = isoNow();
  readonly #entries: Entry[];
  #updatedAt = this.#createdAt;

  constructor(id: string, parts: ConversationParts, entries: readonly Entry[] = []) {
    this.id = id;
    this.parts = parts;
    this.#entries = [...entries];
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get metadata(): JsonObject | undefined {
    return this.parts.request.metadata;
  }

  /** As the API shows it. */
  get body(): JsonObject {
    const { request, partner } = this.parts;
    const { name, description, metadata, agent_id, agent_version, guardrails } = request;
    const common = {
      object: 'conversation',
      id: this.id,
      created_at: this.#createdAt,
      updated_at: this.#updatedAt,
      name: name ?? null,
      description: description ?? null,
      metadata: metadata ?? null,
    };
    if (agent_id !== undefined)
      return { ...common, agent_id, agent_version: agent_version ?? null };
    const { model, instructions, tools, args } = partner;
    return {
      ...common,
      model,
      instructions: instructions ?? null,
      tools,
      completion_args: args,
      guardrails: guardrails ?? null,
    };
  }

  add(entries: readonly Entry[]): void {
    this.#entries.push(...entries);
    this.#updatedAt = isoNow();
  }

  /** What was said until an entry, that one included. @throws RequestRefused 404 */
  until(entryId: string): readonly Entry[] {
    const at = this.#entries.findIndex(({ id }) => id === entryId);
    if (at !== -1) return this.#entries.slice(0, at + 1);
    throw notFound(`Entry ${entryId} not found in conversation ${this.id}.`);
  }

  /** Checks that results are of calls that were made. @throws RequestRefused 400 */
  checkResults(given: readonly GivenEntry[]): void {
    const all: readonly GivenEntry[] = [...this.#entries, ...given];
    const calls = all.flatMap((each) => (each.type === 'function.call' ? [each.tool_call_id] : []));
    for (const entry of given) {
      if (entry.type !== 'function.result' || calls.includes(entry.tool_call_id)) continue;
      throw badRequest(`No function call has the id ${entry.tool_call_id}.`);
    }
  }
}
