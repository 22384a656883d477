import { IntegrationError, type IntegrationErrorOptions } from './integration-error.ts';
import type { ValidationIssue } from './local-errors.ts';

/** What a `RefusalError` adds. */
export interface RefusalErrorOptions extends IntegrationErrorOptions {
  /** Why the model refused, in its own words. @default '' */
  readonly refusal?: string | undefined;
}

/** The model declined to answer in the form that was asked for. */
export class RefusalError extends IntegrationError {
  /** Why, in the model's own words. */
  readonly refusal: string;

  constructor(message: string, options: RefusalErrorOptions = {}) {
    super('refusal', message, false, options);
    this.refusal = options.refusal ?? '';
  }
}

/** The answer was cut at its limit of tokens, so it cannot be read as a whole. */
export class LengthFinishReasonError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('length', message, false, options);
  }
}

/** What an `InvalidOutputError` adds. */
export interface InvalidOutputErrorOptions extends IntegrationErrorOptions {
  /** Everything that is wrong, not only the first. @default [] */
  readonly issues?: readonly ValidationIssue[] | undefined;
}

/** What the model wrote is not JSON, or does not fit the schema. Another try may do better. */
export class InvalidOutputError extends IntegrationError {
  /** What is wrong where; empty for a text that is not JSON. */
  readonly issues: readonly ValidationIssue[];

  constructor(message: string, options: InvalidOutputErrorOptions = {}) {
    super('invalid_output', message, true, options);
    this.issues = options.issues ?? [];
  }
}

/** The model still wanted to call tools when the run had reached its limit of answers. */
export class TurnLimitError extends IntegrationError {
  constructor(message: string, options?: IntegrationErrorOptions) {
    super('turn_limit', message, false, options);
  }
}
