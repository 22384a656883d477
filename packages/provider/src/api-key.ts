import { ConfigurationError, isIntegrationError } from '@integrations/errors';
import { SecretString } from '@integrations/types';
import { HeldSecrets } from './held-secrets.ts';

/**
 * A key, or a function that gives it. The function is asked at every attempt, so
 * that a rotated key is used at once.
 */
export type ApiKey =
  | string
  | SecretString
  | (() => string | SecretString | Promise<string | SecretString>);

/** Gives the key of the moment. */
export type KeySource = () => SecretString | Promise<SecretString>;

/** A header cannot carry line breaks or blanks; they are the traces of a careless paste. */
const UNSENDABLE = /[^\x21-\x7e]/;

/** Keys that a source remembers: an answer may still echo one that was rotated out. */
const MOST_KEYS = 8;

/** @throws ConfigurationError, beginning with the origin, when the value cannot be a key. */
export function checkKey(value: unknown, origin: string): SecretString {
  if (value instanceof SecretString) {
    if (value.disposed) throw new ConfigurationError(`${origin} has been disposed of.`);
    return checkText(value, value.expose(), origin);
  }
  if (typeof value === 'string' && value !== '') {
    return checkText(new SecretString(value), value, origin);
  }
  throw new ConfigurationError(`${origin} must be a string that is not empty, or a SecretString.`);
}

function checkText(secret: SecretString, text: string, origin: string): SecretString {
  if (!UNSENDABLE.test(text)) return secret;
  throw new ConfigurationError(
    `${origin} contains a blank, a line break or a character outside ASCII, which no key has. Was it pasted with its surroundings?`,
  );
}

function functionFailed(cause: unknown): unknown {
  if (isIntegrationError(cause)) return cause;
  return new ConfigurationError('The `apiKey` function failed, so the call was not made.', {
    cause,
  });
}

async function awaitKey(answer: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (cause) {
    throw functionFailed(cause);
  }
}

/** What the function gives, or a promise of it. */
function askForKey(ask: () => unknown): unknown {
  try {
    const answer = ask();
    return isPromise(answer) ? awaitKey(answer) : answer;
  } catch (cause) {
    throw functionFailed(cause);
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function isSameKey(one: SecretString, other: SecretString): boolean {
  return one === other || (!one.disposed && one.expose() === other.expose());
}

/** Holds the keys that were given out last. */
class RecentKeys {
  readonly #secrets: HeldSecrets;
  readonly #keys: { readonly key: SecretString; readonly held: Disposable }[] = [];

  constructor(secrets: HeldSecrets) {
    this.#secrets = secrets;
  }

  /** Returns the key that was given. */
  add(key: SecretString): SecretString {
    if (this.#keys.some((known) => isSameKey(known.key, key))) return key;
    this.#keys.unshift({ key, held: this.#secrets.hold(key) });
    if (this.#keys.length > MOST_KEYS) this.#keys.pop()?.held[Symbol.dispose]();
    return key;
  }
}

/**
 * Makes a source of a key from what the user gave. Each key is kept out of messages
 * and logs from then on, by its value: a proxy may echo it, and it may have no shape
 * that is known for a key.
 *
 * @param secrets holds the keys until it is disposed of. By default they are held for good.
 * @throws ConfigurationError when a fixed key cannot be a key.
 */
export function createKeySource(
  apiKey: ApiKey,
  secrets: HeldSecrets = new HeldSecrets(),
): KeySource {
  const keys = new RecentKeys(secrets);
  if (typeof apiKey !== 'function') {
    const secret = keys.add(checkKey(apiKey, '`apiKey`'));
    return () => checkKey(secret, '`apiKey`');
  }
  const take = (value: unknown): SecretString =>
    keys.add(checkKey(value, 'What the `apiKey` function returned'));
  return () => {
    const answer = askForKey(apiKey);
    return isPromise(answer) ? Promise.resolve(answer).then(take) : take(answer);
  };
}
