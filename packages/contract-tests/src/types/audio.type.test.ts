import type * as Ours from '@integrations/openai';
import type * as Speech from 'openai/resources/audio/speech';
import type * as Theirs from 'openai/resources/audio/transcriptions';
import type * as Translations from 'openai/resources/audio/translations';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

// What can be uploaded is a wider choice here; it has tests of its own.
type WithoutFile<T> = Omit<T, 'file'>;

describe('types of audio', () => {
  it('requests for transcriptions', () => {
    expectTypeOf<
      Mutual<
        WithoutFile<Ours.TranscriptionCreateRequest>,
        WithoutFile<Theirs.TranscriptionCreateParamsBase>
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<
        WithoutFile<Ours.TranscriptionStreamRequest>,
        WithoutFile<Theirs.TranscriptionCreateParamsStreaming>
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<
        WithoutFile<Ours.TranscriptionWholeRequest>,
        WithoutFile<Theirs.TranscriptionCreateParamsNonStreaming>
      >
    >().toEqualTypeOf<true>();
  });

  it('transcriptions', () => {
    expectTypeOf<Mutual<Ours.Transcription, Theirs.Transcription>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.TranscriptionVerbose, Theirs.TranscriptionVerbose>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.TranscriptionDiarized, Theirs.TranscriptionDiarized>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.TranscriptionStreamEvent, Theirs.TranscriptionStreamEvent>
    >().toEqualTypeOf<true>();
  });

  it('translations', () => {
    expectTypeOf<
      Mutual<
        WithoutFile<Ours.TranslationCreateRequest>,
        WithoutFile<Translations.TranslationCreateParams>
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.Translation, Translations.Translation>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.TranslationVerbose, Translations.TranslationVerbose>
    >().toEqualTypeOf<true>();
  });

  it('speech', () => {
    expectTypeOf<
      Mutual<Ours.SpeechCreateRequest, Speech.SpeechCreateParams>
    >().toEqualTypeOf<true>();
  });
});
