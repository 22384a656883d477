import { SecretString } from '@integrations/types';
import { TomlDate } from 'smol-toml';

type IsSecret = (path: readonly string[]) => boolean;

function plainText(text: string, isSecret: boolean): string | SecretString {
  // A blank one stays as it is: whoever asks for the secret is told.
  return isSecret && text.trim() !== '' ? new SecretString(text.trim()) : text;
}

/**
 * A fresh copy of a parsed value that users can do with as they like: dates as text,
 * marked texts as secrets, tables as plain objects.
 *
 * @param path where the value stands in its document
 */
export function plainToml(value: unknown, path: readonly string[], isSecret: IsSecret): unknown {
  if (typeof value === 'string') return plainText(value, isSecret(path));
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map((item: unknown) => plainToml(item, path, isSecret));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, unknown] => [
      name,
      plainToml(member, [...path, name], isSecret),
    ]),
  );
}
