import { ConfigurationError, isIntegrationError, registerSecret } from '@integrations/errors';
import { SecretString } from '@integrations/types';

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

function checkKey(value: unknown, origin: string): SecretString {
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

async function askForKey(ask: () => unknown): Promise<SecretString> {
  let value: unknown;
  try {
    value = await ask();
  } catch (cause) {
    if (isIntegrationError(cause)) throw cause;
    throw new ConfigurationError('The `apiKey` function failed, so the call was not made.', {
      cause,
    });
  }
  return checkKey(value, 'What the `apiKey` function returned');
}

function isSameKey(one: SecretString, other: SecretString): boolean {
  return one === other || (!one.disposed && one.expose() === other.expose());
}

/**
 * Makes a source of a key from what the user gave. Each key is kept out of messages
 * and logs from then on, by its value: a proxy may echo it, and it may have no shape
 * that is known for a key.
 *
 * @throws ConfigurationError when a fixed key cannot be a key.
 */
export function createKeySource(apiKey: ApiKey): KeySource {
  let known: SecretString | undefined;
  const register = (secret: SecretString): SecretString => {
    if (known === undefined || !isSameKey(known, secret)) registerSecret(secret);
    known = secret;
    return secret;
  };
  if (typeof apiKey === 'function') return async () => register(await askForKey(apiKey));
  const secret = register(checkKey(apiKey, '`apiKey`'));
  return () => checkKey(secret, '`apiKey`');
}
