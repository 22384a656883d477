import { secretForms } from './secret-forms.ts';
import { SHORTEST_PATTERN, TextMatcher, type TextPattern, textPattern } from './text-matcher.ts';

const REDACTED = '[REDACTED]';

/** Characters that a secret must have to be registered: shorter ones are ordinary words too often. */
export const SHORTEST_SECRET: number = SHORTEST_PATTERN;

/** Secrets at once. Beyond it the oldest is dropped: a process that makes clients must not grow. */
export const MOST_SECRETS = 10_000;

/** A secret that can be read, as a `SecretString` can. */
export interface ExposableSecret {
  expose(): string;
}

/** A secret's place in the registry; disposing of it gives the place up. */
export interface SecretRegistration extends Disposable {
  /** False for a secret of fewer than `SHORTEST_SECRET` characters, which is not looked for. */
  readonly registered: boolean;
}

/** One secret in all its spellings. */
interface Entry {
  readonly patterns: readonly TextPattern[];
  /** Registrations that are not disposed of. */
  holders: number;
}

/** Names a secret without holding it. */
function entryKey({ length, hashA, hashB }: TextPattern): string {
  return `${length}:${hashA}:${hashB}`;
}

/** The oldest first. */
const entries = new Map<string, Entry>();

/** Undefined where it has to be made again, because something was taken out. */
let matcher: TextMatcher | undefined;

let generation = 0;

function buildMatcher(): TextMatcher {
  const built = new TextMatcher();
  for (const { patterns } of entries.values()) {
    for (const pattern of patterns) built.add(pattern);
  }
  return built;
}

function drop(key: string): void {
  entries.delete(key);
  matcher = undefined;
}

function enter(key: string, secret: string): Entry {
  const patterns = [...secretForms(secret)].map(textPattern);
  const entry: Entry = { patterns, holders: 0 };
  entries.set(key, entry);
  const [oldest] = entries.keys();
  if (entries.size > MOST_SECRETS && oldest !== undefined) drop(oldest);
  if (matcher !== undefined) for (const pattern of patterns) matcher.add(pattern);
  generation += 1;
  return entry;
}

/**
 * From now on `redactText`, and so every error and log line, replaces this secret
 * wherever it stands: as it is, in JSON, in a URL and in base64. Only fingerprints
 * are kept. The registration lasts until it is disposed of, or until 10,000 newer
 * secrets have come; the same secret may be registered many times.
 *
 * A secret of fewer than eight characters is refused, which `registered` tells: it
 * would take ordinary words out of every text.
 *
 * @throws TypeError when it is neither a string nor can be exposed as one.
 */
export function registerSecret(secret: string | ExposableSecret): SecretRegistration {
  const text: unknown = typeof secret === 'string' ? secret : secret.expose();
  if (typeof text !== 'string') throw new TypeError('a secret to register must be a string');
  // A part of the mask would be found in every mask, and grow it with each pass.
  if (text.length < SHORTEST_SECRET || REDACTED.includes(text)) {
    return { registered: false, [Symbol.dispose]: () => undefined };
  }

  const key = entryKey(textPattern(text));
  const entry = entries.get(key) ?? enter(key, text);
  entry.holders += 1;
  let held = true;
  return {
    registered: true,
    [Symbol.dispose]: () => {
      if (!held) return;
      held = false;
      entry.holders -= 1;
      if (entry.holders === 0 && entries.get(key) === entry) drop(key);
    },
  };
}

/** Grows with each secret that is added: what was cleaned before may have to be cleaned again. */
export function secretGeneration(): number {
  return generation;
}

/** Replaces every registered secret in a text by `[REDACTED]`. */
export function redactSecrets(text: string): string {
  if (text.length < SHORTEST_PATTERN || entries.size === 0) return text;
  matcher ??= buildMatcher();
  const stretches = matcher.find(text);
  if (stretches.length === 0) return text;
  let redacted = '';
  let end = 0;
  for (const stretch of stretches) {
    redacted += text.slice(end, stretch.start) + REDACTED;
    end = stretch.end;
  }
  return redacted + text.slice(end);
}
