import { UploadedFile } from '../form-data.ts';
import { Identifiers } from '../identifiers.ts';
import type { JsonObject } from '../json-value.ts';
import type { Route } from '../protocol.ts';
import { RequestRefused } from '../refusal.ts';
import { findRoute } from '../router.ts';
import { embeddingRoutes } from './embeddings.ts';
import { OPENAI_MODELS } from './model-catalog.ts';
import { storageRoutes } from './storage-routes.ts';

/** What a request is answered with, as far as tests look at it. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject & { readonly id: string };
}

/** Files and what is made of them, at a time that tests set. */
export class Storage {
  /** Seconds since 1970. */
  now = 1_000_000;
  readonly #routes: Route[] = [...embeddingRoutes(OPENAI_MODELS)];

  constructor() {
    this.#routes.push(
      ...storageRoutes({
        identifiers: new Identifiers(0),
        routes: this.#routes,
        now: () => this.now,
      }),
    );
  }

  async ask(method: string, target: string, body?: object): Promise<Answer> {
    const [path = '', query] = target.split('?');
    const match = findRoute(this.#routes, method, path);
    if (match.kind !== 'found') throw new Error(`there is no ${method} ${path}`);
    const { params, route } = match;
    const request = { method, path, query: new URLSearchParams(query), headers: {}, body, params };
    try {
      const reply = await route.handle(request);
      const answer = reply.kind === 'binary' ? { text: String(reply.content) } : reply.body;
      return { status: 200, body: structuredClone(answer) as Answer['body'] };
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      const { status, message, param } = error.refusal;
      return { status, body: { id: '', message, param } };
    }
  }

  /** Uploads a file, and gives its id. */
  async upload(text: string, purpose = 'user_data', more: object = {}): Promise<string> {
    const file = fileOf(text);
    return (await this.ask('POST', '/v1/files', { file, purpose, ...more })).body.id;
  }
}

/** A file of a form. */
export function fileOf(text: string): UploadedFile {
  return new UploadedFile('a.txt', 'text/plain', Buffer.from(text));
}
