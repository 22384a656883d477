import { type IntegrationError, InvalidJsonError, ProtocolError } from '@integrations/errors';
import {
  type DecodedEvent,
  type EventReader,
  EventStream,
  STREAM_END,
  STREAM_SKIP,
} from '@integrations/provider';
import type { ServerSentEvent } from '@integrations/transport';
import { ChatAccumulator } from './chat-accumulator.ts';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';

/** The end mark of a chat stream: exactly this, and nothing counts after it. */
const DONE = '[DONE]';

function parse(event: ServerSentEvent): unknown {
  try {
    return JSON.parse(event.data);
  } catch (cause) {
    throw new InvalidJsonError(
      `An event of the stream is not valid JSON: ${JSON.stringify(event.data.slice(0, 120))}`,
      { cause },
    );
  }
}

/**
 * What one event of a chat stream means. Events that are no chunks, such as the
 * pings of some servers, say nothing.
 *
 * @throws the error that the event carries, or InvalidJsonError.
 */
export function decodeChatEvent(
  event: ServerSentEvent,
  toApiError: (body: unknown) => IntegrationError,
): DecodedEvent<ChatCompletionChunk> {
  if (event.data === DONE) return STREAM_END;
  const body = parse(event);
  if (typeof body !== 'object' || body === null) return STREAM_SKIP;
  if (event.event === 'error' || ('error' in body && body.error)) throw toApiError(body);
  return 'choices' in body && Array.isArray(body.choices)
    ? (body as ChatCompletionChunk)
    : STREAM_SKIP;
}

/** A streamed answer to a conversation. */
export class ChatStream extends EventStream<ChatCompletionChunk> {
  readonly #answer: ChatAccumulator;

  constructor(reader: EventReader<ChatCompletionChunk>) {
    const answer = new ChatAccumulator();
    super(reader, (chunk) => answer.add(chunk));
    this.#answer = answer;
  }

  /**
   * The whole answer, put together from the chunks. Reads the stream to its end
   * where nobody does; may be called before, while or after the chunks are read.
   *
   * @throws the error that ended the stream, or AbortedError when its reader left early.
   */
  async finalCompletion(): Promise<ChatCompletion> {
    await this.finished();
    const completion = this.#answer.completion();
    if (completion !== undefined) return completion;
    throw new ProtocolError(
      'openai chat.create_stream: the stream ended properly, but an answer in it has no finish_reason.',
      { status: this.status, requestId: this.requestId },
    );
  }

  /** The text of the first answer, once it is complete. @throws as `finalCompletion()` does. */
  async finalContent(): Promise<string | null> {
    const completion = await this.finalCompletion();
    return completion.choices[0]?.message.content ?? null;
  }
}
