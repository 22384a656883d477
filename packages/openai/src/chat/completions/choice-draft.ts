import type {
  AssistantMessage,
  ChatCompletionChoice,
  ChoiceLogprobs,
  FinishReason,
} from './chat-completion.ts';
import type { ChoiceDelta, ChunkChoice } from './chat-completion-chunk.ts';
import { type Draft, merge } from './draft.ts';
import { ToolCallDraft } from './tool-call-draft.ts';

/** Fields of a delta that need more than joining. */
const OWN_RULES = new Set(['role', 'content', 'refusal', 'tool_calls', 'audio', 'function_call']);

function mergeLogprobs(
  known: ChoiceLogprobs | null,
  added: ChoiceLogprobs | null | undefined,
): ChoiceLogprobs | null {
  if (added === null || added === undefined) return known;
  if (known === null) return { ...added };
  const join = <T>(first: T[] | null, second: T[] | null): T[] | null =>
    second === null ? first : [...(first ?? []), ...second];
  return {
    ...added,
    content: join(known.content, added.content),
    refusal: join(known.refusal, added.refusal),
  };
}

/** One answer in the making. */
export class ChoiceDraft {
  readonly #index: number;
  readonly #message: Draft = {};
  #content: string | null = null;
  #refusal: string | null = null;
  #finishReason: FinishReason | null = null;
  #logprobs: ChoiceLogprobs | null = null;
  readonly #toolCalls = new Map<number, ToolCallDraft>();
  #audio: Draft | undefined;
  #functionCall: Draft | undefined;

  constructor(index: number) {
    this.#index = index;
  }

  /** The text, as far as it has come. */
  get content(): string | null {
    return this.#content;
  }

  get refusal(): string | null {
    return this.#refusal;
  }

  get finishReason(): FinishReason | null {
    return this.#finishReason;
  }

  get logprobs(): ChoiceLogprobs | null {
    return this.#logprobs;
  }

  /** The tool calls that have begun, by their index. */
  get toolCalls(): ReadonlyMap<number, ToolCallDraft> {
    return this.#toolCalls;
  }

  add(choice: ChunkChoice): void {
    this.#finishReason = choice.finish_reason ?? this.#finishReason;
    this.#logprobs = mergeLogprobs(this.#logprobs, choice.logprobs);
    this.#addDelta(choice.delta ?? {});
  }

  #addDelta(delta: ChoiceDelta): void {
    if (typeof delta.content === 'string') this.#content = (this.#content ?? '') + delta.content;
    if (typeof delta.refusal === 'string') this.#refusal = (this.#refusal ?? '') + delta.refusal;
    for (const call of delta.tool_calls ?? []) this.#toolCall(call.index).add(call);
    if (delta.audio) merge((this.#audio ??= {}), delta.audio);
    if (delta.function_call) merge((this.#functionCall ??= {}), delta.function_call);
    merge(this.#message, delta, OWN_RULES);
  }

  #toolCall(index: number): ToolCallDraft {
    const known = this.#toolCalls.get(index);
    if (known !== undefined) return known;
    const draft = new ToolCallDraft();
    this.#toolCalls.set(index, draft);
    return draft;
  }

  /** Undefined while the model has not said why it stopped. */
  finish(): ChatCompletionChoice | undefined {
    if (this.#finishReason === null) return undefined;
    return {
      index: this.#index,
      message: this.#finishMessage(),
      logprobs: this.#logprobs,
      finish_reason: this.#finishReason,
    };
  }

  #finishMessage(): AssistantMessage {
    const calls = [...this.#toolCalls]
      .toSorted(([a], [b]) => a - b)
      .map(([, call]) => call.finish());
    return {
      ...this.#message,
      role: 'assistant',
      content: this.#content,
      refusal: this.#refusal,
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
      ...(this.#audio === undefined ? {} : { audio: this.#audio }),
      ...(this.#functionCall === undefined ? {} : { function_call: this.#functionCall }),
    } as unknown as AssistantMessage;
  }
}
