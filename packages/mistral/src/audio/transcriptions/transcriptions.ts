import {
  type AnswerFacts,
  type CallOptions,
  type CoreCaller,
  decodeTypedEvent,
  type JsonEndpoint,
  REPEATING_FORM_BODY,
  type RequestFacts,
  type ResponsePromise,
  STREAM_END,
  type StreamEndpoint,
  type StreamOptions,
  withoutNulls,
  type WithRequestId,
} from '@integrations/provider';
import { collectAudioUsage } from '../audio-facts.ts';
import type { Transcription } from './transcription.ts';
import type { TranscriptionStreamEvent } from './transcription-event.ts';
import type { TranscriptionRequest, TranscriptionWireRequest } from './transcription-request.ts';
import { validateTranscription } from './transcription-schema.ts';
import { TranscriptionStream } from './transcription-stream.ts';

/** What both ways to answer have in common. */
const SHARED = {
  method: 'POST',
  path: '/v1/audio/transcriptions',
  encoding: REPEATING_FORM_BODY,
  describe: ({ model, stream, temperature }: TranscriptionWireRequest): RequestFacts => ({
    operation: 'transcription',
    model,
    stream,
    temperature: temperature ?? undefined,
    outputType: 'json',
  }),
} as const;

function collectFacts({ model, usage }: Partial<Transcription>, facts: AnswerFacts): void {
  facts.model = model;
  collectAudioUsage(usage, facts);
}

const create: JsonEndpoint<TranscriptionWireRequest, Transcription> = {
  ...SHARED,
  operation: 'audio.transcriptions.create',
  resultKey: 'text',
  validate: /* @__PURE__ */ validateTranscription('mistral audio.transcriptions.create'),
  collect: collectFacts,
};

const createStream: StreamEndpoint<TranscriptionWireRequest, TranscriptionStreamEvent> = {
  ...SHARED,
  operation: 'audio.transcriptions.create_stream',
  validate: /* @__PURE__ */ validateTranscription('mistral audio.transcriptions.create_stream'),
  decode: decodeTypedEvent,
  endOf: ({ type }) => (type === 'transcription.done' ? STREAM_END : undefined),
  collect: (event, facts) => {
    if (event.type === 'transcription.done') collectFacts(event, facts);
  },
};

/** `/v1/audio/transcriptions`. */
export class Transcriptions {
  readonly #caller: CoreCaller;

  constructor(caller: CoreCaller) {
    this.#caller = caller;
  }

  /** What was said. `POST /v1/audio/transcriptions` */
  create(
    request: TranscriptionRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Transcription>> {
    return this.#caller.call(create, { body: withoutNulls(request) }, options);
  }

  /** What was said, piece by piece. `POST /v1/audio/transcriptions` */
  createStream(
    request: TranscriptionRequest,
    options?: StreamOptions,
  ): ResponsePromise<TranscriptionStream> {
    return this.#caller.stream(
      createStream,
      { body: { ...withoutNulls(request), stream: true } },
      options,
      (reader) => new TranscriptionStream(reader),
    );
  }
}
