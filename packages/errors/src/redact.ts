import { hasErrorMarker } from './error-marker.ts';
import { redactText } from './redact-text.ts';
import { isSecretName, judgeName } from './secret-name.ts';
import { redactSecrets, SHORTEST_SECRET } from './secret-registry.ts';

const REDACTED = '[REDACTED]';
const CIRCULAR = '[Circular]';
const TRUNCATED = '[Truncated]';
const UNREADABLE = '[Unreadable]';

/** A text of more characters is cleaned as text, even if it is JSON. */
const LONGEST_JSON = 1 << 20;

/** A text that may be a JSON object or array, or that text as JSON writes it. */
const JSON_LIKE = /^\s*(?:[{[][^]*[}\]]|"[^]*")\s*$/;

/** Limits of `redact`, and what it shows of errors. */
export interface RedactOptions {
  /** Levels of objects in objects, and of causes of causes. @default 6 */
  readonly maxDepth?: number;
  /** Values altogether: a log line is no place for a dump. @default 2000 */
  readonly maxValues?: number;
  /** Whether errors show their stacks, cleaned like any text. @default false */
  readonly stacks?: boolean;
}

/** A getter may throw; a log line must not. */
function readMember(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

/** Not by assignment where the name would set the prototype instead. */
function setMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
    return;
  }
  target[name] = value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether nothing was taken out. Goes as deep as the copy, which is bounded. */
function isSame(copy: unknown, original: unknown): boolean {
  if (copy === original) return true;
  if (typeof copy !== 'object' || copy === null) return false;
  if (typeof original !== 'object' || original === null) return false;
  const names = Object.keys(copy);
  return (
    names.length === Object.keys(original).length &&
    names.every((name) => isSame(readMember(copy, name), readMember(original, name)))
  );
}

/** A secret may be a number of many digits. */
function copyNumber(value: number): number | string {
  if (!Number.isSafeInteger(value) || Math.abs(value) < 10 ** (SHORTEST_SECRET - 1)) return value;
  const text = String(value);
  const cleaned = redactSecrets(text);
  return cleaned === text ? value : cleaned;
}

/** One run over one value. */
class Redaction {
  readonly #maxDepth: number;
  readonly #stacks: boolean;
  readonly #path: object[] = [];
  #valuesLeft: number;

  constructor({ maxDepth = 6, maxValues = 2000, stacks = false }: RedactOptions) {
    this.#maxDepth = maxDepth;
    this.#stacks = stacks;
    this.#valuesLeft = maxValues;
  }

  copy(value: unknown): unknown {
    if (typeof value === 'string') return this.#copyText(value);
    if (typeof value === 'number') return copyNumber(value);
    if (typeof value === 'bigint') return redactText(value.toString());
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (this.#path.includes(value)) return CIRCULAR;
    if (this.#path.length >= this.#maxDepth) return TRUNCATED;
    this.#path.push(value);
    try {
      return this.#copyObject(value);
    } catch {
      return UNREADABLE;
    } finally {
      this.#path.pop();
    }
  }

  /** JSON in a text hides names from the shapes, and secrets behind its escapes. */
  #copyText(text: string): string {
    if (text.length > LONGEST_JSON || !JSON_LIKE.test(text)) return redactText(text);
    const parsed = parseJson(text);
    if (parsed === undefined) return redactText(text);
    const copy = this.copy(parsed);
    return redactText(isSame(copy, parsed) ? text : JSON.stringify(copy));
  }

  #copyObject(value: object): unknown {
    if (Array.isArray(value)) return this.#copyItems(value);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      return `[${value.constructor.name} of ${value.byteLength} bytes]`;
    }
    if (value instanceof Set) return this.#copyItems(value);
    if (value instanceof Error) return this.#copyMembers(this.#errorMembers(value));
    const toJson = readMember(value, 'toJSON');
    if (typeof toJson === 'function') {
      const json: unknown = toJson.call(value);
      if (json !== value) return this.copy(json);
    }
    if (value instanceof Map) {
      return this.#copyMembers([...value].map(([key, member]) => [String(key), member]));
    }
    return this.#copyOwnMembers(value);
  }

  #copyItems(items: Iterable<unknown>): unknown[] {
    const copies: unknown[] = [];
    let hidden = false;
    for (const item of items) {
      if (this.#isSpent()) return [...copies, TRUNCATED];
      copies.push(hidden && item !== undefined ? REDACTED : this.copy(item));
      // A list of headers has names and values by turns.
      hidden = !hidden && typeof item === 'string' && isSecretName(item);
    }
    return copies;
  }

  /** What an error tells of itself: of ours every field, of others only the code. */
  #errorMembers(error: Error): [string, unknown][] {
    const names = new Set(['name', 'message']);
    if (this.#stacks) names.add('stack');
    for (const name of hasErrorMarker(error) ? Object.keys(error) : ['code']) names.add(name);
    names.add('cause').add('errors');
    return [...names].map((name) => [name, readMember(error, name)]);
  }

  #copyOwnMembers(value: object): Record<string, unknown> {
    const copies: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      if (!this.#copyMember(copies, name, readMember(value, name))) break;
    }
    return this.#hideNamedValue(copies);
  }

  #copyMembers(members: readonly (readonly [string, unknown])[]): Record<string, unknown> {
    const copies: Record<string, unknown> = {};
    for (const [name, member] of members) if (!this.#copyMember(copies, name, member)) break;
    return this.#hideNamedValue(copies);
  }

  /** Whether there is room for more. */
  #copyMember(copies: Record<string, unknown>, name: string, member: unknown): boolean {
    if (this.#isSpent()) {
      setMember(copies, '...', TRUNCATED);
      return false;
    }
    const { hidden, shown } = judgeName(name);
    const copy = hidden && member !== undefined ? REDACTED : this.copy(member);
    if (copy !== undefined) setMember(copies, shown, copy);
    return true;
  }

  /** A header as `{ name, value }`. */
  #hideNamedValue(copies: Record<string, unknown>): Record<string, unknown> {
    const { name } = copies;
    if (typeof name !== 'string' || copies['value'] === undefined || !isSecretName(name)) {
      return copies;
    }
    return { ...copies, value: REDACTED };
  }

  #isSpent(): boolean {
    if (this.#valuesLeft === 0) return true;
    this.#valuesLeft -= 1;
    return false;
  }
}

/**
 * A copy that is safe to write to a log: registered secrets, keys and the fields
 * that hold credentials are replaced, also in JSON texts; cycles are cut, depth and
 * size bounded, unreadable members named. Never throws.
 */
export function redact(value: unknown, options: RedactOptions = {}): unknown {
  return new Redaction(options).copy(value);
}
