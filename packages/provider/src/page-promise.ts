import type { Page } from './page.ts';
import { type ResponseHead, ResponsePromise, type ResponseReader } from './response-promise.ts';

/**
 * The promise of a page, which also gives all items of the list: those of the page and
 * of all after it, by `for await`, without awaiting the page first.
 */
export class PagePromise<Item, Envelope extends object = object>
  extends ResponsePromise<Page<Item, Envelope>>
  implements AsyncIterable<Item>
{
  /** Wraps the response that is to come. */
  static ofPage<Head extends ResponseHead, Item, Envelope extends object>(
    head: Promise<Head>,
    reader: ResponseReader<Head, Page<Item, Envelope>>,
  ): PagePromise<Item, Envelope> {
    return new PagePromise<Item, Envelope>(ResponsePromise.parts(head, reader));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    const page: AsyncIterable<Item> = await this;
    yield* page;
  }
}
