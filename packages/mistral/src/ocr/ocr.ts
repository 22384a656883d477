import {
  type CallOptions,
  type JsonCaller,
  type JsonEndpoint,
  plainObject,
  type ResponsePromise,
  validateWith,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';
import type { OcrRequest } from './ocr-request.ts';
import type { OcrResult } from './ocr-result.ts';

function id(): v.GenericSchema {
  return v.pipe(v.string(), v.nonEmpty());
}

function count(): v.GenericSchema {
  return v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0)));
}

function annotation(): v.GenericSchema {
  return v.nullish(
    v.object({
      type: v.literal('json_schema'),
      json_schema: v.object({ name: id(), schema: plainObject() }),
    }),
  );
}

const processDocument: JsonEndpoint<OcrRequest, OcrResult> = {
  operation: 'ocr.process',
  method: 'POST',
  path: '/v1/ocr',
  resultKey: 'pages',
  validate: validateWith('mistral ocr.process', () =>
    v.pipe(
      v.object({
        model: v.nullable(id()),
        document: v.variant('type', [
          v.object({ type: v.literal('file'), file_id: id() }),
          v.object({ type: v.literal('document_url'), document_url: id() }),
          v.object({
            type: v.literal('image_url'),
            image_url: v.union([id(), v.object({ url: id() })]),
          }),
        ]),
        pages: v.nullish(v.union([id(), v.array(v.pipe(v.number(), v.integer(), v.minValue(0)))])),
        image_limit: count(),
        image_min_size: count(),
        bbox_annotation_format: annotation(),
        document_annotation_format: annotation(),
        document_annotation_prompt: v.nullish(v.string()),
      }),
      v.forward(
        v.check(
          ({ document_annotation_format: format, document_annotation_prompt: prompt }) =>
            (prompt ?? undefined) === undefined || (format ?? undefined) !== undefined,
          'needs `document_annotation_format`',
        ),
        ['document_annotation_prompt'],
      ),
    ),
  ),
  describe: ({ model }) => ({ operation: 'ocr', model: model ?? undefined, outputType: 'text' }),
  collect: ({ model }, facts) => {
    facts.model = model;
  },
};

/** `/v1/ocr`. */
export class Ocr {
  readonly #caller: JsonCaller;

  constructor(caller: JsonCaller) {
    this.#caller = caller;
  }

  /** The text of a document or an image, page by page, as markdown. `POST /v1/ocr` */
  process(request: OcrRequest, options?: CallOptions): ResponsePromise<WithRequestId<OcrResult>> {
    return this.#caller.call(processDocument, { body: request }, options);
  }
}
