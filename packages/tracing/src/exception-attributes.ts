import { describeValue, isIntegrationError } from '@integrations/errors';

/** What is recorded of an error, before secrets are taken out. */
export interface ExceptionFacts {
  /** The `error.type` of the span: our error code, or the class of another error. */
  readonly errorType: string;
  /** The class of the error. */
  readonly exceptionType: string;
  readonly message: string;
  /** The stack, and below it the causes, each in a line. */
  readonly stacktrace: string | undefined;
}

/** An error as anybody may have left it. */
interface LooseError {
  readonly name: unknown;
  readonly message: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
}

/** What semantic conventions call an error that has no better name. */
const OTHER = '_OTHER';

/** Causes of causes. */
const MOST_CAUSES = 5;

/** Stacks can be raised to any length. */
const LONGEST_STACK = 16_000;

function plainMessage(value: unknown): string {
  return typeof value === 'string' ? value : describeValue(value);
}

function* causesOf(error: LooseError): Generator<string> {
  const seen = new Set<unknown>([error]);
  let { cause } = error;
  while (cause !== undefined && !seen.has(cause) && seen.size <= MOST_CAUSES) {
    seen.add(cause);
    if (!(cause instanceof Error)) {
      yield `Caused by: ${plainMessage(cause)}`;
      return;
    }
    yield `Caused by: ${cause.name}: ${cause.message}`;
    cause = cause.cause;
  }
}

function stackOf(error: LooseError): string | undefined {
  if (typeof error.stack !== 'string') return undefined;
  return [error.stack.slice(0, LONGEST_STACK), ...causesOf(error)].join('\n');
}

function describeError(error: LooseError): ExceptionFacts {
  const exceptionType = String(error.name) || 'Error';
  return {
    errorType: isIntegrationError(error) ? error.code : exceptionType,
    exceptionType,
    message: String(error.message),
    stacktrace: stackOf(error),
  };
}

/** Describes whatever was thrown. It never throws itself, even if a getter of the error does. */
export function describeException(error: unknown): ExceptionFacts {
  try {
    if (error instanceof Error) return describeError(error);
    const message = plainMessage(error);
    return { errorType: OTHER, exceptionType: OTHER, message, stacktrace: undefined };
  } catch {
    const message = 'An error that cannot be read.';
    return { errorType: OTHER, exceptionType: OTHER, message, stacktrace: undefined };
  }
}
