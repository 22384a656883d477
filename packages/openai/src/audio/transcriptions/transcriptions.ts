import {
  type AnswerFacts,
  type CallOptions,
  type Caller,
  type Endpoint,
  type JsonEndpoint,
  type RequestFacts,
  type ResponsePromise,
  STREAM_END,
  type StreamEndpoint,
  type StreamOptions,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import { z } from 'zod/mini';
import { uploadableSchema } from '../../files/file-schema.ts';
import { decodeTypedEvent } from '../../typed-event.ts';
import { withoutNulls } from '../../without-nulls.ts';
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
  z.object({
    file: uploadableSchema(),
    model: z.string().check(z.minLength(1)),
    response_format: z.optional(
      z.enum(['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json']),
    ),
    temperature: z.optional(z.number().check(z.gte(0), z.lte(1))),
    languages: z.optional(z.array(z.string()).check(z.minLength(1))),
    timestamp_granularities: z.optional(z.array(z.enum(['word', 'segment']))),
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
  encoding: 'multipart',
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
  encoding: 'multipart',
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
