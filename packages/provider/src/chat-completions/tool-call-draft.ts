import { type Draft, merge } from './draft.ts';
import type { WireToolCall } from './wire-chat.ts';

type Kind = 'function' | 'custom';

interface ToolCallPiece extends WireToolCall {
  readonly custom?: { readonly name?: string | null | undefined } | undefined;
}

/** What some servers send in the pieces after the first, where others send nothing. */
const NOTHING: ReadonlySet<unknown> = new Set([undefined, null, '', 'null']);

/** Members of a piece that need more than joining. */
const OWN_RULES: ReadonlySet<string> = new Set(['index', 'id', 'type', 'function', 'custom']);

/** Those of what is called. */
const CALLED_RULES: ReadonlySet<string> = new Set(['name']);

/** The id of a call, or of a piece of one; undefined where it has none. */
export function callId({ id }: WireToolCall): string | undefined {
  return NOTHING.has(id) ? undefined : (id ?? undefined);
}

/** A tool call in the making. Its id, type and name come once; its arguments come in pieces. */
export class ToolCallDraft {
  readonly #call: Draft = {};
  readonly #payloads: Record<Kind, Draft> = { function: {}, custom: {} };

  /** The function's name; undefined where it has not come, or the tool is none. */
  get functionName(): string | undefined {
    const { name } = this.#payloads.function;
    return this.#kind === 'function' && typeof name === 'string' ? name : undefined;
  }

  /** The arguments, as far as they have come, as JSON text. */
  get arguments(): string {
    return argumentsText(this.#payloads.function['arguments']);
  }

  get #kind(): Kind {
    return this.#call['type'] === 'custom' ? 'custom' : 'function';
  }

  add(piece: ToolCallPiece): void {
    const { function: called, custom, type } = piece;
    const id = callId(piece);
    if (id !== undefined) this.#call['id'] ??= id;
    if (!NOTHING.has(type)) this.#call['type'] ??= type;
    merge(this.#call, piece, OWN_RULES);
    if (called !== undefined) this.#addPayload('function', called);
    if (custom !== undefined) this.#addPayload('custom', custom);
  }

  #addPayload(kind: Kind, called: { readonly name?: string | null | undefined }): void {
    const payload = this.#payloads[kind];
    const { name } = called;
    if (name !== undefined && name !== null && name !== '') payload['name'] ??= name;
    merge(payload, called, CALLED_RULES);
  }

  finish(): object {
    const kind = this.#kind;
    const text = kind === 'custom' ? { input: '' } : { arguments: '' };
    return { ...this.#call, type: kind, [kind]: { ...text, ...this.#payloads[kind] } };
  }
}

/** The arguments of a call as JSON text, also where a server sent the object itself. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : '';
}
