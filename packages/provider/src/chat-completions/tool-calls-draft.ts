import { callId, ToolCallDraft } from './tool-call-draft.ts';
import type { WireToolCall } from './wire-chat.ts';

/** The tool calls of an answer in the making. */
export class ToolCallsDraft {
  readonly #calls = new Map<number, ToolCallDraft>();
  /** For pieces that are not numbered. */
  readonly #indexOfId = new Map<string, number>();
  /** Where pieces without a number went, for who asks later. */
  readonly #indexOfPiece = new WeakMap<WireToolCall, number>();
  #latest: number | undefined;

  get size(): number {
    return this.#calls.size;
  }

  /** The numbers of the calls that have begun. */
  indices(): Iterable<number> {
    return this.#calls.keys();
  }

  get(index: number): ToolCallDraft | undefined {
    return this.#calls.get(index);
  }

  /** Which call a piece that was added is of. */
  indexOf(piece: WireToolCall): number {
    return piece.index ?? this.#indexOfPiece.get(piece) ?? 0;
  }

  add(piece: WireToolCall): void {
    const index = piece.index ?? this.#numbered(piece);
    const id = callId(piece);
    if (id !== undefined) this.#indexOfId.set(id, index);
    let draft = this.#calls.get(index);
    if (draft === undefined) {
      draft = new ToolCallDraft();
      this.#calls.set(index, draft);
    }
    this.#latest = index;
    draft.add(piece);
  }

  /** A piece without a number continues the call of its id, or else the latest; a new id begins one. */
  #numbered(piece: WireToolCall): number {
    const id = callId(piece);
    const index =
      id === undefined ? (this.#latest ?? 0) : (this.#indexOfId.get(id) ?? this.#nextIndex());
    this.#indexOfPiece.set(piece, index);
    return index;
  }

  #nextIndex(): number {
    return Math.max(-1, ...this.#calls.keys()) + 1;
  }

  /** The calls in their order. */
  finish(): object[] {
    return [...this.#calls].toSorted(([a], [b]) => a - b).map(([, call]) => call.finish());
  }
}
