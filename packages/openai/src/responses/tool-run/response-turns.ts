import type { ResponseInputItem } from '../items/item.ts';
import type { ParsedResponse, ParsedResponseOutputItem } from '../parsed-response.ts';
import type { ResponseRequest } from '../response-request.ts';
import type { OwnToolOutput } from './response-tool-run-step.ts';

/** The part of a request that says what came before. */
export type ResponseTurn = Pick<ResponseRequest, 'input' | 'previous_response_id'>;

/** How a run of tools goes on from turn to turn. */
export type ResponseTurnRequest = ResponseTurn & Pick<ResponseRequest, 'conversation' | 'store'>;

function asItems(input: ResponseRequest['input']): readonly ResponseInputItem[] {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : (input ?? []);
}

/** An item as it is sent back: without what reading it added. */
function toInputItem(item: ParsedResponseOutputItem<unknown>): ResponseInputItem {
  if (item.type === 'function_call') {
    const { parsed_arguments: _parsed, ...call } = item;
    return call;
  }
  if (item.type !== 'message') return item;
  const content = item.content.map((part) => {
    if (part.type !== 'output_text') return part;
    const { parsed: _parsed, ...text } = part;
    return text;
  });
  return { ...item, content };
}

/**
 * What each turn sends. The API keeps what was said, in the conversation or by the response
 * to go on from, and gets only what is new; where it may not (`store: false`), all of it.
 */
export class ResponseTurns {
  readonly #keeps: 'conversation' | 'responses' | 'nothing';
  readonly #items: ResponseInputItem[];
  #next: ResponseTurn;

  constructor({ input, previous_response_id, conversation, store }: ResponseTurnRequest) {
    this.#items = [...asItems(input)];
    this.#next = { input, previous_response_id };
    const isKept = conversation !== undefined && conversation !== null;
    this.#keeps = isKept ? 'conversation' : store === false ? 'nothing' : 'responses';
  }

  /** Everything that was said, as items to go on from. */
  get items(): readonly ResponseInputItem[] {
    return this.#items;
  }

  /** The next turn. */
  get next(): ResponseTurn {
    return this.#next;
  }

  /** The model has answered. */
  answered({ output }: ParsedResponse<unknown>): void {
    this.#items.push(...output.map(toInputItem));
  }

  /** Its tools have been run. */
  ran({ id }: ParsedResponse<unknown>, outputs: readonly OwnToolOutput[]): void {
    this.#items.push(...outputs);
    if (this.#keeps === 'nothing') this.#next = { ...this.#next, input: [...this.#items] };
    else if (this.#keeps === 'conversation') this.#next = { input: outputs };
    else this.#next = { input: outputs, previous_response_id: id };
  }
}
