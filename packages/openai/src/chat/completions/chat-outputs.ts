import { type OutputReader, outputReaderOf } from '../../structured-output/output-reader.ts';
import {
  type AnswerPlace,
  cutAnswer,
  filteredAnswer,
  refusedAnswer,
} from '../../structured-output/unreadable-answer.ts';
import type { ChatCompletion, FinishReason } from './chat-completion.ts';
import type { ChatCompletionRequest } from './chat-completion-request.ts';
import type { ParsedChatCompletion, ParsedChoice, ParsedMessage } from './parsed-completion.ts';

/** The part of a request that says what its answers are. */
export type OutputRequest = Pick<ChatCompletionRequest, 'response_format' | 'tools'>;

/**
 * Checks that the model stopped because it was done.
 *
 * @throws LengthFinishReasonError or ContentFilterError.
 */
export function requireEnd(
  reason: FinishReason | null,
  place: AnswerPlace,
  completion?: ChatCompletion,
): void {
  const context = { id: completion?.id, usage: completion?.usage };
  if (reason === 'length') throw cutAnswer(place, 'max_completion_tokens', context);
  if (reason === 'content_filter') throw filteredAnswer(place, context);
}

/** Reads the answers to one request by the schemas that it was made with. */
export class ChatOutputs<Output> {
  readonly #content: OutputReader | undefined;
  readonly #arguments = new Map<string, OutputReader>();

  constructor({ response_format: format, tools }: OutputRequest) {
    this.#content = outputReaderOf(format, format?.type === 'json_schema');
    for (const tool of tools ?? []) {
      if (tool.type !== 'function') continue;
      const read = outputReaderOf(tool, tool.function.strict === true);
      if (read !== undefined) this.#arguments.set(tool.function.name, read);
    }
  }

  /** Whether there is anything to read: only then need an answer be whole. */
  get isEmpty(): boolean {
    return this.#content === undefined && this.#arguments.size === 0;
  }

  /**
   * Reads an answer, in place: nobody else has seen it.
   *
   * @throws RefusalError, LengthFinishReasonError, ContentFilterError or InvalidOutputError.
   */
  parse(completion: ChatCompletion, place: AnswerPlace): ParsedChatCompletion<Output> {
    const parsed = completion as ParsedChatCompletion<Output>;
    for (const choice of parsed.choices) this.#parseChoice(choice, place, completion);
    return parsed;
  }

  /** What the format makes of the text of an answer; null where it makes nothing. */
  parseContent(text: string, { call, requestId }: AnswerPlace): Output | null {
    const place = { what: `${call}: the answer`, requestId };
    return (this.#content?.(text, place) ?? null) as Output | null;
  }

  /** What a tool's schema makes of its arguments; null where it makes nothing. */
  parseArguments(name: string, text: string, { call, requestId }: AnswerPlace): unknown {
    const place = { what: `${call}: the input of "${name}"`, requestId };
    return this.#arguments.get(name)?.(text, place) ?? null;
  }

  #parseChoice(
    { message, finish_reason: reason }: ParsedChoice<Output>,
    place: AnswerPlace,
    completion: ChatCompletion,
  ): void {
    if (!this.isEmpty) requireEnd(reason, place, completion);
    for (const call of message.tool_calls ?? []) {
      if (call.type !== 'function') continue;
      const { name, arguments: text } = call.function;
      call.function.parsed_arguments = this.parseArguments(name, text, place);
    }
    message.parsed = this.#parseMessage(message, place);
  }

  #parseMessage(message: ParsedMessage<Output>, place: AnswerPlace): Output | null {
    const { content, refusal, tool_calls: calls = [] } = message;
    if (this.#content !== undefined && refusal) throw refusedAnswer(place, refusal);
    const isCall = !content && (calls.length > 0 || Boolean(message.function_call));
    if (content === null || content === undefined || isCall) return null;
    return this.parseContent(content, place);
  }
}
