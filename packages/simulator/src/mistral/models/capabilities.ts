import { kindOf, type ModelDescription } from '../../model-description.ts';

/** What a model can do, as its card says. */
export interface Capabilities {
  readonly completion_chat: boolean;
  readonly function_calling: boolean;
  readonly reasoning: boolean;
  readonly completion_fim: boolean;
  readonly fine_tuning: boolean;
  readonly vision: boolean;
  readonly ocr: boolean;
  readonly classification: boolean;
  readonly moderation: boolean;
  readonly audio: boolean;
  readonly audio_transcription: boolean;
  readonly audio_transcription_realtime: boolean;
  readonly audio_speech: boolean;
}

/** What a model can do, by its id; one whose id says nothing chats. */
export function capabilitiesOf(model: ModelDescription): Capabilities {
  const { id } = model;
  const embeds = kindOf(model) === 'embedding';
  const classifies = id.includes('classifier');
  const moderates = id.includes('moderation');
  const reads = id.includes('ocr');
  const speaks = id.includes('tts');
  const hears = id.includes('voxtral') && !speaks;
  const chats = !(embeds || classifies || moderates || reads || speaks);
  return {
    completion_chat: chats,
    function_calling: chats,
    reasoning: chats && id.includes('magistral'),
    completion_fim: chats && id.includes('codestral'),
    fine_tuning: chats && /^(?:open-mistral|ministral|mistral-small|codestral)/.test(id),
    vision: chats && /pixtral|mistral-(?:large|medium|small)/.test(id),
    ocr: reads,
    classification: classifies,
    moderation: moderates,
    audio: hears,
    audio_transcription: hears,
    audio_transcription_realtime: hears && id.includes('realtime'),
    audio_speech: speaks,
  };
}
