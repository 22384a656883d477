import { IntegrationError, type IntegrationErrorOptions } from './integration-error.ts';

/** An option, a variable or a file is missing or wrong. Nothing was sent. */
export class ConfigurationError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('configuration', message, false, options);
  }
}

/** What is wrong with one field of a request. */
export interface ValidationIssue {
  /** Where in the request, such as `messages[0].role`. */
  readonly path: string;
  readonly message: string;
}

/** What a `ValidationError` adds. */
export interface ValidationErrorOptions extends IntegrationErrorOptions {
  readonly issues?: readonly ValidationIssue[];
}

/** The request cannot be right. Nothing was sent. */
export class ValidationError extends IntegrationError {
  /** Everything that is wrong, not only the first. */
  readonly issues: readonly ValidationIssue[];

  constructor(message: string, options: ValidationErrorOptions = {}) {
    super('validation', message, false, options);
    this.issues = options.issues ?? [];
  }
}

/** The request cannot be written as JSON: a cycle, or a bigint. Nothing was sent. */
export class SerializationError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('serialization', message, false, options);
  }
}

/** The caller gave up. `cause` is the signal's own reason. */
export class AbortedError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('aborted', message, false, options);
  }
}

/** The circuit breaker is open: the service kept failing, and the call was not made. */
export class CircuitOpenError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('circuit_open', message, true, options);
  }
}

/** Too many calls wait already; this one was turned away at once. */
export class QueueFullError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('queue_full', message, true, options);
  }
}

/** Waiting would outlast the time that the caller allows, so the call was not made. */
export class DeadlineError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('deadline_exceeded', message, false, options);
  }
}
