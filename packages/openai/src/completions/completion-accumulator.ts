import type { Completion, CompletionChoice, CompletionLogprobs } from './completion.ts';

type Lists = Readonly<Record<string, readonly unknown[] | null | undefined>>;

/** Each piece brings the members of each list that are of its own tokens. */
function joinLogprobs(
  known: CompletionLogprobs | null,
  added: CompletionLogprobs | null,
): CompletionLogprobs | null {
  if (known === null || added === null) return known ?? added;
  const before = known as Lists;
  const joined = Object.entries(added as Lists).map(([name, values]) => [
    name,
    [...(before[name] ?? []), ...(values ?? [])],
  ]);
  return { ...known, ...Object.fromEntries(joined) } as CompletionLogprobs;
}

function join(known: CompletionChoice, piece: CompletionChoice): CompletionChoice {
  return {
    ...known,
    ...piece,
    text: known.text + piece.text,
    logprobs: joinLogprobs(known.logprobs, piece.logprobs),
    finish_reason: piece.finish_reason ?? known.finish_reason,
  };
}

/** Puts the events of a stream together to the answer that they are pieces of. */
export class CompletionAccumulator {
  readonly #choices = new Map<number, CompletionChoice>();
  #last: Completion | undefined;
  #usage: Completion['usage'];

  add(piece: Completion): void {
    for (const choice of piece.choices) {
      const known = this.#choices.get(choice.index);
      this.#choices.set(choice.index, known === undefined ? choice : join(known, choice));
    }
    this.#usage = piece.usage ?? this.#usage;
    this.#last = piece;
  }

  /** The answer; undefined while a text is not finished. */
  completion(): Completion | undefined {
    const choices = [...this.#choices.values()].toSorted((a, b) => a.index - b.index);
    const finished = choices.every(({ finish_reason: reason }) => reason !== null);
    if (this.#last === undefined || choices.length === 0 || !finished) return undefined;
    const { usage: _usage, ...fields } = this.#last;
    return { ...fields, choices, ...(this.#usage ? { usage: this.#usage } : {}) };
  }
}
