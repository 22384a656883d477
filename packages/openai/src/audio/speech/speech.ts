import {
  type BinaryEndpoint,
  type BinaryResponse,
  type Caller,
  type ResponsePromise,
  STREAM_END,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
} from '@integrations/provider';
import { z } from 'zod/mini';
import { decodeTypedEvent } from '../../typed-event.ts';
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
    z.object({
      model: z.string().check(z.minLength(1)),
      input: z.string().check(z.minLength(1), z.maxLength(MOST_CHARACTERS)),
      voice: z.union([
        z.string().check(z.minLength(1)),
        z.object({ id: z.string().check(z.minLength(1)) }),
      ]),
      instructions: z.optional(z.string().check(z.maxLength(MOST_CHARACTERS))),
      response_format: z.optional(z.enum(['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'])),
      speed: z.optional(z.number().check(z.gte(0.25), z.lte(4))),
      stream_format: z.optional(z.enum(['sse', 'audio'])),
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
