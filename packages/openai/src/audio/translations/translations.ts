import {
  type CallOptions,
  type Caller,
  type Endpoint,
  FORM_BODY,
  type JsonEndpoint,
  type ResponsePromise,
  uploadableSchema,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import { asksForText, type AudioTextFormat } from '../audio-format.ts';
import type { Translation, TranslationCreateRequest, TranslationVerbose } from './translation.ts';

const createText: Endpoint<TranslationCreateRequest> = {
  operation: 'audio.translations.create',
  method: 'POST',
  path: '/audio/translations',
  encoding: FORM_BODY,
  validate: validateWith('openai audio.translations.create', () =>
    v.object({
      file: uploadableSchema(),
      model: v.pipe(v.string(), v.nonEmpty()),
      response_format: v.optional(v.picklist(['json', 'text', 'srt', 'verbose_json', 'vtt'])),
      temperature: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
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
