import { answerOf } from './answer-of.ts';
import type { ConfigSource } from './source.ts';

/** Options of `fromFunction`. */
export interface FunctionSourceOptions {
  /** What messages call the function. @default 'a function' */
  readonly name?: string;
  /** Keys whose values are secrets. @default none */
  readonly secrets?: readonly string[];
}

/**
 * Settings from a function, which is asked at each read and so can rotate them.
 * Undefined and null are not set. It must answer at once: a promise is an error.
 */
export function fromFunction(
  read: (key: string) => unknown,
  options: FunctionSourceOptions = {},
): ConfigSource {
  const name = options.name ?? 'a function';
  return {
    name,
    secrets: options.secrets ?? [],
    find(key) {
      const value = answerOf(() => read(key), key, name);
      return value === undefined || value === null ? undefined : { value, origin: name };
    },
    keys: () => [],
  };
}
