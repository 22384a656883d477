import {
  abortReason,
  type IntegrationError,
  ProtocolError,
  ValidationError,
} from '@integrations/errors';
import type { QueryParameters } from '@integrations/transport';
import type { PageStyle } from './page-style.ts';

/** Fetches a page of the same list. */
type PageFetcher<Item, Envelope extends object> = (
  query: QueryParameters,
  cursors: CursorTrail,
) => Promise<Page<Item, Envelope>>;

/** A page with what the API sent around its items: `has_more`, say. */
export type Page<Item, Envelope extends object = object> = ListPage<Item, Envelope> & Envelope;

/** What a page is made of. */
export interface PageParts<Item, Envelope extends object> {
  readonly envelope: Envelope;
  readonly items: Item[];
  readonly query: QueryParameters;
  readonly style: PageStyle;
  readonly cursors: CursorTrail;
  readonly fetch: PageFetcher<Item, Envelope>;
  /** The caller's own; looked at between items. */
  readonly signal: AbortSignal | undefined;
  /** For messages: `openai files.list`. */
  readonly call: string;
}

/** The cursors that one reading of a list has used, each with the page it led to. */
export class CursorTrail {
  /** How many pages came before. */
  readonly #depth: number;
  readonly #pages: Map<string, number>;

  constructor(depth = 0, pages: Map<string, number> = new Map<string, number>()) {
    this.#depth = depth;
    this.#pages = pages;
  }

  /** The trail of the page behind a cursor; undefined where the cursor has led elsewhere before. */
  follow(query: QueryParameters): CursorTrail | undefined {
    const cursor = JSON.stringify(query);
    const depth = this.#depth + 1;
    const known = this.#pages.get(cursor) ?? depth;
    if (known !== depth) return undefined;
    this.#pages.set(cursor, depth);
    return new CursorTrail(depth, this.#pages);
  }
}

/**
 * One page of a list, with the members that the API sent. Iterating over it gives its
 * items and those of all pages after it; each further page is a call of its own, made
 * when it is needed.
 */
export class ListPage<Item, Envelope extends object = object> implements AsyncIterable<Item> {
  /** The items of this page. */
  readonly data: Item[];
  readonly #parts: PageParts<Item, Envelope>;

  private constructor(parts: PageParts<Item, Envelope>) {
    this.data = parts.items;
    this.#parts = parts;
  }

  /** A page that shows the members of its envelope beside its methods. */
  static of<Item, Envelope extends object>(parts: PageParts<Item, Envelope>): Page<Item, Envelope> {
    const page = new ListPage(parts);
    for (const [name, value] of Object.entries(parts.envelope)) {
      if (name in page) continue;
      Object.defineProperty(page, name, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    return page as Page<Item, Envelope>;
  }

  /** Whether there is another page. */
  hasNextPage(): boolean {
    return this.#nextQuery() !== undefined;
  }

  /**
   * The next page, by a call like the one that gave this page.
   *
   * @throws ValidationError when there is none: ask `hasNextPage()` first.
   * @throws ProtocolError when the API gives a cursor for the second time.
   */
  async getNextPage(): Promise<Page<Item, Envelope>> {
    const { call, cursors, fetch, query } = this.#parts;
    const next = this.#nextQuery();
    if (next === undefined) {
      throw new ValidationError(
        `${call}: this is the last page. Ask \`hasNextPage()\` before \`getNextPage()\`.`,
      );
    }
    const trail = cursors.follow(next);
    if (trail === undefined) throw this.#repeated(next);
    return fetch({ ...query, ...next }, trail);
  }

  /** This page and all after it. */
  async *iteratePages(): AsyncGenerator<Page<Item, Envelope>, void, undefined> {
    let page = this as unknown as Page<Item, Envelope>;
    yield page;
    while (page.hasNextPage()) {
      page = await page.getNextPage();
      yield page;
    }
  }

  /** The items of this page and of all after it. @throws AbortedError, at once, when the call's signal is aborted. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    const { call, signal } = this.#parts;
    for await (const { data } of this.iteratePages()) {
      for (const item of data) {
        if (signal?.aborted) throw abortReason(signal, call);
        yield item;
      }
    }
  }

  #nextQuery(): QueryParameters | undefined {
    const { envelope, items, query, style } = this.#parts;
    return style.next({ envelope: envelope as Readonly<Record<string, unknown>>, items, query });
  }

  #repeated(next: QueryParameters): IntegrationError {
    return new ProtocolError(
      `${this.#parts.call}: the API sends its reader back to a page that was read already (${JSON.stringify(next)}), which would never end. What has been read so far is not the whole list.`,
    );
  }
}
