import {
  type TimedText,
  timedSentences,
  timedWords,
  transcribe,
  type Transcript,
} from '../../audio/transcript.ts';
import type { Route } from '../../protocol.ts';
import type { Reply } from '../../reply.ts';
import { splitWords } from '../../split-words.ts';
import { countTokens } from '../../tokens.ts';
import { usageOf } from '../chat/usage.ts';
import type { FileShelf } from '../files/file-shelf.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import { readBody } from '../shape.ts';
import { typedEvent } from './speech-routes.ts';
import {
  type SoundSource,
  TRANSCRIPTION_REQUEST,
  type TranscriptionRequest,
} from './transcription-request.ts';

const TOKENS_PER_SECOND = 10;

/** What transcriptions are made with. */
export interface TranscriptionSettings {
  readonly models: ModelShelf;
  readonly files: FileShelf;
  readonly wordsPerEvent: number;
}

/** POST /v1/audio/transcriptions. What is said is taken for the language that was named, or for English. */
export function transcriptionRoutes(settings: TranscriptionSettings): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/audio/transcriptions',
      handle: ({ body: form }) => {
        const request = readBody(TRANSCRIPTION_REQUEST, form ?? {});
        settings.models.requireAble(request.model, 'audio_transcription');
        const transcript = hear(request.source, settings.files);
        const body = bodyOf(request, transcript);
        const tokens = body.usage.total_tokens;
        if (!request.stream) return { kind: 'json', body, tokens };
        return streamReply(body, transcript, settings.wordsPerEvent);
      },
    },
  ];
}

function hear(source: SoundSource, files: FileShelf): Transcript {
  if ('file' in source) return transcribe(source.file.bytes);
  if ('id' in source) return transcribe(files.require(source.id).content);
  return { text: `The simulator has not listened to ${source.url}.`, seconds: 2 };
}

interface TranscriptionBody {
  readonly model: string;
  readonly text: string;
  readonly language: string;
  readonly segments: readonly Segment[];
  readonly usage: ReturnType<typeof usageOf> & { readonly prompt_audio_seconds: number };
}

interface Segment extends TimedText {
  readonly type: 'transcription_segment';
  readonly speaker_id: string | null;
}

function bodyOf(request: TranscriptionRequest, transcript: Transcript): TranscriptionBody {
  const { text, seconds } = transcript;
  const heard = Math.ceil(seconds);
  return {
    model: request.model,
    text,
    language: request.language,
    segments: segmentsOf(request, transcript),
    usage: {
      ...usageOf(heard * TOKENS_PER_SECOND, countTokens(text)),
      prompt_audio_seconds: heard,
    },
  };
}

/** Speakers take turns. */
function segmentsOf(
  { diarize, granularities }: TranscriptionRequest,
  transcript: Transcript,
): Segment[] {
  const parts = [
    ...(granularities.includes('segment') || diarize ? timedSentences(transcript) : []),
    ...(granularities.includes('word') ? timedWords(transcript) : []),
  ];
  return parts.map((part, index) => ({
    type: 'transcription_segment',
    ...part,
    speaker_id: diarize ? `speaker_${(index % 2) + 1}` : null,
  }));
}

function streamReply(body: TranscriptionBody, transcript: Transcript, words: number): Reply {
  const { language, segments, usage } = body;
  return {
    kind: 'events',
    events: [
      typedEvent({ type: 'transcription.language', audio_language: language }),
      ...splitWords(transcript.text, words).map((text) =>
        typedEvent({ type: 'transcription.text.delta', text }),
      ),
      ...segments.map(({ type: _type, ...segment }) =>
        typedEvent({ type: 'transcription.segment', ...segment }),
      ),
    ],
    terminator: typedEvent({ type: 'transcription.done', ...body }),
    body,
    tokens: usage.total_tokens,
  };
}
