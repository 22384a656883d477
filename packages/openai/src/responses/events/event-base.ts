/** What every event has. */
export interface SequencedEvent {
  /** Counts the events of a response from 0; `starting_after` takes it. */
  sequence_number: number;
}

/** An event about one item of the output. */
export interface ItemEvent extends SequencedEvent {
  item_id: string;
  /** Position in `output`. */
  output_index: number;
}

/** An event about one part of a message, or of what the model thought. */
export interface PartEvent extends ItemEvent {
  /** Position in the item's `content`. */
  content_index: number;
}

/** Events that add nothing to their name but what they are about. */
export type Named<Type extends string, Base = ItemEvent> = Type extends string
  ? Base & { type: Type }
  : never;
