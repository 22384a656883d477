/** Texts that must not be found anywhere. */
export interface Marked {
  readonly key: string;
  readonly organization: string;
  readonly project: string;
  readonly prompt: string;
  /** Of another service, for a job to use. */
  readonly jobSecret: string;
}
