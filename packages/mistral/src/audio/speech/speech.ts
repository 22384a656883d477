import {
  type CallOptions,
  type CoreCaller,
  decodeTypedEvent,
  type JsonEndpoint,
  type ResponsePromise,
  STREAM_END,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { collectAudioUsage } from '../audio-facts.ts';
import type { SpeechRequest, SpeechWireRequest } from './speech-request.ts';
import type { SpeechResult, SpeechStreamEvent } from './speech-result.ts';
import { SpeechStream } from './speech-stream.ts';

/** What both ways to answer have in common. */
const SHARED = {
  method: 'POST',
  path: '/v1/audio/speech',
  describe: ({ model, stream }: SpeechWireRequest) => ({
    operation: 'speech',
    model: model ?? undefined,
    stream,
    outputType: 'speech',
  }),
} as const;

function validate(call: string): (body: unknown) => void {
  return validateWith(call, () =>
    v.object({
      input: v.pipe(v.string(), v.nonEmpty()),
      response_format: v.optional(v.picklist(['pcm', 'wav', 'mp3', 'flac', 'opus'])),
    }),
  );
}

const create: JsonEndpoint<SpeechWireRequest, SpeechResult> = {
  ...SHARED,
  operation: 'audio.speech.create',
  resultKey: 'audio_data',
  validate: /* @__PURE__ */ validate('mistral audio.speech.create'),
};

const createStream: StreamEndpoint<SpeechWireRequest, SpeechStreamEvent> = {
  ...SHARED,
  operation: 'audio.speech.create_stream',
  validate: /* @__PURE__ */ validate('mistral audio.speech.create_stream'),
  decode: decodeTypedEvent,
  endOf: ({ type }) => (type === 'speech.audio.done' ? STREAM_END : undefined),
  collect: (event, facts) => {
    if (event.type === 'speech.audio.done') collectAudioUsage(event.usage, facts);
  },
};

/** `/v1/audio/speech`. */
export class Speech {
  readonly #caller: CoreCaller;

  constructor(caller: CoreCaller) {
    this.#caller = caller;
  }

  /** A text, spoken: a sound file in base64. `POST /v1/audio/speech` */
  create(
    request: SpeechRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<SpeechResult>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** A text, spoken, as events that carry pieces of the sound and end with what it cost. `POST /v1/audio/speech` */
  createStream(request: SpeechRequest, options?: StreamOptions): ResponsePromise<SpeechStream> {
    return this.#caller.stream(
      createStream,
      { body: { ...request, stream: true } },
      options,
      (reader) => new SpeechStream(reader),
    );
  }
}
