import type { Figures } from '../suite.ts';

/** What a probe is told. */
export interface ProbeSettings {
  /** Whom it measures. */
  readonly name: string;
  /** Where the server is; for what makes no calls, nowhere. */
  readonly origin: string;
  /** How many calls it makes, or clients. */
  readonly count: number;
  readonly inFlight: number;
}

/** Measures what can only be measured once in a process. */
export type Probe = (settings: ProbeSettings) => Promise<Figures>;
