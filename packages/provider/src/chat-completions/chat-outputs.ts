import { ServerError } from '@integrations/errors';
import { type OutputReader, outputReaderOf } from '../structured-output/output-reader.ts';
import {
  type AnswerPlace,
  cutAnswer,
  filteredAnswer,
  refusedAnswer,
} from '../structured-output/unreadable-answer.ts';
import type { ChatDialect } from './chat-dialect.ts';
import { contentText } from './content.ts';
import { argumentsText } from './tool-call-draft.ts';
import type { WireChoice, WireCompletion, WireMessage, WireToolCall } from './wire-chat.ts';

/** The part of a request that says what its answers are. */
export interface OutputRequest {
  readonly response_format?: { readonly type: string } | null | undefined;
  readonly tools?:
    | readonly {
        readonly type: string;
        readonly function?: { readonly name: string; readonly strict?: boolean | null | undefined };
      }[]
    | null
    | undefined;
}

/** Why models stop that are not done. */
const CUT: ReadonlySet<unknown> = new Set(['length', 'model_length']);

/**
 * Checks that the model stopped because it was done.
 *
 * @throws LengthFinishReasonError, ContentFilterError or ServerError.
 */
export function requireEnd(
  reason: string | null,
  { provider, tokenLimit }: ChatDialect,
  place: AnswerPlace,
  completion?: WireCompletion,
): void {
  const context = { id: completion?.id, usage: completion?.usage };
  if (CUT.has(reason)) throw cutAnswer(place, tokenLimit, context);
  if (reason === 'content_filter') throw filteredAnswer(place, provider, context);
  if (reason !== 'error') return;
  throw new ServerError(
    `${place.call}: the model failed before its answer was whole. Call again.`,
    { requestId: place.requestId, context, provider },
  );
}

/** What reading adds to a message. */
interface ParsedParts {
  parsed?: unknown;
}

/** What reading adds to a called function. */
interface ParsedCall {
  parsed_arguments?: unknown;
}

/** Reads the answers to one request by the schemas that it was made with. */
export class ChatOutputs<Completion extends WireCompletion = WireCompletion, Output = unknown> {
  readonly #dialect: ChatDialect;
  readonly #content: OutputReader | undefined;
  readonly #arguments = new Map<string, OutputReader>();

  constructor({ response_format: format, tools }: OutputRequest, dialect: ChatDialect) {
    this.#dialect = dialect;
    this.#content = outputReaderOf(format, format?.type === 'json_schema');
    for (const tool of tools ?? []) {
      if (tool.function === undefined) continue;
      const read = outputReaderOf(tool, tool.function.strict === true);
      if (read !== undefined) this.#arguments.set(tool.function.name, read);
    }
  }

  /** Whether there is anything to read: only then need an answer be whole. */
  get isEmpty(): boolean {
    return this.#content === undefined && this.#arguments.size === 0;
  }

  /**
   * Reads an answer, in place: nobody else has seen it. Each message gets what the schema
   * made of it as `parsed`, each called function its `parsed_arguments`.
   *
   * @throws RefusalError, LengthFinishReasonError, ContentFilterError or InvalidOutputError.
   */
  parse(completion: WireCompletion, place: AnswerPlace): Completion {
    for (const choice of completion.choices) this.#parseChoice(choice, place, completion);
    return completion as Completion;
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

  /**
   * Checks that an answer came to its end, where there is anything to read.
   *
   * @throws LengthFinishReasonError, ContentFilterError or ServerError.
   */
  requireEnd(reason: string | null, place: AnswerPlace, completion?: WireCompletion): void {
    if (!this.isEmpty) requireEnd(reason, this.#dialect, place, completion);
  }

  #parseChoice(
    { message, finish_reason: reason }: WireChoice,
    place: AnswerPlace,
    completion: WireCompletion,
  ): void {
    this.requireEnd(reason, place, completion);
    for (const call of message.tool_calls ?? []) this.#parseCall(call, place);
    (message as ParsedParts).parsed = this.#parseMessage(message, place);
  }

  #parseCall({ function: called }: WireToolCall, place: AnswerPlace): void {
    if (called === undefined) return;
    const parsed = this.parseArguments(called.name ?? '', argumentsText(called.arguments), place);
    (called as ParsedCall).parsed_arguments = parsed;
  }

  #parseMessage(message: WireMessage, place: AnswerPlace): Output | null {
    const { refusal, tool_calls: calls } = message;
    if (this.#content !== undefined && refusal) throw refusedAnswer(place, refusal);
    const content = contentText(message.content);
    const called = (calls ?? []).length > 0 || hasFunctionCall(message);
    if (content === null || (content === '' && called)) return null;
    return this.parseContent(content, place);
  }
}

/** The older form of a call. */
function hasFunctionCall(message: WireMessage): boolean {
  return 'function_call' in message && Boolean(message.function_call);
}
