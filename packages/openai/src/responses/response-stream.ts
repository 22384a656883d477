import { ProtocolError } from '@integrations/errors';
import { type EventReader, EventStream, type TokenUsage } from '@integrations/provider';
import type { ResponseStreamEvent } from './events/stream-event.ts';
import type { ResponseOutputItem } from './items/item.ts';
import { outputText } from './output-text.ts';
import type { Response } from './response.ts';
import { ResponseAccumulator } from './response-accumulator.ts';
import { responseTokenUsage } from './response-usage.ts';

/**
 * The events of a response. What they tell is put together as they are read; of a
 * stream that was taken up in its middle that is what came since, until its last event
 * shows the whole response.
 */
export class ResponseStream extends EventStream<ResponseStreamEvent> {
  readonly #answer: ResponseAccumulator;

  constructor(reader: EventReader<ResponseStreamEvent>) {
    const answer = new ResponseAccumulator();
    super(reader, (event) => answer.add(event));
    this.#answer = answer;
  }

  /**
   * The number of the last event that was read. With `background: true`, a stream that
   * was cut goes on from there: `client.responses.retrieve(responseId, { stream: true,
   * starting_after: lastSequenceNumber })`.
   */
  get lastSequenceNumber(): number | undefined {
    return this.#answer.lastSequenceNumber;
  }

  /** The response's id, once an event has told it. */
  get responseId(): string | undefined {
    return this.#answer.response?.id;
  }

  /** The response as far as it has been read; undefined before the first event that shows it. */
  get currentResponse(): Response | undefined {
    return this.#answer.response;
  }

  /** The items that have been read so far, the last of them perhaps unfinished. */
  get output(): readonly ResponseOutputItem[] {
    return this.#answer.output;
  }

  /** The text that has been read so far. */
  get outputText(): string {
    return outputText(this.#answer.output);
  }

  override get tokenUsage(): TokenUsage | undefined {
    const { final } = this.#answer;
    return super.tokenUsage ?? (final === undefined ? undefined : responseTokenUsage(final));
  }

  /**
   * The whole response, completed or incomplete: its `status` tells. Reads the stream
   * to its end where nobody does; may be called before, while or after it is read.
   *
   * @throws the typed error of a response that failed, any other error that ended the
   * stream, or AbortedError when its reader left early.
   */
  async finalResponse(): Promise<Response> {
    await this.finished();
    const { final } = this.#answer;
    if (final !== undefined) return final;
    throw new ProtocolError(
      'openai responses.create_stream: the stream ended properly, but no event showed the response.',
      { status: this.status, requestId: this.requestId },
    );
  }
}
