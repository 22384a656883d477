import { timedSentences, transcribe, type Transcript } from '../../audio/transcript.ts';
import type { JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply, type Reply, type ServerEvent } from '../../reply.ts';
import { requireFile } from '../files/file-routes.ts';
import { requireListed } from '../listed-model.ts';
import { requireObjectBody, requireText, wrongValue } from '../request-fields.ts';
import { splitWords } from '../../split-words.ts';
import { toSrt, toVtt } from './subtitles.ts';
import { diarizedBody, speakerSegments, verboseBody } from './transcription-body.ts';
import { usageOf } from './transcription-usage.ts';

const WHISPER = 'whisper-1';
const DIARIZE = 'gpt-4o-transcribe-diarize';
const MODELS = [
  WHISPER,
  'gpt-transcribe',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-mini-transcribe-2025-12-15',
  DIARIZE,
];
const WHISPER_FORMATS = ['json', 'text', 'srt', 'verbose_json', 'vtt'];
const DIARIZE_FORMATS = ['json', 'text', 'diarized_json'];
const OTHER_FORMATS = ['json', 'text'];

/** POST /v1/audio/transcriptions and /v1/audio/translations. What is said is taken for English. */
export function transcriptionRoutes(wordsPerEvent: number): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/audio/transcriptions',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const { bytes } = requireFile(body, 'file');
        const model = requireListed(MODELS, requireText(body, 'model'));
        const format = parseFormat(body, formatsOf(model), model);
        const transcript = transcribe(bytes);
        // As the API documents it, whisper-1 overlooks the wish.
        if (body['stream'] === 'true' && model !== WHISPER)
          return streamReply(transcript, { body, model, wordsPerEvent });
        if (format === 'diarized_json')
          return jsonReply(diarizedBody(transcript, speakersOf(body)));
        if (format === 'json') return jsonReply(wholeBody(transcript, model));
        return otherReply(transcript, format, 'transcribe', body);
      },
    },
    {
      method: 'POST',
      path: '/v1/audio/translations',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const { bytes } = requireFile(body, 'file');
        const model = requireListed([WHISPER], requireText(body, 'model'));
        const format = parseFormat(body, WHISPER_FORMATS, model);
        const transcript = transcribe(bytes);
        if (format === 'json') return jsonReply({ text: transcript.text });
        return otherReply(transcript, format, 'translate', body);
      },
    },
  ];
}

function formatsOf(model: string): readonly string[] {
  if (model === WHISPER) return WHISPER_FORMATS;
  return model === DIARIZE ? DIARIZE_FORMATS : OTHER_FORMATS;
}

function parseFormat(body: JsonObject, formats: readonly string[], model: string): string {
  const format = body['response_format'] ?? 'json';
  if (typeof format === 'string' && formats.includes(format)) return format;
  throw wrongValue(
    'response_format',
    `response_format ${JSON.stringify(format)} is not compatible with model '${model}'. Use ${formats.join(', ')}.`,
    'unsupported_value',
  );
}

function speakersOf(body: JsonObject): readonly string[] {
  const names = body['known_speaker_names'];
  return Array.isArray(names) ? names.map(String) : ['A', 'B'];
}

function wholeBody(transcript: Transcript, model: string): object {
  if (model === WHISPER) {
    return {
      text: transcript.text,
      usage: { type: 'duration', seconds: Math.ceil(transcript.seconds) },
    };
  }
  const languages = model === 'gpt-transcribe' ? { languages: [{ code: 'en' }] } : {};
  return { text: transcript.text, ...languages, usage: usageOf(transcript) };
}

function otherReply(
  transcript: Transcript,
  format: string,
  task: 'transcribe' | 'translate',
  body: JsonObject,
): Reply {
  if (format === 'verbose_json') {
    const wanted = body['timestamp_granularities'];
    return jsonReply(verboseBody(transcript, task, Array.isArray(wanted) ? wanted : ['segment']));
  }
  const content = Buffer.from(writeText(transcript, format));
  return { kind: 'binary', contentType: 'text/plain; charset=utf-8', content, tokens: 0 };
}

function writeText(transcript: Transcript, format: string): string {
  if (format === 'srt') return toSrt(timedSentences(transcript));
  if (format === 'vtt') return toVtt(timedSentences(transcript));
  return `${transcript.text}\n`;
}

function streamReply(
  transcript: Transcript,
  settings: { readonly body: JsonObject; readonly model: string; readonly wordsPerEvent: number },
): Reply {
  const { body, model, wordsPerEvent } = settings;
  const usage = usageOf(transcript);
  const deltas = splitWords(transcript.text, wordsPerEvent).map((delta) =>
    toEvent({ type: 'transcript.text.delta', delta }),
  );
  const segments = model === DIARIZE ? speakerSegments(transcript, speakersOf(body)) : [];
  return {
    kind: 'events',
    events: [...deltas, ...segments.map(toEvent)],
    terminator: toEvent({ type: 'transcript.text.done', text: transcript.text, usage }),
    body: wholeBody(transcript, model),
    tokens: usage.total_tokens,
  };
}

function toEvent(body: object): ServerEvent {
  return { data: JSON.stringify(body) };
}
