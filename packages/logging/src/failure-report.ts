import { redactText } from '@integrations/errors';

/** The globals that can show a failure, of which each platform has one. */
interface ReportingGlobals {
  readonly process?: { emitWarning?: (warning: Error) => void };
  readonly reportError?: (error: unknown) => void;
}

function asError(error: unknown): Error {
  const reason = redactText(error instanceof Error ? error.message : typeof error);
  return new Error(`A log line could not be written: ${reason}. Later ones are not reported.`, {
    cause: error,
  });
}

function reportToPlatform(error: unknown): void {
  const { process, reportError } = globalThis as ReportingGlobals;
  if (process?.emitWarning !== undefined) process.emitWarning(asError(error));
  else reportError?.(asError(error));
}

/** Reports the first failure of a logger and its children: a broken disk must not flood anything. */
export class FailureReport {
  readonly #onError: (error: unknown) => void;
  #isMade = false;

  constructor(onError: (error: unknown) => void = reportToPlatform) {
    this.#onError = onError;
  }

  /** Never throws. */
  make(error: unknown): void {
    if (this.#isMade) return;
    this.#isMade = true;
    try {
      this.#onError(error);
    } catch (failure) {
      reportToPlatform(failure);
    }
  }
}
