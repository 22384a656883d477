/** The models that turn audio into text. */
export type AudioModel =
  | 'whisper-1'
  | 'gpt-transcribe'
  | 'gpt-4o-transcribe'
  | 'gpt-4o-mini-transcribe'
  | 'gpt-4o-mini-transcribe-2025-12-15'
  | 'gpt-4o-transcribe-diarize';

/** What a text can come as: the first, the fourth and the last are JSON, the others are texts. */
export type AudioResponseFormat =
  | 'json'
  | 'text'
  | 'srt'
  | 'verbose_json'
  | 'vtt'
  | 'diarized_json';

/** The formats that are no JSON. */
export type AudioTextFormat = 'text' | 'srt' | 'vtt';

const TEXT_FORMATS: ReadonlySet<unknown> = new Set<AudioTextFormat>(['text', 'srt', 'vtt']);

/** Whether a request asks for something that is no JSON. */
export function asksForText(request: { readonly response_format?: unknown } | undefined): boolean {
  return TEXT_FORMATS.has(request?.response_format);
}
