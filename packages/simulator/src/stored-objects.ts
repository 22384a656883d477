import { RequestRefused } from './refusal.ts';

/** What the API keeps of one kind, in the order it was made. */
export class StoredObjects<Item extends { readonly id: string }> {
  readonly #kind: string;
  readonly #items = new Map<string, Item>();

  /** @param kind what the API calls it: `fine-tuning job`. */
  constructor(kind: string) {
    this.#kind = kind;
  }

  get all(): readonly Item[] {
    return [...this.#items.values()];
  }

  add(item: Item): Item {
    this.#items.set(item.id, item);
    return item;
  }

  /** @throws RequestRefused 404 */
  require(id: string | undefined): Item {
    const item = this.#items.get(id ?? '');
    if (item !== undefined) return item;
    throw new RequestRefused({
      status: 404,
      message: `No ${this.#kind} found with id '${id}'.`,
      code: null,
    });
  }

  /** @throws RequestRefused 404 */
  remove(id: string | undefined): Item {
    const item = this.require(id);
    this.#items.delete(item.id);
    return item;
  }
}
