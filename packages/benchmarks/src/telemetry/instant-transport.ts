import type {
  HttpRequest,
  HttpResponse,
  HttpStreamingResponse,
  HttpTransport,
} from '@integrations/types';
import { answerSource, STREAM_HEADERS, streamEvents } from '../server/answers.ts';

/** Where nobody is asked: the transport answers by itself. */
export const BASE_URL = 'http://127.0.0.1:1/v1';

/** Chunks of the streamed answer, the one with the usage included. */
export const CHUNKS: number = 100;

const EVENTS = streamEvents(CHUNKS);

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
