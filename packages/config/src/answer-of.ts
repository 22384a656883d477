import { ConfigurationError } from '@integrations/errors';

function isPromise(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('then' in value)) return false;
  return typeof value.then === 'function';
}

/**
 * Calls a user's function for the value of a key.
 *
 * @throws ConfigurationError when it throws, or gives a promise.
 */
export function answerOf(read: () => unknown, key: string, origin: string): unknown {
  let answer: unknown;
  try {
    answer = read();
  } catch (cause) {
    throw new ConfigurationError(
      `The setting ${key} could not be read from ${origin}: the function behind it threw. Its error is the cause of this one.`,
      { cause },
    );
  }
  if (!isPromise(answer)) return answer;
  // Nobody will await it, and a rejection that nobody handles ends the process.
  void Promise.allSettled([answer]);
  throw new ConfigurationError(
    `The setting ${key} from ${origin} is a promise, and settings are read at once: await it beforehand and hand over the value.`,
  );
}
