import {
  type AnswerFacts,
  type Caller,
  type CallOptions,
  decodeTypedEvent,
  type Endpoint,
  FORM_BODY,
  type JsonEndpoint,
  type RequestFacts,
  type ResponsePromise,
  STREAM_END,
  type StreamEndpoint,
  type StreamOptions,
  uploadableSchema,
  validateWith,
  withoutNulls,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { asksForText, type AudioTextFormat } from '../audio-format.ts';
import { audioTokenUsage } from '../audio-usage.ts';
import type { TranscriptionStreamEvent } from './transcription-event.ts';
import type {
  TranscriptionCreateRequest,
  TranscriptionStreamRequest,
  TranscriptionWholeRequest,
} from './transcription-request.ts';
import { TranscriptionStream } from './transcription-stream.ts';
import type {
  Transcription,
  TranscriptionDiarized,
  TranscriptionVerbose,
} from './transcription.ts';

/** What a transcription can come as, in JSON. */
type AnyTranscription = Transcription | TranscriptionDiarized | TranscriptionVerbose;

const validate = validateWith('openai audio.transcriptions.create', () =>
  v.object({
    file: uploadableSchema(),
    model: v.pipe(v.string(), v.nonEmpty()),
    response_format: v.optional(
      v.picklist(['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json']),
    ),
    temperature: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    languages: v.optional(v.pipe(v.array(v.string()), v.nonEmpty())),
    timestamp_granularities: v.optional(v.array(v.picklist(['word', 'segment']))),
  }),
);

function describeTranscription(request: TranscriptionCreateRequest): RequestFacts {
  return {
    operation: 'transcription',
    model: request.model,
    stream: request.stream === true ? true : undefined,
    temperature: request.temperature,
    outputType: asksForText(request) ? 'text' : 'json',
  };
}

function collectFacts(
  answer: AnyTranscription | TranscriptionStreamEvent,
  facts: AnswerFacts,
): void {
  const usage = 'usage' in answer ? audioTokenUsage(answer.usage) : undefined;
  if (usage !== undefined) facts.usage = usage;
}

const createText: Endpoint<TranscriptionWholeRequest> = {
  operation: 'audio.transcriptions.create',
  method: 'POST',
  path: '/audio/transcriptions',
  encoding: FORM_BODY,
  validate,
  describe: describeTranscription,
};

const create: JsonEndpoint<TranscriptionWholeRequest, AnyTranscription> = {
  ...createText,
  resultKey: 'text',
  collect: collectFacts,
};

const createStream: StreamEndpoint<TranscriptionStreamRequest, TranscriptionStreamEvent> = {
  operation: 'audio.transcriptions.create_stream',
  method: 'POST',
  path: '/audio/transcriptions',
  encoding: FORM_BODY,
  validate,
  describe: describeTranscription,
  decode: decodeTypedEvent,
  endOf: ({ type }) => (type === 'transcript.text.done' ? STREAM_END : undefined),
  collect: collectFacts,
};

function isStreaming(request: TranscriptionCreateRequest): request is TranscriptionStreamRequest {
  // Callers without types may pass nothing at all; validation tells them so.
  return request?.stream === true;
}

/** `/audio/transcriptions`. */
export class Transcriptions {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** What was said, piece by piece. `POST /audio/transcriptions` */
  create(
    request: TranscriptionStreamRequest,
    options?: StreamOptions,
  ): ResponsePromise<TranscriptionStream>;
  /** What was said. `POST /audio/transcriptions` */
  create(
    request: TranscriptionWholeRequest<'json' | undefined>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Transcription>>;
  /** What was said, and when. `POST /audio/transcriptions` */
  create(
    request: TranscriptionWholeRequest<'verbose_json'>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<TranscriptionVerbose>>;
  /** What was said, and by whom. `POST /audio/transcriptions` */
  create(
    request: TranscriptionWholeRequest<'diarized_json'>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<TranscriptionDiarized>>;
  /** What was said, as a text or as subtitles. `POST /audio/transcriptions` */
  create(
    request: TranscriptionWholeRequest<AudioTextFormat>,
    options?: CallOptions,
  ): ResponsePromise<string>;
  create(
    request: TranscriptionCreateRequest,
    options?: StreamOptions,
  ):
    | ResponsePromise<TranscriptionStream>
    | ResponsePromise<WithRequestId<AnyTranscription>>
    | ResponsePromise<string>;
  create(
    request: TranscriptionCreateRequest,
    options?: StreamOptions,
  ):
    | ResponsePromise<TranscriptionStream>
    | ResponsePromise<WithRequestId<AnyTranscription>>
    | ResponsePromise<string> {
    if (isStreaming(request)) {
      const body = withoutNulls(request);
      return this.#caller.stream(
        createStream,
        { body },
        options,
        (reader) => new TranscriptionStream(reader),
      );
    }
    const body = withoutNulls(request as TranscriptionWholeRequest);
    return asksForText(body)
      ? this.#caller.callForText(createText, { body }, options)
      : this.#caller.call(create, { body }, options);
  }
}
