import type { ItemEvent, PartEvent } from './events/event-base.ts';
import type { ResponseOutputItem } from './items/item.ts';

type ItemType = ResponseOutputItem['type'];
type ItemOf<Type extends ItemType> = Extract<ResponseOutputItem, { type: Type }>;
type ContentPart = NonNullable<ItemOf<'message' | 'reasoning'>['content']>[number];
type PartType = ContentPart['type'];

/** The output of a response in the making, for those who fill it in. */
export class OutputDraft {
  readonly #items = new Map<number, ResponseOutputItem>();

  /** In their order, as far as they have come. */
  get items(): ResponseOutputItem[] {
    return [...this.#items].toSorted(([a], [b]) => a - b).map(([, item]) => item);
  }

  /** Keeps a copy: the event that brought the item belongs to its reader. */
  set(index: number, item: ResponseOutputItem): void {
    this.#items.set(index, structuredClone(item));
  }

  /** The item that an event is about; undefined where it is unknown, or of another type. */
  item<Type extends ItemType>(
    event: Pick<ItemEvent, 'output_index'>,
    type: Type,
  ): ItemOf<Type> | undefined {
    const item = this.#items.get(event.output_index);
    return item?.type === type ? (item as ItemOf<Type>) : undefined;
  }

  /** The parts of the message, or the thoughts, that an event is about. */
  parts(event: Pick<ItemEvent, 'output_index'>): ContentPart[] | undefined {
    const message = this.item(event, 'message');
    if (message !== undefined) return message.content;
    const reasoning = this.item(event, 'reasoning');
    return reasoning === undefined ? undefined : (reasoning.content ??= []);
  }

  /** The part that an event is about; undefined where it is unknown, or of another type. */
  part<Type extends PartType>(
    event: PartEvent,
    type: Type,
  ): Extract<ContentPart, { type: Type }> | undefined {
    const part = this.parts(event)?.[event.content_index];
    return part?.type === type ? (part as Extract<ContentPart, { type: Type }>) : undefined;
  }
}
