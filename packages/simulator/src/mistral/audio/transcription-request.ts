import type { UploadedFile } from '../../form-data.ts';
import {
  either,
  filledText,
  list,
  number,
  oneOf,
  optional,
  record,
  type Shape,
  text,
  wrong,
} from '../shape.ts';
import { UPLOADED_FILE } from '../uploaded-file.ts';

/** The fields of forms are texts. */
const formFlag: Shape<boolean> = (value, at) => oneOf('true', 'false')(value, at) === 'true';

const formNumber: Shape<number> = (value, at) =>
  number({ from: 0 })(typeof value === 'string' && value !== '' ? Number(value) : value, at);

const LANGUAGE: Shape<string> = (value, at) => {
  const language = text(value, at);
  if (/^\w{2}$/.test(language)) return language;
  throw wrong(
    value,
    at,
    'string_pattern_mismatch',
    String.raw`String should match pattern '^\w{2}$'`,
  );
};

/** One entry of a form's list comes as it is. */
function formList<T>(shape: Shape<T>): Shape<readonly T[]> {
  const several = list(shape);
  return (value, at) => (Array.isArray(value) ? several(value, at) : [shape(value, at)]);
}

const GIVEN = record({
  model: filledText,
  file: optional(UPLOADED_FILE),
  file_url: optional(filledText),
  file_id: optional(filledText),
  language: optional(LANGUAGE),
  temperature: optional(formNumber),
  stream: optional(formFlag),
  diarize: optional(formFlag),
  context_bias: optional(formList(text)),
  timestamp_granularities: optional(formList(either(oneOf('segment'), oneOf('word')))),
});

/** Where the sound is. */
export type SoundSource =
  | { readonly file: UploadedFile }
  | { readonly id: string }
  | { readonly url: string };

/** What is to be listened to, and how. */
export interface TranscriptionRequest {
  readonly model: string;
  readonly source: SoundSource;
  readonly language: string;
  readonly stream: boolean;
  readonly diarize: boolean;
  readonly granularities: readonly string[];
}

/** The form of a request. */
export const TRANSCRIPTION_REQUEST: Shape<TranscriptionRequest> = (value, at) => {
  const given = GIVEN(value, at);
  const { file, file_id: id, file_url: url } = given;
  const sources: SoundSource[] = [
    ...(file === undefined ? [] : [{ file }]),
    ...(id === undefined ? [] : [{ id }]),
    ...(url === undefined ? [] : [{ url }]),
  ];
  const [source] = sources;
  if (source === undefined || sources.length > 1)
    throw wrong(null, at, 'value_error', 'Value error, Exactly one source is needed');
  return {
    model: given.model,
    source,
    language: given.language ?? 'en',
    stream: given.stream ?? false,
    diarize: given.diarize ?? false,
    granularities: given.timestamp_granularities ?? [],
  };
};
