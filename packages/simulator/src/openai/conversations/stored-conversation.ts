import type { JsonObject } from '../../json-value.ts';
import type { ResponseItem } from '../responses/response-item.ts';
import { StoredObjects } from '../../stored-objects.ts';

/** A conversation that the API keeps. */
export class StoredConversation {
  readonly id: string;
  readonly #createdAt: number;
  readonly #items = new StoredObjects<ResponseItem>('conversation item');
  #metadata: unknown;

  constructor(id: string, createdAt: number, metadata: unknown) {
    this.id = id;
    this.#createdAt = createdAt;
    this.#metadata = metadata;
  }

  get items(): readonly ResponseItem[] {
    return this.#items.all;
  }

  get body(): JsonObject {
    return {
      id: this.id,
      object: 'conversation',
      created_at: this.#createdAt,
      metadata: this.#metadata,
    };
  }

  update(metadata: unknown): void {
    this.#metadata = metadata;
  }

  add(items: readonly ResponseItem[]): void {
    for (const item of items) this.#items.add(item);
  }

  /** @throws RequestRefused 404 */
  require(itemId: string | undefined): ResponseItem {
    return this.#items.require(itemId);
  }

  /** @throws RequestRefused 404 */
  remove(itemId: string | undefined): void {
    this.#items.remove(itemId);
  }
}
