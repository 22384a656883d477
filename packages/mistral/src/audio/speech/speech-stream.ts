import { decodeBase64, EventStream } from '@integrations/provider';
import type { SpeechStreamEvent } from './speech-result.ts';

/** Speech as it is made: events that carry pieces of it. */
export class SpeechStream extends EventStream<SpeechStreamEvent> {
  /**
   * The pieces of the sound as bytes, in place of the events.
   *
   * @throws the error that ended the stream.
   */
  async *audio(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    for await (const event of this) {
      if (event.type === 'speech.audio.delta') yield decodeBase64(event.audio_data);
    }
  }

  /**
   * The whole sound. Reads the stream to its end.
   *
   * @throws the same as `audio()`.
   */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of this.audio()) pieces.push(piece);
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  }
}
