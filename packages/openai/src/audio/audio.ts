import type { Caller } from '@integrations/provider';
import { Speech } from './speech/speech.ts';
import { Transcriptions } from './transcriptions/transcriptions.ts';
import { Translations } from './translations/translations.ts';

/** `/audio`. */
export class Audio {
  /** `/audio/speech`: texts, spoken. */
  readonly speech: Speech;
  /** `/audio/transcriptions`: what was said. */
  readonly transcriptions: Transcriptions;
  /** `/audio/translations`: what was said, in English. */
  readonly translations: Translations;

  constructor(caller: Caller) {
    this.speech = new Speech(caller);
    this.transcriptions = new Transcriptions(caller);
    this.translations = new Translations(caller);
  }
}
