import type { ChatDialect } from './chat-dialect.ts';
import { ContentDraft } from './content-draft.ts';
import { type Draft, merge } from './draft.ts';
import { type ChoiceLogprobs, joinLogprobs } from './logprobs.ts';
import { ToolCallsDraft } from './tool-calls-draft.ts';
import type { WireChunkChoice, WireDelta } from './wire-chat.ts';

/** Members of a delta that need more than joining. */
const OWN_RULES: ReadonlySet<string> = new Set([
  'role',
  'content',
  'tool_calls',
  'audio',
  'function_call',
]);

/** Members of a delta that are objects whose texts grow. */
interface GrowingParts {
  readonly audio?: object | null | undefined;
  readonly function_call?: object | null | undefined;
}

/** One answer in the making. */
export class ChoiceDraft {
  readonly #index: number;
  readonly #dialect: ChatDialect;
  readonly #message: Draft = {};
  readonly #content = new ContentDraft();
  #finishReason: string | null = null;
  #logprobs: ChoiceLogprobs | null = null;
  /** The tool calls that have begun. */
  readonly toolCalls: ToolCallsDraft = new ToolCallsDraft();

  constructor(index: number, dialect: ChatDialect) {
    this.#index = index;
    this.#dialect = dialect;
  }

  /** The text, as far as it has come. */
  get text(): string | null {
    return this.#content.text;
  }

  /** What the model has thought so far. */
  get thinking(): string | null {
    return this.#content.thinking;
  }

  get refusal(): string | null {
    const { refusal } = this.#message;
    return typeof refusal === 'string' ? refusal : null;
  }

  get finishReason(): string | null {
    return this.#finishReason;
  }

  get logprobs(): ChoiceLogprobs | null {
    return this.#logprobs;
  }

  add({ finish_reason: reason, logprobs, delta = {} }: WireChunkChoice): void {
    this.#finishReason = reason ?? this.#finishReason;
    this.#logprobs = joinLogprobs(this.#logprobs, logprobs);
    this.#addDelta(delta);
  }

  #addDelta(delta: WireDelta): void {
    this.#content.add(delta.content);
    if (delta.tool_calls) for (const call of delta.tool_calls) this.toolCalls.add(call);
    const { audio, function_call: functionCall } = delta as GrowingParts;
    if (audio) this.#grow('audio', audio);
    if (functionCall) this.#grow('function_call', functionCall);
    merge(this.#message, delta, OWN_RULES);
  }

  #grow(name: keyof GrowingParts, part: object): void {
    merge((this.#message[name] ??= {}) as Draft, part);
  }

  /** Undefined while the model has not said why it stopped. */
  finish(): object | undefined {
    if (this.#finishReason === null) return undefined;
    return {
      ...this.#dialect.emptyChoice,
      index: this.#index,
      message: this.#finishMessage(),
      ...(this.#logprobs === null ? {} : { logprobs: this.#logprobs }),
      finish_reason: this.#finishReason,
    };
  }

  #finishMessage(): object {
    const { emptyToolCall } = this.#dialect;
    const calls = this.toolCalls.finish().map((call) => ({ ...emptyToolCall, ...call }));
    return {
      ...this.#dialect.emptyMessage,
      ...this.#message,
      role: 'assistant',
      content: this.#content.value,
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    };
  }
}
