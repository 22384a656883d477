import { ProtocolError } from '@integrations/errors';
import { type EventReader, EventStream } from '@integrations/provider';
import type { TranscriptionDoneEvent, TranscriptionStreamEvent } from './transcription-event.ts';

/** What was said, piece by piece. */
export class TranscriptionStream extends EventStream<TranscriptionStreamEvent> {
  readonly #last: { event: TranscriptionDoneEvent | undefined };

  constructor(reader: EventReader<TranscriptionStreamEvent>) {
    const last: { event: TranscriptionDoneEvent | undefined } = { event: undefined };
    super(reader, (event) => {
      if (event.type === 'transcription.done') last.event = event;
    });
    this.#last = last;
  }

  /**
   * The last event, with the whole text. Reads the stream to its end where nobody does;
   * may be called before, while or after it is read.
   *
   * @throws the error that ended the stream, or AbortedError when its reader left early.
   */
  async finalTranscription(): Promise<TranscriptionDoneEvent> {
    await this.finished();
    if (this.#last.event !== undefined) return this.#last.event;
    throw new ProtocolError(
      'mistral audio.transcriptions.create_stream: the stream ended properly, but without the whole text.',
      { status: this.status, requestId: this.requestId },
    );
  }
}
