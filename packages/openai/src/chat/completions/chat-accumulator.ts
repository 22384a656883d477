import type {
  AssistantMessage,
  ChatCompletion,
  ChatCompletionChoice,
  ChoiceLogprobs,
  FinishReason,
  ToolCall,
} from './chat-completion.ts';
import type {
  ChatCompletionChunk,
  ChoiceDelta,
  ChunkChoice,
  ToolCallDelta,
} from './chat-completion-chunk.ts';

/** Fields of a delta that need more than joining. */
const OWN_RULES = new Set(['role', 'content', 'refusal', 'tool_calls', 'audio', 'function_call']);

type Draft = Record<string, unknown>;

/** Texts grow, everything else is replaced by what came last. */
function merge(target: Draft, addition: object, skipped?: ReadonlySet<string>): void {
  for (const [name, value] of Object.entries<unknown>({ ...addition })) {
    if (skipped?.has(name) === true || value === undefined || value === null) continue;
    const known = Object.hasOwn(target, name) ? target[name] : undefined;
    const merged: unknown =
      typeof known === 'string' && typeof value === 'string' ? known + value : value;
    // Defined, not assigned: a field named __proto__ must stay a field.
    Object.defineProperty(target, name, {
      value: merged,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
}

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

/** A tool call in the making. Its id, type and name come once; its arguments come in pieces. */
class ToolCallDraft {
  readonly #call: Draft = {};
  readonly #payloads: Record<'function' | 'custom', Draft> = { function: {}, custom: {} };

  add({ index: _index, function: called, custom, id, type, ...rest }: ToolCallDelta): void {
    if (id !== undefined) this.#call['id'] ??= id;
    if (type !== undefined) this.#call['type'] ??= type;
    merge(this.#call, rest);
    if (called !== undefined) this.#addPayload('function', called);
    if (custom !== undefined) this.#addPayload('custom', custom);
  }

  #addPayload(kind: 'function' | 'custom', { name, ...texts }: { name?: string }): void {
    const payload = this.#payloads[kind];
    if (name !== undefined && name !== null) payload['name'] ??= name;
    merge(payload, texts);
  }

  finish(): ToolCall {
    const kind = this.#call['type'] === 'custom' ? 'custom' : 'function';
    const text = kind === 'custom' ? { input: '' } : { arguments: '' };
    return {
      ...this.#call,
      type: kind,
      [kind]: { ...text, ...this.#payloads[kind] },
    } as unknown as ToolCall;
  }
}

/** One answer in the making. */
class ChoiceDraft {
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

/** Fields of a chunk that are not carried over to the completion as they are. */
const NOT_CARRIED = new Set(['object', 'choices', 'usage', 'obfuscation']);

/** Puts the chunks of a stream together to the completion that they are pieces of. */
export class ChatAccumulator {
  readonly #choices = new Map<number, ChoiceDraft>();
  readonly #fields: Draft = {};
  #usage: ChatCompletion['usage'];

  add(chunk: ChatCompletionChunk): void {
    for (const choice of chunk.choices) this.#choice(choice.index).add(choice);
    this.#usage = chunk.usage ?? this.#usage;
    for (const [name, value] of Object.entries(chunk)) {
      if (!NOT_CARRIED.has(name) && value !== null) this.#fields[name] = value;
    }
  }

  #choice(index: number): ChoiceDraft {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    const draft = new ChoiceDraft(index);
    this.#choices.set(index, draft);
    return draft;
  }

  /** The completion; undefined while an answer is not finished. */
  completion(): ChatCompletion | undefined {
    const choices = [...this.#choices]
      .toSorted(([a], [b]) => a - b)
      .map(([, draft]) => draft.finish());
    const finished = choices.filter((choice) => choice !== undefined);
    if (finished.length === 0 || finished.length < choices.length) return undefined;
    return {
      ...this.#fields,
      object: 'chat.completion',
      choices: finished,
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
    } as ChatCompletion;
  }
}
