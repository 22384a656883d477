import type { ChatDialect } from './chat-dialect.ts';
import { ChoiceDraft } from './choice-draft.ts';
import type { Draft } from './draft.ts';
import type { WireChunk, WireCompletion } from './wire-chat.ts';

/** Members of a chunk that are not carried over to the completion as they are. */
const NOT_CARRIED: ReadonlySet<string> = new Set(['object', 'choices', 'usage', 'obfuscation']);

/** Some servers send chunks that tell of their filters, with nothing in the members of the completion. */
function isNothing(value: unknown): boolean {
  return value === null || value === '' || value === 0;
}

/** Puts the chunks of a stream together to the completion that they are pieces of. */
export class ChatAccumulator<Chunk extends WireChunk, Completion extends WireCompletion> {
  readonly #dialect: ChatDialect;
  readonly #choices = new Map<number, ChoiceDraft>();
  /** It inherits nothing: a field named __proto__ is one like the others. */
  readonly #fields: Draft = Object.create(null) as Draft;
  #usage: Chunk['usage'] | undefined = undefined;

  constructor(dialect: ChatDialect) {
    this.#dialect = dialect;
  }

  add(chunk: Chunk): void {
    for (const choice of chunk.choices) this.choice(choice.index).add(choice);
    this.#usage = chunk.usage ?? this.#usage;
    // A loop over names, not over a list of them: almost all chunks say what is known.
    for (const name in chunk) this.#carry(name, chunk as object as Draft);
  }

  #carry(name: string, chunk: Draft): void {
    const value = chunk[name];
    if (value === this.#fields[name] || isNothing(value) || NOT_CARRIED.has(name)) return;
    if (Object.hasOwn(chunk, name)) this.#fields[name] = value;
  }

  /** One of the answers, as far as it has come. */
  choice(index: number): ChoiceDraft {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    const draft = new ChoiceDraft(index, this.#dialect);
    this.#choices.set(index, draft);
    return draft;
  }

  /** The completion; undefined while an answer is not finished. */
  completion(): Completion | undefined {
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
    } as unknown as Completion;
  }
}
