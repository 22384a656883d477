import { redact, secretGeneration } from '@integrations/errors';
import type { Attributes, AttributeValue } from '@integrations/types';

const REDACTED = '[REDACTED]';

/** Models, endpoints and states come again and again; ids come once. */
const MOST_REMEMBERED = 512;

/** Longer texts are rarely seen twice. */
const LONGEST_REMEMBERED = 96;

/** What the API takes: it knows neither readonly lists nor values left out. */
export type ScrubbedAttributes = Record<string, string | number | boolean | string[] | number[]>;

/** Takes secrets out of what spans are told. */
export class Scrubber {
  readonly #redactText: (text: string) => string;
  /** Texts that hold no secret. The others are not kept anywhere. */
  readonly #clean = new Set<string>();
  readonly #secretNames = new Map<string, boolean>();
  #generation: number = secretGeneration();

  constructor(redactText: (text: string) => string) {
    this.#redactText = redactText;
  }

  /** The text without its secrets. */
  text(text: string): string {
    this.#heedNewSecrets();
    if (this.#clean.has(text)) return text;
    const redacted = this.#redactText(text);
    if (redacted === text && text.length <= LONGEST_REMEMBERED) this.#remember(text);
    return redacted;
  }

  /** A value as it may be recorded under this name. */
  value(name: string, value: AttributeValue): string | number | boolean | (string[] | number[]) {
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (this.#isSecretName(name)) return REDACTED;
    if (typeof value === 'string') return this.text(value);
    return isTexts(value) ? value.map((text) => this.text(text)) : [...value];
  }

  /** A copy without what is undefined. */
  attributes(attributes: Attributes): ScrubbedAttributes {
    const scrubbed: ScrubbedAttributes = {};
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (value !== undefined) scrubbed[name] = this.value(name, value);
    }
    return scrubbed;
  }

  /** A secret that is registered later may stand in a text that was clean. */
  #heedNewSecrets(): void {
    const generation = secretGeneration();
    if (generation === this.#generation) return;
    this.#clean.clear();
    this.#generation = generation;
  }

  #remember(text: string): void {
    if (this.#clean.size >= MOST_REMEMBERED) this.#clean.clear();
    this.#clean.add(text);
  }

  /** Whether values of this name never leave the process: which names do, `redact` knows. */
  #isSecretName(name: string): boolean {
    const known = this.#secretNames.get(name);
    if (known !== undefined) return known;
    const field = name.slice(name.lastIndexOf('.') + 1);
    const isSecret = Object.values(redact({ [field]: '' }) as object)[0] === REDACTED;
    if (this.#secretNames.size >= MOST_REMEMBERED) this.#secretNames.clear();
    this.#secretNames.set(name, isSecret);
    return isSecret;
  }
}

function isTexts(values: readonly string[] | readonly number[]): values is readonly string[] {
  return typeof values[0] === 'string';
}
