import { speak } from '../../audio/spoken-text.ts';
import { toWav } from '../../audio/wav.ts';
import type { Route } from '../../protocol.ts';
import type { Reply, ServerEvent } from '../../reply.ts';
import { countTokens } from '../../tokens.ts';
import { usageOf } from '../chat/usage.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import {
  anything,
  filledText,
  flag,
  nullable,
  oneOf,
  optional,
  readBody,
  record,
  text,
} from '../shape.ts';
import type { VoiceShelf } from './voice-shelf.ts';

const USUAL_MODEL = 'voxtral-mini-tts-latest';
const BYTES_PER_EVENT = 8192;
const TOKENS_PER_CHARACTER = 0.4;

const REQUEST = record(
  {
    input: filledText,
    model: nullable(filledText),
    voice_id: nullable(filledText),
    ref_audio: nullable(text),
    response_format: optional(oneOf('pcm', 'wav', 'mp3', 'flac', 'opus')),
    stream: optional(flag),
    metadata: nullable(anything),
    prompt_cache_key: nullable(text),
  },
  { open: true },
);

/** POST /v1/audio/speech. It speaks WAV whatever it is asked for, but for `pcm`. */
export function speechRoutes(models: ModelShelf, voices: VoiceShelf): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/audio/speech',
      handle: ({ body }) => {
        const request = readBody(REQUEST, body);
        models.requireAble(request.model ?? USUAL_MODEL, 'audio_speech');
        if (request.voice_id !== undefined) voices.require(request.voice_id);
        const samples = speak(request.input, 1);
        const audio = request.response_format === 'pcm' ? samples : toWav(samples);
        return toReply(audio, request.input, request.stream ?? false);
      },
    },
  ];
}

function toReply(audio: Buffer, input: string, streams: boolean): Reply {
  const usage = usageOf(countTokens(input), Math.ceil(input.length * TOKENS_PER_CHARACTER));
  const body = { audio_data: audio.toString('base64') };
  if (!streams) return { kind: 'json', tokens: usage.total_tokens, body };
  const count = Math.ceil(audio.length / BYTES_PER_EVENT);
  const pieces = Array.from({ length: count }, (_, index) =>
    audio.subarray(index * BYTES_PER_EVENT, (index + 1) * BYTES_PER_EVENT),
  );
  return {
    kind: 'events',
    events: pieces.map((piece) =>
      typedEvent({ type: 'speech.audio.delta', audio_data: piece.toString('base64') }),
    ),
    terminator: typedEvent({ type: 'speech.audio.done', usage }),
    body,
    tokens: usage.total_tokens,
  };
}

/** An event whose name is the type of its body. */
export function typedEvent(body: {
  readonly type: string;
  readonly [name: string]: unknown;
}): ServerEvent {
  return { event: body.type, data: JSON.stringify(body) };
}
