import type {
  HttpRequest,
  HttpResponse,
  HttpStreamingResponse,
  HttpTransport,
} from '@integrations/types';
import { answerSource, EVENTS, STREAM_HEADERS } from '../server/answers.ts';

async function* events(): AsyncGenerator<Uint8Array, void, void> {
  yield* EVENTS;
}

/** Answers at once, so that what is measured is the client and nothing below it. */
export class InstantTransport implements HttpTransport {
  readonly #nextAnswer = answerSource();

  async send({ url }: HttpRequest): Promise<HttpResponse> {
    return { status: 200, ...this.#nextAnswer(), url };
  }

  async sendStreaming({ url }: HttpRequest): Promise<HttpStreamingResponse> {
    return { status: 200, headers: STREAM_HEADERS, url, body: events(), cancel: () => undefined };
  }
}
