import type { ToolCall } from './chat-completion.ts';
import type { ToolCallDelta } from './chat-completion-chunk.ts';
import { type Draft, merge } from './draft.ts';

/** A tool call in the making. Its id, type and name come once; its arguments come in pieces. */
export class ToolCallDraft {
  readonly #call: Draft = {};
  readonly #payloads: Record<'function' | 'custom', Draft> = { function: {}, custom: {} };

  /** The function's name; undefined where it has not come, or the tool is none. */
  get functionName(): string | undefined {
    const { name } = this.#payloads.function;
    return this.#kind === 'function' && typeof name === 'string' ? name : undefined;
  }

  /** The arguments, as far as they have come. */
  get arguments(): string {
    const { arguments: text } = this.#payloads.function;
    return typeof text === 'string' ? text : '';
  }

  get #kind(): 'function' | 'custom' {
    return this.#call['type'] === 'custom' ? 'custom' : 'function';
  }

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
    const kind = this.#kind;
    const text = kind === 'custom' ? { input: '' } : { arguments: '' };
    return {
      ...this.#call,
      type: kind,
      [kind]: { ...text, ...this.#payloads[kind] },
    } as unknown as ToolCall;
  }
}
