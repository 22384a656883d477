import type { Caller } from '@integrations/provider';
import { Speech } from './speech/speech.ts';
import { Transcriptions } from './transcriptions/transcriptions.ts';
import { Voices } from './voices/voices.ts';

/** `/v1/audio`. */
export class Audio {
  /** `/v1/audio/speech`: texts, spoken. */
  readonly speech: Speech;
  /** `/v1/audio/transcriptions`: what was said. */
  readonly transcriptions: Transcriptions;
  /** `/v1/audio/voices`: who speaks. */
  readonly voices: Voices;

  constructor(caller: Caller) {
    this.speech = new Speech(caller);
    this.transcriptions = new Transcriptions(caller);
    this.voices = new Voices(caller);
  }
}
