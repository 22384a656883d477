import { hasErrorMarker } from './error-marker.ts';
import { redactText } from './redact-text.ts';

const REDACTED = '[REDACTED]';
const CIRCULAR = '[Circular]';
const TRUNCATED = '[Truncated]';
const UNREADABLE = '[Unreadable]';

/** Endings of field names whose values never leave the process: `x-api-key`, `clientSecret`. */
const SECRET_ENDINGS =
  /(?:authorization|cookie|api[-_]?key|private[-_]?key|secret|password|passphrase|credential|(?:access|refresh|auth|session|bearer|(?<![a-z])id)[-_]?token)s?$/i;

/** Whose account it is: as private as the key, though nothing can be done with it. */
const ACCOUNT_NAMES = /^(?:openai[-_])?(?:organization|project)(?:[-_]?id)?$/i;

/** Levels of objects in objects, and of causes of causes. */
const DEEPEST = 6;

/** Values altogether: a log line is no place for a dump. */
const MOST_VALUES = 2000;

function isSecretName(name: string): boolean {
  return SECRET_ENDINGS.test(name) || ACCOUNT_NAMES.test(name);
}

/** A getter may throw; a log line must not. */
function readMember(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

/** What an error tells of itself: of ours every field, of others only the code. Never the stack. */
function errorMembers(error: Error): [string, unknown][] {
  const ofClass = hasErrorMarker(error) ? Object.keys(error) : ['code'];
  const names = new Set(['name', 'message', ...ofClass, 'cause', 'errors']);
  return [...names].map((name) => [name, readMember(error, name)]);
}

function members(value: object): [string, unknown][] {
  if (value instanceof Error) return errorMembers(value);
  if (value instanceof Map) return [...value].map(([key, member]) => [String(key), member]);
  return Object.keys(value).map((key) => [key, readMember(value, key)]);
}

/** One run over one value. */
class Redaction {
  #valuesLeft = MOST_VALUES;

  copy(value: unknown, ancestors: readonly object[]): unknown {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (ancestors.includes(value)) return CIRCULAR;
    if (ancestors.length >= DEEPEST) return TRUNCATED;
    try {
      return this.#copyObject(value, [...ancestors, value]);
    } catch {
      return UNREADABLE;
    }
  }

  #copyObject(value: object, path: readonly object[]): unknown {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      return `[${value.constructor.name} of ${value.byteLength} bytes]`;
    }
    if (Array.isArray(value)) return this.#copyItems(value, path);
    if (value instanceof Set) return this.#copyItems(value, path);
    // Our errors' own toJSON comes back here, and a cycle of causes would never end.
    const toJson = value instanceof Error ? undefined : readMember(value, 'toJSON');
    if (typeof toJson !== 'function') return this.#copyMembers(value, path);
    const json: unknown = toJson.call(value);
    return json === value ? this.#copyMembers(value, path) : this.copy(json, path);
  }

  #copyItems(items: Iterable<unknown>, path: readonly object[]): unknown[] {
    const copies: unknown[] = [];
    for (const item of items) {
      if (this.#isSpent()) return [...copies, TRUNCATED];
      copies.push(this.copy(item, path));
    }
    return copies;
  }

  #copyMembers(value: object, path: readonly object[]): Record<string, unknown> {
    const copies: [string, unknown][] = [];
    for (const [name, member] of members(value)) {
      if (this.#isSpent()) return Object.fromEntries([...copies, ['...', TRUNCATED]]);
      const copy = isSecretName(name) && member !== undefined ? REDACTED : this.copy(member, path);
      if (copy !== undefined) copies.push([name, copy]);
    }
    // Not by assignment: a member may be called `__proto__`.
    return Object.fromEntries(copies);
  }

  #isSpent(): boolean {
    if (this.#valuesLeft === 0) return true;
    this.#valuesLeft -= 1;
    return false;
  }
}

/**
 * A copy that is safe to write to a log: keys and credential fields are replaced,
 * cycles cut, depth and size bounded, unreadable members named. Never throws.
 */
export function redact(value: unknown): unknown {
  return new Redaction().copy(value, []);
}
