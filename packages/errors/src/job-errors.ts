import { IntegrationError, type IntegrationErrorOptions } from './integration-error.ts';

/** What a `JobFailedError` adds. */
export interface JobFailedErrorOptions<Job> extends IntegrationErrorOptions {
  /** The job as it was seen last. @default not known */
  readonly job?: Job | undefined;
  /** How it ended, in the provider's word. @default 'failed' */
  readonly outcome?: string | undefined;
}

/** A job that somebody waited for has ended, and not well. */
export class JobFailedError<Job = unknown> extends IntegrationError {
  /** The job as it was seen last: it may have results all the same. */
  readonly job: Job | undefined;
  /** How it ended, in the provider's word: `failed`, `cancelled`, `expired`. */
  readonly outcome: string;

  constructor(message: string, options: JobFailedErrorOptions<Job> = {}) {
    super('job_failed', message, false, options);
    this.job = options.job;
    this.outcome = options.outcome ?? 'failed';
  }
}
