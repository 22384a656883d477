/** A stretch of a text, the end excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The shortest text that can be looked for. */
export const SHORTEST_PATTERN = 8;

/** Characters that are looked at together; the scan steps over all windows that lack them. */
const BLOCK = 3;
const LONGEST_STEP = SHORTEST_PATTERN - BLOCK + 1;
const STEP_SLOTS = 1 << 16;

const MULTIPLIER_A = 0x01000193;
const MULTIPLIER_B = 0x2c1b3c6d;

/** What is kept of a text: enough to know it again, not to tell it. */
export interface TextPattern {
  readonly length: number;
  /** Of the last eight characters: endings differ where beginnings are alike. */
  readonly endHash: number;
  /** Of the blocks in the last eight characters, the last block first. */
  readonly slots: readonly number[];
  readonly hashA: number;
  readonly hashB: number;
  /** The multipliers to the power of the length. */
  readonly powerA: number;
  readonly powerB: number;
}

/** Hashes of every beginning of a text, which give the hash of any stretch by one subtraction. */
interface PrefixHashes {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

function slotOf(text: string, last: number): number {
  return (
    (text.charCodeAt(last) ^ (text.charCodeAt(last - 1) << 4) ^ (text.charCodeAt(last - 2) << 9)) &
    (STEP_SLOTS - 1)
  );
}

/** Hash of the window that ends at `last`. */
function windowHash(text: string, last: number): number {
  let hash = 0;
  for (let index = last - SHORTEST_PATTERN + 1; index <= last; index += 1) {
    hash = (Math.imul(hash, MULTIPLIER_A) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

/** The pattern of a text of at least `SHORTEST_PATTERN` characters. */
export function textPattern(text: string): TextPattern {
  let [hashA, hashB, powerA, powerB] = [0, 0, 1, 1];
  for (let index = 0; index < text.length; index += 1) {
    hashA = (Math.imul(hashA, MULTIPLIER_A) + text.charCodeAt(index)) | 0;
    hashB = (Math.imul(hashB, MULTIPLIER_B) + text.charCodeAt(index)) | 0;
    powerA = Math.imul(powerA, MULTIPLIER_A);
    powerB = Math.imul(powerB, MULTIPLIER_B);
  }
  const last = text.length - 1;
  const slots = Array.from({ length: LONGEST_STEP }, (_, step) => slotOf(text, last - step));
  const endHash = windowHash(text, last);
  return { length: text.length, endHash, slots, hashA, hashB, powerA, powerB };
}

function prefixHashes(text: string): PrefixHashes {
  const a = new Int32Array(text.length + 1);
  const b = new Int32Array(text.length + 1);
  let [hashA, hashB] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    hashA = (Math.imul(hashA, MULTIPLIER_A) + text.charCodeAt(index)) | 0;
    hashB = (Math.imul(hashB, MULTIPLIER_B) + text.charCodeAt(index)) | 0;
    a[index + 1] = hashA;
    b[index + 1] = hashB;
  }
  return { a, b };
}

function endsHere(pattern: TextPattern, hashes: PrefixHashes, end: number): boolean {
  const start = end - pattern.length;
  if (start < 0) return false;
  const { a, b } = hashes;
  const hashA = ((a[end] ?? 0) - Math.imul(a[start] ?? 0, pattern.powerA)) | 0;
  const hashB = ((b[end] ?? 0) - Math.imul(b[start] ?? 0, pattern.powerB)) | 0;
  return hashA === pattern.hashA && hashB === pattern.hashB;
}

/** Adds a stretch that ends last so far, swallowing those that it touches. */
function addStretch(stretches: Stretch[], added: Stretch): void {
  let { start } = added;
  for (let last = stretches.at(-1); last && last.end >= start; last = stretches.at(-1)) {
    start = Math.min(start, last.start);
    stretches.pop();
  }
  stretches.push({ start, end: added.end });
}

/**
 * Finds many texts at once, in time that grows with the text and hardly with their
 * number: most windows of eight characters are stepped over by a look at three of
 * them.
 */
export class TextMatcher {
  readonly #steps: Uint8Array = new Uint8Array(STEP_SLOTS).fill(LONGEST_STEP);
  readonly #patterns = new Map<number, TextPattern[]>();

  add(pattern: TextPattern): void {
    for (const [step, slot] of pattern.slots.entries()) {
      this.#steps[slot] = Math.min(this.#steps[slot] ?? 0, step);
    }
    const alike = this.#patterns.get(pattern.endHash);
    if (alike === undefined) this.#patterns.set(pattern.endHash, [pattern]);
    else alike.push(pattern);
  }

  /** The stretches that hold what was added, in order; those that overlap or touch as one. */
  find(text: string): readonly Stretch[] {
    const stretches: Stretch[] = [];
    let hashes: PrefixHashes | undefined;
    let last = SHORTEST_PATTERN - 1;
    while (last < text.length) {
      const step = this.#steps[slotOf(text, last)] ?? 0;
      if (step > 0) {
        last += step;
        continue;
      }
      last += 1;
      const candidates = this.#patterns.get(windowHash(text, last - 1));
      if (candidates === undefined) continue;
      hashes ??= prefixHashes(text);
      for (const pattern of candidates) {
        if (!endsHere(pattern, hashes, last)) continue;
        addStretch(stretches, { start: last - pattern.length, end: last });
      }
    }
    return stretches;
  }
}
