import { ConfigurationError, ValidationError } from '@integrations/errors';

/** Where problems of recording go. */
export type ProblemListener = (problem: Error) => void;

/** The default: a warning of the process, with the error's name and message. */
function warn(problem: Error): void {
  process.emitWarning(problem);
}

/**
 * Tells of what went wrong while recording: each problem once, because it will most
 * likely happen with every call from then on. Never throws, because a measured call
 * must not fail for the sake of its measurement.
 */
export class ProblemReporter {
  readonly #told = new Set<string>();
  readonly #listener: ProblemListener;

  constructor(listener: ProblemListener = warn) {
    this.#listener = listener;
  }

  /** Something was recorded that cannot be right; `key` tells this problem from others. */
  report(key: string, message: string, cause?: unknown): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    const problem = new ValidationError(message, cause === undefined ? {} : { cause });
    try {
      this.#listener(problem);
    } catch (error) {
      warn(new ConfigurationError('The `onError` of the metrics threw.', { cause: error }));
    }
  }
}
