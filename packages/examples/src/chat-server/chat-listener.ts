import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OpenAIClient } from '@integrations/openai';
import { chatEvents } from './chat-events.ts';
import { refuse } from './refuse.ts';

/** How chats are answered. */
export interface ChatListenerOptions {
  readonly client: Pick<OpenAIClient, 'chat'>;
  readonly model: string;
  /** Told of whatever the asker is told little of. */
  readonly onError: (error: unknown) => void;
}

/** Answers `GET /chat?question=…` with server-sent events, as the model writes them. */
export function chatListener(options: ChatListenerOptions): RequestListener {
  return (request, response) => {
    const question = questionOf(request);
    if (question === undefined) {
      response.writeHead(404).end('Ask with GET /chat?question=…\n');
      return;
    }
    const report = (error: unknown): void => {
      // Who has left ended the call themselves.
      if (!response.destroyed) options.onError(error);
    };
    answer(question, response, options, report).catch((error: unknown) => {
      report(error);
      refuse(response, error);
    });
  };
}

async function answer(
  question: string,
  response: ServerResponse,
  { client, model }: ChatListenerOptions,
  onError: (error: unknown) => void,
): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  const stream = await client.chat.createStream(
    { model, messages: [{ role: 'user', content: question }] },
    { signal: left.signal },
  );
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  // A slow reader fills the response, which then is not written to and the model not read from.
  await pipeline(Readable.from(chatEvents(stream, onError), { highWaterMark: 1 }), response);
}

/** Undefined for what is not a question. */
function questionOf({ method, url }: IncomingMessage): string | undefined {
  const address = URL.parse(url ?? '/', 'http://localhost');
  if (method !== 'GET' || address?.pathname !== '/chat') return undefined;
  return address.searchParams.get('question') || undefined;
}
