import type { Clock, HttpStreamingResponse } from '@integrations/types';

/** How long a connection may take to end by itself after the last event, before it is closed. */
const DRAIN_MS = 1000;

/** Lets a response whose answer is complete run to its end, so that its connection can serve another call. */
export function drain(
  chunks: AsyncIterator<Uint8Array>,
  response: HttpStreamingResponse,
  clock: Clock,
): void {
  const timer = clock.schedule(() => response.cancel(), DRAIN_MS);
  // A connection that breaks here loses nothing: the answer is complete.
  const drained = (): void => timer[Symbol.dispose]();
  const step = (): void => {
    chunks.next().then((result) => (result.done ? drained() : step()), drained);
  };
  step();
}
