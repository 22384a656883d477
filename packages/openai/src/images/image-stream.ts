import { type EventReader, EventStream } from '@integrations/provider';
import type { ImageEditStreamEvent, ImageGenStreamEvent } from './image-event.ts';

type Completed<Event> = Extract<Event, { readonly usage: unknown }>;

function isCompleted<Event extends ImageGenStreamEvent | ImageEditStreamEvent>(
  event: Event,
): event is Completed<Event> {
  return event.type.endsWith('.completed');
}

/** Images while they are made: unfinished ones first, where the request asks for them. */
export class ImageStream<
  Event extends ImageGenStreamEvent | ImageEditStreamEvent,
> extends EventStream<Event> {
  readonly #completed: Completed<Event>[];

  constructor(reader: EventReader<Event>) {
    const completed: Completed<Event>[] = [];
    super(reader, (event) => {
      if (isCompleted(event)) completed.push(event);
    });
    this.#completed = completed;
  }

  /**
   * The finished images, as the events that brought them. Reads the stream to its end
   * where nobody does; may be called before, while or after it is read.
   *
   * @throws the error that ended the stream, or AbortedError when its reader left early.
   */
  async finalImages(): Promise<readonly Completed<Event>[]> {
    await this.finished();
    return this.#completed;
  }
}
