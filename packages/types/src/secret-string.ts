const REDACTED = '[REDACTED]';
const encoder = new TextEncoder();
// Without this a secret that begins with U+FEFF would come back without it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Half of a pair: UTF-8 can't carry it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Holds a secret so that it cannot be printed by accident: string conversion,
 * templates, JSON, `util.inspect` and errors all show `[REDACTED]`. The secret is
 * kept as bytes, which `dispose()` overwrites with zeros.
 *
 * A string made by `expose()` lives until the engine collects it, so expose
 * late and keep the result in no field.
 */
export class SecretString implements Disposable {
  #bytes: Uint8Array | undefined;

  /** @throws TypeError when the value is not a string, is empty or is not valid Unicode. */
  constructor(value: string) {
    if (typeof value !== 'string' || value === '') {
      throw new TypeError('a secret must be a string that is not empty');
    }
    if (LONE_SURROGATE.test(value)) {
      throw new TypeError('a secret must be valid Unicode: it holds half of a surrogate pair');
    }
    this.#bytes = encoder.encode(value);
  }

  /** Wraps a string; a secret that is wrapped already is returned as it is. */
  static from(value: string | SecretString): SecretString {
    return value instanceof SecretString ? value : new SecretString(value);
  }

  /**
   * The secret itself.
   *
   * @throws TypeError after `dispose()`.
   */
  expose(): string {
    if (this.#bytes === undefined) throw new TypeError('this secret has been disposed of');
    return decoder.decode(this.#bytes);
  }

  /** Whether `dispose()` has been called. */
  get disposed(): boolean {
    return this.#bytes === undefined;
  }

  /** Overwrites the secret with zeros. Calling it again does nothing. */
  dispose(): void {
    this.#bytes?.fill(0);
    this.#bytes = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  static {
    // What Node's `util.inspect` and `console.log` show.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value: () => `SecretString(${REDACTED})`,
    });
  }
}
