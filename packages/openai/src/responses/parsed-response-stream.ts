import type { EventReader } from '@integrations/provider';
import type { ResponseStreamEvent } from './events/stream-event.ts';
import type { ParsedResponse } from './parsed-response.ts';
import type { ResponseOutputs } from './response-outputs.ts';
import { ResponseStream } from './response-stream.ts';

/** A streamed response that is read by the schemas of its request. */
export class ParsedResponseStream<Output> extends ResponseStream {
  readonly #outputs: ResponseOutputs<Output>;

  constructor(reader: EventReader<ResponseStreamEvent>, outputs: ResponseOutputs<Output>) {
    super(reader);
    this.#outputs = outputs;
  }

  /**
   * The whole response, read: what the schema made of it is its `output_parsed`.
   *
   * @throws what ended the stream; RefusalError, LengthFinishReasonError or
   *   ContentFilterError for an answer that cannot be read; InvalidOutputError for one
   *   that does not fit.
   */
  override async finalResponse(): Promise<ParsedResponse<Output>> {
    const response = await super.finalResponse();
    const place = { call: 'openai responses.stream', requestId: this.requestId };
    return this.#outputs.parse({ ...response }, place);
  }
}
