import { ProtocolError } from '@integrations/errors';
import { type EventReader, EventStream } from '@integrations/provider';
import type {
  TranscriptionStreamEvent,
  TranscriptionTextDoneEvent,
} from './transcription-event.ts';

/** What was said, piece by piece. */
export class TranscriptionStream extends EventStream<TranscriptionStreamEvent> {
  readonly #last: { event: TranscriptionTextDoneEvent | undefined };

  constructor(reader: EventReader<TranscriptionStreamEvent>) {
    const last: { event: TranscriptionTextDoneEvent | undefined } = { event: undefined };
    super(reader, (event) => {
      if (event.type === 'transcript.text.done') last.event = event;
    });
    this.#last = last;
  }

  /**
   * The last event, with the whole text. Reads the stream to its end where nobody does;
   * may be called before, while or after it is read.
   *
   * @throws the error that ended the stream, or AbortedError when its reader left early.
   */
  async finalTranscription(): Promise<TranscriptionTextDoneEvent> {
    await this.finished();
    if (this.#last.event !== undefined) return this.#last.event;
    throw new ProtocolError(
      'openai audio.transcriptions.create_stream: the stream ended properly, but without the whole text.',
      { status: this.status, requestId: this.requestId },
    );
  }
}
