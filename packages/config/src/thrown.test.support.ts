import { ConfigurationError } from '@integrations/errors';
import { expect } from 'vitest';

/** The ConfigurationError that a call throws. */
export function configurationErrorOf(run: () => unknown): ConfigurationError {
  let thrown: unknown;
  try {
    thrown = run();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ConfigurationError);
  return thrown as ConfigurationError;
}
