import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionChunk } from './chat-completion-chunk.ts';
import { ChoiceDraft } from './choice-draft.ts';
import type { Draft } from './draft.ts';

/** Fields of a chunk that are not carried over to the completion as they are. */
const NOT_CARRIED = new Set(['object', 'choices', 'usage', 'obfuscation']);

/** Azure sends chunks that tell of its filters, with nothing in the fields of the completion. */
const NOTHING: ReadonlySet<unknown> = new Set([null, '', 0]);

/** Puts the chunks of a stream together to the completion that they are pieces of. */
export class ChatAccumulator {
  readonly #choices = new Map<number, ChoiceDraft>();
  readonly #fields: Draft = {};
  #usage: ChatCompletion['usage'];

  add(chunk: ChatCompletionChunk): void {
    for (const choice of chunk.choices) this.choice(choice.index).add(choice);
    this.#usage = chunk.usage ?? this.#usage;
    for (const [name, value] of Object.entries(chunk)) {
      if (!NOT_CARRIED.has(name) && !NOTHING.has(value)) this.#fields[name] = value;
    }
  }

  /** One of the answers, as far as it has come. */
  choice(index: number): ChoiceDraft {
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
