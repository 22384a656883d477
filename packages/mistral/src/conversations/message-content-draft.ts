import { ContentDraft } from '@integrations/provider';
import type { OutputChunk } from './entry-content.ts';

/** The content of a message in the making: what has come for each of its places. */
export class MessageContentDraft {
  readonly #places = new Map<number, ContentDraft>();

  /** @param index the place that goes on. */
  add(piece: string | OutputChunk, index: number): void {
    const place = this.#places.get(index) ?? new ContentDraft();
    this.#places.set(index, place);
    place.add(typeof piece === 'string' ? piece : [piece]);
  }

  /** A text where nothing but text came; otherwise its parts. */
  get content(): string | OutputChunk[] {
    const places = [...this.#places].toSorted(([a], [b]) => a - b).map(([, place]) => place.value);
    const [first] = places;
    if (places.length === 1 && typeof first === 'string') return first;
    return places.flatMap((value) =>
      typeof value === 'string' ? { type: 'text', text: value } : ((value ?? []) as OutputChunk[]),
    );
  }
}
