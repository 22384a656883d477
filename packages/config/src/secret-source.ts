import { ConfigurationError } from '@integrations/errors';
import type { ConfigProvider, SecretString } from '@integrations/types';

/**
 * A function that reads a secret anew at each call, for the `apiKey` option of a
 * client: a key that is rotated in its source is used at once.
 *
 * @returns a function that throws ConfigurationError when the secret is not set.
 */
export function secretSource(config: ConfigProvider, key: string): () => SecretString {
  return () => {
    const secret = config.getSecret(key);
    if (secret !== undefined) return secret;
    throw new ConfigurationError(
      `The secret ${key} is not set in any source of the configuration: set it there, or hand it over as an option.`,
      { context: { key } },
    );
  };
}
