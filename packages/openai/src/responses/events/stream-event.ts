import type { ResponseContentEvent } from './content-event.ts';
import type { ResponseErrorEvent, ResponseLifecycleEvent } from './lifecycle-event.ts';
import type { ResponseToolEvent } from './tool-event.ts';

/**
 * An event of a streamed response, told apart by its `type`. Events that are newer
 * than this list come as they are.
 */
export type ResponseStreamEvent =
  | ResponseLifecycleEvent
  | ResponseErrorEvent
  | ResponseContentEvent
  | ResponseToolEvent;

/** The event of a type: `ResponseStreamEventOf<'response.output_text.delta'>`. */
export type ResponseStreamEventOf<Type extends ResponseStreamEvent['type']> = Extract<
  ResponseStreamEvent,
  { type: Type }
>;
