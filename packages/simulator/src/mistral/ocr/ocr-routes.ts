import { instanceOf } from '../../json-schema-instance.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import type { FileShelf } from '../files/file-shelf.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import { pagesOf } from './document-text.ts';
import { ocrPage } from './ocr-page.ts';
import { type OcrSource, parseOcrRequest } from './ocr-request.ts';

const USUAL_MODEL = 'mistral-ocr-latest';

/** POST /v1/ocr. Text is read as it is; of what is only an address nobody knows more than that. */
export function ocrRoutes(models: ModelShelf, files: FileShelf): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/ocr',
      handle: ({ body }) => {
        const wishes = parseOcrRequest(body);
        const model = models.requireAble(wishes.model ?? USUAL_MODEL, 'ocr').id;
        const { pages, size } = read(wishes.source, files);
        const annotate = (schema: unknown): string | null =>
          schema === undefined ? null : JSON.stringify(instanceOf(schema, pages[0] ?? ''));
        const imageAnnotation = annotate(wishes.imageSchema);
        const told = pages.flatMap((markdown, index) =>
          wishes.isWanted(index) ? [ocrPage(markdown, index, { ...wishes, imageAnnotation })] : [],
        );
        return jsonReply({
          pages: told,
          model,
          document_annotation: annotate(wishes.documentSchema),
          usage_info: { pages_processed: told.length, doc_size_bytes: size ?? null },
        });
      },
    },
  ];
}

interface ReadDocument {
  readonly pages: readonly string[];
  /** In bytes. */
  readonly size: number | undefined;
}

function read(source: OcrSource, files: FileShelf): ReadDocument {
  if (source.kind === 'file') {
    const { content } = files.require(source.id);
    return { pages: pagesOf(content), size: content.length };
  }
  const image = '![img-0.png](img-0.png)';
  const content = fromDataUrl(source.url);
  if (content === undefined) {
    const said = `# ${source.url}\n\nWhat the simulator knows of it is where it is.`;
    return { pages: [source.kind === 'image' ? `${said}\n\n${image}` : said], size: undefined };
  }
  const pages = source.kind === 'image' ? [image] : pagesOf(content);
  return { pages, size: content.length };
}

function fromDataUrl(url: string): Buffer | undefined {
  const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}
