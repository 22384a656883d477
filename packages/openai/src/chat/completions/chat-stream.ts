import { ProtocolError } from '@integrations/errors';
import { type EventReader, EventStream } from '@integrations/provider';
import { ChatAccumulator } from './chat-accumulator.ts';
import type { AssistantMessage, ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import type { AnswerPlace } from '../../structured-output/unreadable-answer.ts';
import { ChatOutputs } from './chat-outputs.ts';
import type { ChatStreamEvent } from './chat-stream-event.ts';
import { ChoiceEvents } from './choice-events.ts';
import type { CompletionUsage } from './completion-usage.ts';

/** A streamed answer to a conversation. */
export class ChatStream extends EventStream<ChatCompletionChunk> {
  readonly #answer: ChatAccumulator;
  readonly #outputs: ChatOutputs<unknown>;

  constructor(
    reader: EventReader<ChatCompletionChunk>,
    outputs: ChatOutputs<unknown> = new ChatOutputs({}),
  ) {
    const answer = new ChatAccumulator();
    super(reader, (chunk) => answer.add(chunk));
    this.#answer = answer;
    this.#outputs = outputs;
  }

  /**
   * The stream as events that tell what happens in it: pieces with all that came before
   * them, and ends. Read this in place of the chunks; both are to be read once.
   *
   * @throws what reading the chunks throws, and what reading an answer by its schema does.
   */
  async *events(): AsyncGenerator<ChatStreamEvent, void, undefined> {
    const choices = new Map<number, ChoiceEvents>();
    for await (const chunk of this) {
      yield { type: 'chunk', chunk };
      for (const choice of chunk.choices) {
        let events = choices.get(choice.index);
        if (events === undefined) {
          const draft = this.#answer.choice(choice.index);
          events = new ChoiceEvents(choice.index, draft, this.#outputs, this.place);
          choices.set(choice.index, events);
        }
        yield* events.of(choice);
      }
    }
  }

  /**
   * The whole answer, put together from the chunks. Reads the stream to its end
   * where nobody does; may be called before, while or after the chunks are read.
   *
   * @throws the error that ended the stream, or AbortedError when its reader left early.
   */
  async finalCompletion(): Promise<ChatCompletion> {
    return this.#whole();
  }

  /** The first answer, once it is complete. @throws as `finalCompletion()` does. */
  async finalMessage(): Promise<AssistantMessage> {
    const completion = await this.finalCompletion();
    return this.#first(completion);
  }

  /** The text of the first answer, once it is complete. @throws as reading the stream does. */
  async finalContent(): Promise<string | null> {
    const completion = await this.#whole();
    return this.#first(completion).content ?? null;
  }

  /** What the answer used, where `stream_options.include_usage` asked for it. @throws as reading the stream does. */
  async finalUsage(): Promise<CompletionUsage | undefined> {
    const { usage } = await this.#whole();
    return usage;
  }

  /** For errors about what the answer says. */
  protected get place(): AnswerPlace {
    return { call: 'openai chat.create_stream', requestId: this.requestId };
  }

  #first({ choices: [choice] }: ChatCompletion): AssistantMessage {
    if (choice !== undefined) return choice.message;
    throw this.#unfinished();
  }

  async #whole(): Promise<ChatCompletion> {
    await this.finished();
    const completion = this.#answer.completion();
    if (completion !== undefined) return completion;
    throw this.#unfinished();
  }

  #unfinished(): ProtocolError {
    return new ProtocolError(
      'openai chat.create_stream: the stream ended properly, but an answer in it has no finish_reason.',
      { status: this.status, requestId: this.requestId },
    );
  }
}
