import { speak } from '../../audio/spoken-text.ts';
import { toWav } from '../../audio/wav.ts';
import type { Route } from '../../protocol.ts';
import type { Reply, ServerEvent } from '../../reply.ts';
import { countTokens } from '../../tokens.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import {
  missing,
  optionalNumber,
  requireObjectBody,
  requireText,
  wrongValue,
} from '../request-fields.ts';
import { requireListed } from '../listed-model.ts';

const MODELS = ['tts-1', 'tts-1-hd', 'gpt-4o-mini-tts', 'gpt-4o-mini-tts-2025-12-15'];
const FORMATS: ReadonlySet<unknown> = new Set(['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm']);
const MOST_CHARACTERS = 4096;
const BYTES_PER_EVENT = 8192;
const TOKENS_PER_SECOND = 20;

/** POST /v1/audio/speech. It speaks WAV whatever it is asked for, but for `pcm`. */
export function speechRoutes(): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/audio/speech',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const model = requireListed(MODELS, requireText(body, 'model'));
        const input = parseInput(body);
        requireVoice(body['voice']);
        const speed = optionalNumber(body, 'speed', { from: 0.25, to: 4 }) ?? 1;
        const samples = speak(input, speed);
        const isPcm = parseFormat(body) === 'pcm';
        const audio = isPcm ? samples : toWav(samples);
        if (!asksForEvents(body, model)) {
          const contentType = isPcm ? 'audio/pcm' : 'audio/wav';
          return { kind: 'binary', contentType, content: audio, tokens: countTokens(input) };
        }
        return streamReply(audio, countTokens(input), input.length);
      },
    },
  ];
}

function parseInput(body: JsonObject): string {
  const input = requireText(body, 'input');
  if (input.length <= MOST_CHARACTERS) return input;
  throw wrongValue(
    'input',
    `'input' may have ${MOST_CHARACTERS} characters at most, not ${input.length}.`,
    'string_above_max_length',
  );
}

function requireVoice(voice: unknown): void {
  if (voice === undefined) throw missing('voice');
  const name = isJsonObject(voice) ? voice['id'] : voice;
  if (typeof name !== 'string' || name === '')
    throw wrongValue('voice', "'voice' must be a name, or an object with an id.");
}

function parseFormat(body: JsonObject): unknown {
  const format = body['response_format'] ?? 'mp3';
  if (FORMATS.has(format)) return format;
  throw wrongValue(
    'response_format',
    `'response_format' must be one of ${[...FORMATS].join(', ')}.`,
  );
}

function asksForEvents(body: JsonObject, model: string): boolean {
  const format = body['stream_format'] ?? 'audio';
  if (format === 'audio') return false;
  if (format !== 'sse') throw wrongValue('stream_format', "'stream_format' must be sse or audio.");
  if (!model.startsWith('tts-1')) return true;
  throw wrongValue('stream_format', `${model} does not stream events.`, 'unsupported_value');
}

function streamReply(audio: Buffer, inputTokens: number, characters: number): Reply {
  const pieces = Array.from({ length: Math.ceil(audio.length / BYTES_PER_EVENT) }, (_, index) =>
    audio.subarray(index * BYTES_PER_EVENT, (index + 1) * BYTES_PER_EVENT),
  );
  const outputTokens = Math.ceil((characters / 50) * TOKENS_PER_SECOND);
  const usage = {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
  return {
    kind: 'events',
    events: pieces.map((piece) =>
      toEvent({ type: 'speech.audio.delta', audio: piece.toString('base64') }),
    ),
    terminator: toEvent({ type: 'speech.audio.done', usage }),
    body: { usage },
    tokens: usage.total_tokens,
  };
}

function toEvent(body: { readonly type: string; readonly [name: string]: unknown }): ServerEvent {
  return { data: JSON.stringify(body) };
}
