import { IntegrationError, type IntegrationErrorOptions } from './integration-error.ts';

/** Why a webhook is not trusted. */
export type WebhookSignatureProblem =
  | 'missing_header'
  | 'malformed_header'
  | 'too_old'
  | 'too_new'
  | 'wrong_signature'
  | 'replayed';

/** What a `WebhookSignatureError` adds. */
export interface WebhookSignatureErrorOptions extends IntegrationErrorOptions {
  /** @default 'wrong_signature' */
  readonly problem?: WebhookSignatureProblem | undefined;
}

/** A webhook that may come from anybody: answer it with 400 and leave its content alone. */
export class WebhookSignatureError extends IntegrationError {
  /** What is wrong with it. */
  readonly problem: WebhookSignatureProblem;

  constructor(message: string, options: WebhookSignatureErrorOptions = {}) {
    super('webhook_signature', message, false, options);
    this.problem = options.problem ?? 'wrong_signature';
  }
}
