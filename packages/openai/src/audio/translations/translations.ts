import {
  type CallOptions,
  type Caller,
  type Endpoint,
  type JsonEndpoint,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import { z } from 'zod/mini';
import { uploadableSchema } from '../../files/file-schema.ts';
import { asksForText, type AudioTextFormat } from '../audio-format.ts';
import type { Translation, TranslationCreateRequest, TranslationVerbose } from './translation.ts';

const createText: Endpoint<TranslationCreateRequest> = {
  operation: 'audio.translations.create',
  method: 'POST',
  path: '/audio/translations',
  encoding: 'multipart',
  validate: validateWith('openai audio.translations.create', () =>
    z.object({
      file: uploadableSchema(),
      model: z.string().check(z.minLength(1)),
      response_format: z.optional(z.enum(['json', 'text', 'srt', 'verbose_json', 'vtt'])),
      temperature: z.optional(z.number().check(z.gte(0), z.lte(1))),
    }),
  ),
  describe: (request) => ({
    operation: 'translation',
    model: request.model,
    temperature: request.temperature,
    outputType: asksForText(request) ? 'text' : 'json',
  }),
};

const create: JsonEndpoint<TranslationCreateRequest, Translation | TranslationVerbose> = {
  ...createText,
  resultKey: 'text',
};

/** `/audio/translations`. OpenAI has announced to switch it off on 26 February 2027. */
export class Translations {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** What was said, in English. `POST /audio/translations` */
  create(
    request: TranslationCreateRequest<'json' | undefined>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Translation>>;
  /** What was said, in English, and when. `POST /audio/translations` */
  create(
    request: TranslationCreateRequest<'verbose_json'>,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<TranslationVerbose>>;
  /** What was said, in English, as a text or as subtitles. `POST /audio/translations` */
  create(
    request: TranslationCreateRequest<AudioTextFormat>,
    options?: CallOptions,
  ): ResponsePromise<string>;
  create(
    request: TranslationCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Translation | TranslationVerbose>> | ResponsePromise<string>;
  create(
    request: TranslationCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Translation | TranslationVerbose>> | ResponsePromise<string> {
    return asksForText(request)
      ? this.#caller.callForText(createText, { body: request }, options)
      : this.#caller.call(create, { body: request }, options);
  }
}
