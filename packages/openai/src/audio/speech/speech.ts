import {
  type BinaryEndpoint,
  type BinaryResponse,
  type Caller,
  decodeTypedEvent,
  type ResponsePromise,
  STREAM_END,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
} from '@integrations/provider';
import * as v from 'valibot';
import { audioTokenUsage } from '../audio-usage.ts';
import type { SpeechStreamEvent } from './speech-event.ts';
import type { SpeechCreateRequest, SpeechStreamRequest } from './speech-request.ts';
import { SpeechStream } from './speech-stream.ts';

const MOST_CHARACTERS = 4096;

/** What both ways to answer have in common. */
const SHARED = {
  method: 'POST',
  path: '/audio/speech',
  validate: validateWith('openai audio.speech.create', () =>
    v.object({
      model: v.pipe(v.string(), v.nonEmpty()),
      input: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MOST_CHARACTERS)),
      voice: v.union([
        v.pipe(v.string(), v.nonEmpty()),
        v.object({ id: v.pipe(v.string(), v.nonEmpty()) }),
      ]),
      instructions: v.optional(v.pipe(v.string(), v.maxLength(MOST_CHARACTERS))),
      response_format: v.optional(v.picklist(['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'])),
      speed: v.optional(v.pipe(v.number(), v.minValue(0.25), v.maxValue(4))),
      stream_format: v.optional(v.picklist(['sse', 'audio'])),
    }),
  ),
  describe: (request: SpeechCreateRequest) => ({
    operation: 'speech',
    model: request.model,
    stream: request.stream_format === 'sse' ? true : undefined,
    outputType: 'speech',
  }),
} as const;

const create: BinaryEndpoint<SpeechCreateRequest> = {
  ...SHARED,
  operation: 'audio.speech.create',
  accept: 'application/octet-stream',
  expects: { name: 'audio', type: /^\s*(?:audio\/|application\/octet-stream\b)/i },
};

const createStream: StreamEndpoint<SpeechStreamRequest, SpeechStreamEvent> = {
  ...SHARED,
  operation: 'audio.speech.create_stream',
  decode: decodeTypedEvent,
  endOf: ({ type }) => (type === 'speech.audio.done' ? STREAM_END : undefined),
  collect: (event, facts) => {
    const usage = event.type === 'speech.audio.done' ? audioTokenUsage(event.usage) : undefined;
    if (usage !== undefined) facts.usage = usage;
  },
};

function isStreaming(request: SpeechCreateRequest): request is SpeechStreamRequest {
  // Callers without types may pass nothing at all; validation tells them so.
  return request?.stream_format === 'sse';
}

/** `/audio/speech`. */
export class Speech {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** A text, spoken, as events that carry audio and end with what it cost. `POST /audio/speech` */
  create(request: SpeechStreamRequest, options?: StreamOptions): ResponsePromise<SpeechStream>;
  /** A text, spoken: an audio file that can be played while it arrives. `POST /audio/speech` */
  create(
    request: SpeechCreateRequest & { readonly stream_format?: 'audio' | undefined },
    options?: StreamOptions,
  ): ResponsePromise<BinaryResponse>;
  create(
    request: SpeechCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<SpeechStream> | ResponsePromise<BinaryResponse>;
  create(
    request: SpeechCreateRequest,
    options?: StreamOptions,
  ): ResponsePromise<SpeechStream> | ResponsePromise<BinaryResponse> {
    return isStreaming(request)
      ? this.#caller.stream(
          createStream,
          { body: request },
          options,
          (reader) => new SpeechStream(reader),
        )
      : this.#caller.binary(create, { body: request }, options);
  }
}
