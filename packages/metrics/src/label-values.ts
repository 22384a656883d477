/** What a value becomes when its label has as many as it may have. */
export const OVERFLOW_VALUE = 'other';

/** What a value becomes that is no text at all: an object, a function. */
const NO_TEXT_VALUE = 'invalid';

/** Longer values say nothing more in a graph, and each costs memory in every series. */
const LONGEST_VALUE = 128;

/** Control characters and halves of surrogate pairs break the text formats. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;

/** A text that is fit to be a label's value; empty for none. */
function cleanLabelValue(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return '';
    case 'string':
      break;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return value === null ? '' : NO_TEXT_VALUE;
  }
  return (
    value
      .trim()
      .slice(0, LONGEST_VALUE)
      .replace(UNPRINTABLE, '_')
      // prom-client tells series apart by a text that joins names and values by commas.
      .replaceAll(',', ';')
  );
}

/** The values that one label has had. */
export class ValuesOfLabel {
  /** Always told apart, and not counted. */
  readonly #known = new Set<string>();
  readonly #seen = new Set<string>();

  /** Reserves values that are told apart however many there are. */
  know(values: readonly string[]): void {
    for (const value of values) this.#known.add(cleanLabelValue(value));
  }

  /** The value under which to record, which is `OVERFLOW_VALUE` for one too many. */
  admit(value: unknown, most: number): string {
    if (typeof value === 'string' && this.#has(value)) return value;
    const clean = cleanLabelValue(value);
    if (clean === '' || this.#has(clean)) return clean;
    if (this.#seen.size >= most) return OVERFLOW_VALUE;
    this.#seen.add(clean);
    return clean;
  }

  #has(value: string): boolean {
    return this.#seen.has(value) || this.#known.has(value);
  }
}

/**
 * Which values each label has had. All metrics of a registry share it, so that a value
 * has its own series in all of them or in none, and the series of two metrics can be
 * divided by each other.
 */
export class LabelValues {
  readonly #labels = new Map<string, ValuesOfLabel>();

  of(label: string): ValuesOfLabel {
    const existing = this.#labels.get(label);
    if (existing !== undefined) return existing;
    const created = new ValuesOfLabel();
    this.#labels.set(label, created);
    return created;
  }
}

const shared = new WeakMap<object, LabelValues>();

/** The values of everything that a registry or a meter holds. */
export function labelValuesOf(owner: object): LabelValues {
  const existing = shared.get(owner);
  if (existing !== undefined) return existing;
  const created = new LabelValues();
  shared.set(owner, created);
  return created;
}
