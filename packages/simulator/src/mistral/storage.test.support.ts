import { UploadedFile } from '../form-data.ts';
import { Identifiers } from '../identifiers.ts';
import type { JsonObject } from '../json-value.ts';
import type { Route } from '../protocol.ts';
import { RequestRefused } from '../refusal.ts';
import { findRoute } from '../router.ts';
import { batchRoutes } from './batch/batch-routes.ts';
import { embeddingRoutes } from './embeddings/embedding-routes.ts';
import { FileShelf } from './files/file-shelf.ts';
import { fileRoutes } from './files/file-routes.ts';
import { mistralErrorBody } from './mistral-error.ts';
import { MISTRAL_MODELS } from './models/model-catalog.ts';
import { ModelShelf } from './models/model-shelf.ts';
import { SignedUrls } from './signed-urls.ts';

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject & { readonly id: string };
}

/** Files and batches, at a time that tests set. */
export class MistralStorage {
  /** Seconds since 1970. */
  now = 1_000_000;
  readonly #routes: Route[];

  constructor() {
    const identifiers = new Identifiers(0);
    const now = (): number => this.now;
    const files = new FileShelf(identifiers, now);
    this.#routes = [
      ...embeddingRoutes(new ModelShelf(MISTRAL_MODELS), identifiers),
      ...fileRoutes(files, new SignedUrls(identifiers, now)),
    ];
    const protocol = { routes: this.#routes, errorBody: mistralErrorBody };
    this.#routes.push(...batchRoutes({ identifiers, files, protocol, now }));
  }

  async ask(method: string, target: string, body?: object): Promise<Answer> {
    const [path = '', query] = target.split('?');
    const match = findRoute(this.#routes, method, path);
    if (match.kind !== 'found') throw new Error(`there is no ${method} ${path}`);
    const { params, route } = match;
    const headers = { host: '127.0.0.1:1' };
    try {
      const request = { method, path, query: new URLSearchParams(query), headers, body, params };
      const reply = await route.handle(request);
      const answer = reply.kind === 'binary' ? { text: String(reply.content) } : reply.body;
      return { status: 200, body: structuredClone(answer) as Answer['body'] };
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      const { refusal } = error;
      const answer = (refusal.body ?? mistralErrorBody(refusal)) as Answer['body'];
      return { status: refusal.status, body: answer };
    }
  }

  /** Uploads a file, and gives its id. */
  async upload(text: string, more: object = {}): Promise<string> {
    const file = new UploadedFile('a.jsonl', 'application/jsonl', Buffer.from(text));
    return (await this.ask('POST', '/v1/files', { file, purpose: 'batch', ...more })).body.id;
  }
}
