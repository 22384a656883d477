import type { ResponseStreamEvent } from './events/stream-event.ts';
import type { ResponseOutputItem } from './items/item.ts';
import { addToOutput } from './output-additions.ts';
import { OutputDraft } from './output-draft.ts';
import { outputText } from './output-text.ts';
import type { Response } from './response.ts';

/** Puts the events of a stream together to the response that they tell of. */
export class ResponseAccumulator {
  readonly #output = new OutputDraft();
  #latest: Response | undefined;
  #final: Response | undefined;
  #lastSequenceNumber: number | undefined;

  add(event: ResponseStreamEvent): void {
    // Of events that are newer than this client nothing is certain.
    if (typeof event.sequence_number === 'number') this.#lastSequenceNumber = event.sequence_number;
    switch (event.type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        this.#latest = event.response;
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        this.#final = this.#complete(event.response);
        break;
      default:
        addToOutput(this.#output, event);
    }
  }

  /** The number of the last event that came. */
  get lastSequenceNumber(): number | undefined {
    return this.#lastSequenceNumber;
  }

  /** What has come of the output. */
  get output(): ResponseOutputItem[] {
    return this.#final?.output ?? this.#output.items;
  }

  /** The response as it stands; undefined before the first event that shows it. */
  get response(): Response | undefined {
    if (this.#final !== undefined) return this.#final;
    return this.#latest === undefined ? undefined : this.#complete(this.#latest);
  }

  /** The response of the last event; undefined while there is more to come. */
  get final(): Response | undefined {
    return this.#final;
  }

  /** Some servers show an empty output, however much of it they have sent. */
  #complete(response: Response): Response {
    const shown = response.output ?? [];
    const output = shown.length > 0 ? shown : this.#output.items;
    return { ...response, output, output_text: outputText(output) };
  }
}
