import {
  type AnswerPlace,
  cutAnswer,
  filteredAnswer,
  type OutputReader,
  outputReaderOf,
  refusedAnswer,
} from '@integrations/provider';
import { toApiError } from '../api-error.ts';
import type { ResponseOutputContent } from './content/output-content.ts';
import type { ResponseFunctionToolCall } from './items/function-call-item.ts';
import type { ResponseOutputItem } from './items/item.ts';
import type { ResponseOutputMessage } from './items/message-item.ts';
import type {
  ParsedOutputMessage,
  ParsedResponse,
  ParsedResponseOutputItem,
} from './parsed-response.ts';
import type { Response } from './response.ts';
import type { ResponseRequest } from './response-request.ts';
import { entryOf, ownTools } from './tools/function-name.ts';

/** The part of a request that says what its answers are. */
export type ResponseOutputRequest = Pick<ResponseRequest, 'text' | 'tools'>;

/**
 * Checks that the model stopped because it was done.
 *
 * @throws LengthFinishReasonError or ContentFilterError.
 */
export function requireWhole(response: Response, place: AnswerPlace): void {
  if (response.status !== 'incomplete') return;
  const context = { id: response.id, usage: response.usage };
  const reason = response.incomplete_details?.reason;
  if (reason === 'max_output_tokens') throw cutAnswer(place, 'max_output_tokens', context);
  if (reason === 'content_filter') throw filteredAnswer(place, 'openai', context);
}

/** Checks that there is an answer. @throws the typed error of a response that failed. */
function requireAnswer({ status, error }: Response, { call, requestId }: AnswerPlace): void {
  if (status !== 'failed') return;
  const answer = { status: undefined, headers: {}, retryAfterMs: undefined };
  throw toApiError({ ...answer, call, requestId, body: { error: error ?? {} } });
}

/** Reads the responses to one request by the schemas that it was made with. */
export class ResponseOutputs<Output> {
  readonly #text: OutputReader | undefined;
  readonly #arguments = new Map<string, OutputReader>();

  constructor({ text, tools }: ResponseOutputRequest) {
    this.#text = outputReaderOf(text?.format, text?.format?.type === 'json_schema');
    for (const [name, tool] of ownTools(tools)) {
      if (tool.type !== 'function') continue;
      const read = outputReaderOf(tool, tool.strict === true);
      if (read !== undefined) this.#arguments.set(name, read);
    }
  }

  /**
   * Reads a response, in place, but for its items: others may have them.
   *
   * @throws RefusalError, LengthFinishReasonError, ContentFilterError or InvalidOutputError;
   *   the typed error of a response that failed.
   */
  parse(response: Response, place: AnswerPlace): ParsedResponse<Output> {
    requireAnswer(response, place);
    const isRead = this.#text !== undefined || this.#arguments.size > 0;
    if (isRead) requireWhole(response, place);
    // One that is still to come, or was stopped, has nothing whole in it.
    const isWhole = response.status === undefined || response.status === 'completed';
    const output = response.output.map((item) => this.#parseItem(item, place, isWhole));
    return Object.assign(response, { output, output_parsed: firstParsed(output) });
  }

  #parseItem(
    item: ResponseOutputItem,
    place: AnswerPlace,
    isWhole: boolean,
  ): ParsedResponseOutputItem<Output> {
    if (item.type === 'function_call') {
      return { ...item, parsed_arguments: isWhole ? this.#parseArguments(item, place) : null };
    }
    return item.type === 'message' ? this.#parseMessage(item, place, isWhole) : item;
  }

  #parseArguments(
    call: ResponseFunctionToolCall,
    { call: asked, requestId }: AnswerPlace,
  ): unknown {
    const [name, read] = entryOf(this.#arguments, call);
    const place = { what: `${asked}: the input of "${name}"`, requestId };
    return read?.(call.arguments, place) ?? null;
  }

  #parseMessage(
    message: ResponseOutputMessage,
    place: AnswerPlace,
    isWhole: boolean,
  ): ParsedOutputMessage<Output> {
    // A remark on the way need not have the form of the answer.
    const isAnswer = isWhole && message.phase !== 'commentary';
    const content = message.content.map((part) => {
      if (part.type !== 'output_text') return this.#requireNoRefusal(part, place);
      return { ...part, parsed: isAnswer ? this.#parseText(part.text, place) : null };
    });
    return { ...message, content };
  }

  #parseText(text: string, { call, requestId }: AnswerPlace): Output | null {
    const place = { what: `${call}: the answer`, requestId };
    return (this.#text?.(text, place) ?? null) as Output | null;
  }

  #requireNoRefusal<Part extends Exclude<ResponseOutputContent, { type: 'output_text' }>>(
    part: Part,
    place: AnswerPlace,
  ): Part {
    if (this.#text === undefined || part.type !== 'refusal') return part;
    throw refusedAnswer(place, part.refusal);
  }
}

function firstParsed<Output>(output: readonly ParsedResponseOutputItem<Output>[]): Output | null {
  for (const item of output) {
    if (item.type !== 'message') continue;
    for (const part of item.content) {
      if (part.type === 'output_text' && part.parsed !== null) return part.parsed;
    }
  }
  return null;
}
