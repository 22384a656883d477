import { ProtocolError } from '@integrations/errors';
import type { EventReader } from '../event-reader.ts';
import { EventStream } from '../event-stream.ts';
import type { AnswerPlace } from '../structured-output/unreadable-answer.ts';
import { ChatAccumulator } from './chat-accumulator.ts';
import type { ChatDialect } from './chat-dialect.ts';
import type { ChatEvent } from './chat-event.ts';
import { ChatOutputs } from './chat-outputs.ts';
import { ChoiceEvents } from './choice-events.ts';
import { contentText } from './content.ts';
import type { MessageOf, WireChunk, WireCompletion } from './wire-chat.ts';

/** What a stream has to know of its call. */
export interface ChatStreamCall<Completion extends WireCompletion, Output> {
  readonly dialect: ChatDialect;
  /** The call, for messages. @default '<provider> chat.create_stream' */
  readonly call?: string;
  /** Reads the answer by the schemas of its request. @default it is left as it came */
  readonly outputs?: ChatOutputs<Completion, Output> | undefined;
}

/** A streamed answer to a conversation. */
export class ChatCompletionStream<
  Chunk extends WireChunk,
  Completion extends WireCompletion,
  Output = unknown,
> extends EventStream<Chunk> {
  readonly #answer: ChatAccumulator<Chunk, Completion>;
  readonly #dialect: ChatDialect;
  readonly #call: string;
  readonly #outputs: ChatOutputs<Completion, Output> | undefined;

  constructor(
    reader: EventReader<Chunk>,
    { dialect, call, outputs }: ChatStreamCall<Completion, Output>,
  ) {
    const answer = new ChatAccumulator<Chunk, Completion>(dialect);
    super(reader, (chunk) => answer.add(chunk));
    this.#answer = answer;
    this.#dialect = dialect;
    this.#call = call ?? `${dialect.provider} chat.create_stream`;
    this.#outputs = outputs;
  }

  /**
   * The stream as events that tell what happens in it: pieces with all that came before
   * them, and ends. Read this in place of the chunks; both are to be read once.
   *
   * @throws what reading the chunks throws, and what reading an answer by its schema does.
   */
  async *events(): AsyncGenerator<ChatEvent<Chunk, Output>, void, undefined> {
    const outputs = this.#outputs ?? new ChatOutputs<Completion, Output>({}, this.#dialect);
    const choices = new Map<number, ChoiceEvents<Output>>();
    for await (const chunk of this) {
      yield { type: 'chunk', chunk };
      for (const choice of chunk.choices) {
        let events = choices.get(choice.index);
        if (events === undefined) {
          const draft = this.#answer.choice(choice.index);
          events = new ChoiceEvents(choice.index, draft, outputs, this.#place);
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
   *   With schemas to read the answer by: RefusalError, LengthFinishReasonError or
   *   ContentFilterError for one that cannot be read, InvalidOutputError for one that
   *   does not fit.
   */
  async finalCompletion(): Promise<Completion> {
    const completion = await this.#whole();
    return this.#outputs?.parse(completion, this.#place) ?? completion;
  }

  /** The first answer, once it is complete. @throws as `finalCompletion()` does. */
  async finalMessage(): Promise<MessageOf<Completion>> {
    return this.#first(await this.finalCompletion());
  }

  /** The text of the first answer, once it is complete. @throws as reading the stream does. */
  async finalContent(): Promise<string | null> {
    return contentText(this.#first(await this.#whole()).content);
  }

  /** What the answer used, where the server reports it. @throws as reading the stream does. */
  async finalUsage(): Promise<Exclude<Completion['usage'], null>> {
    const { usage } = await this.#whole();
    return (usage ?? undefined) as Exclude<Completion['usage'], null>;
  }

  /** For errors about what the answer says. */
  get #place(): AnswerPlace {
    return { call: this.#call, requestId: this.requestId };
  }

  #first({ choices: [choice] }: Completion): MessageOf<Completion> {
    if (choice !== undefined) return choice.message;
    throw this.#unfinished();
  }

  async #whole(): Promise<Completion> {
    await this.finished();
    const completion = this.#answer.completion();
    if (completion !== undefined) return completion;
    throw this.#unfinished();
  }

  #unfinished(): ProtocolError {
    return new ProtocolError(
      `${this.#call}: the stream ended properly, but an answer in it has no finish_reason.`,
      { status: this.status, requestId: this.requestId },
    );
  }
}
