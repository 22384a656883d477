import { contentText, isTextPart, isThinkingPart, thinkingText } from './content.ts';
import type { WireContent, WireContentPart } from './wire-chat.ts';

type Parts = WireContentPart[];

function asParts(content: WireContent): readonly WireContentPart[] {
  if (content === null || content === undefined || content === '') return [];
  return typeof content === 'string' ? [textPart(content)] : content;
}

function textPart(text: string): WireContentPart & { readonly text: string } {
  return { type: 'text', text };
}

/** One part after another of its kind continues it; the parts that came are left as they are. */
function continued(known: WireContentPart, added: WireContentPart): WireContentPart | undefined {
  if (isTextPart(known) && isTextPart(added)) {
    return { ...known, ...added, text: known.text + added.text } as WireContentPart;
  }
  if (isThinkingPart(known) && isThinkingPart(added)) {
    const thinking = joinParts([...asParts(known.thinking)], asParts(added.thinking));
    return { ...known, ...added, thinking } as WireContentPart;
  }
  return undefined;
}

function joinParts(known: Parts, added: readonly WireContentPart[]): Parts {
  for (const part of added) {
    const last = known.at(-1);
    const whole = last === undefined ? undefined : continued(last, part);
    if (whole === undefined) known.push(part);
    else known[known.length - 1] = whole;
  }
  return known;
}

/**
 * A content in the making: a text as long as only texts come, and a list from the first
 * list on, in which texts in sequence are one.
 */
export class ContentDraft {
  #parts: Parts | undefined;
  #text: string | null = null;
  #thinking: string | null = null;

  get value(): string | readonly WireContentPart[] | null {
    return this.#parts ?? this.#text;
  }

  /** The text, as far as it has come. */
  get text(): string | null {
    return this.#text;
  }

  /** What the model has thought so far; null where it tells nothing of it. */
  get thinking(): string | null {
    return this.#thinking;
  }

  add(content: WireContent): void {
    if (content === null || content === undefined) return;
    if (typeof content !== 'string') this.#parts ??= [...asParts(this.#text)];
    if (this.#parts !== undefined) joinParts(this.#parts, asParts(content));
    const text = contentText(content);
    if (text !== null) this.#text = (this.#text ?? '') + text;
    const thinking = thinkingText(content);
    if (thinking !== null) this.#thinking = (this.#thinking ?? '') + thinking;
  }
}
