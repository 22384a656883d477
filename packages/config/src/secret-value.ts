import { ConfigurationError } from '@integrations/errors';
import { SecretString } from '@integrations/types';
import type { ConfigEntry } from './source.ts';

/** Half of a pair: no encoding can carry it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function wrong(key: string, origin: string, problem: string): ConfigurationError {
  return new ConfigurationError(`The secret ${key} from ${origin} ${problem}.`, {
    context: { key, origin },
  });
}

function wrapped(key: string, origin: string, text: string): SecretString {
  const trimmed = text.trim();
  if (trimmed === '') throw wrong(key, origin, 'is empty: fill it in, or remove it');
  if (LONE_SURROGATE.test(trimmed)) throw wrong(key, origin, 'is not valid Unicode');
  return new SecretString(trimmed);
}

/**
 * A value as a secret. Blanks around it are the traces of a paste or of a file's
 * last line, and are dropped.
 *
 * @throws ConfigurationError when it is no text, is blank, or has been disposed of.
 */
export function secretValue(key: string, { value, origin }: ConfigEntry): SecretString {
  if (typeof value === 'string') return wrapped(key, origin, value);
  if (!(value instanceof SecretString)) {
    throw wrong(
      key,
      origin,
      `must be text, and is ${Array.isArray(value) ? 'a list' : `of type ${typeof value}`}`,
    );
  }
  if (value.disposed) throw wrong(key, origin, 'has been disposed of: hand over another');
  return value;
}
