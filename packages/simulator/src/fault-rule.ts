import type { Fault } from './fault.ts';

/** Which requests a fault is for; what is left out matches any. */
export interface FaultMatch {
  readonly method?: string;
  /** The whole path, such as `/v1/chat/completions`; a closing `*` matches anything after it. */
  readonly path?: string;
  /** The `model` field of the request's body. */
  readonly model?: string;
}

/** A fault and the requests that get it. */
export interface FaultRule {
  /** @default every request */
  readonly match?: FaultMatch;
  /** How many matching requests pass first. @default 0 */
  readonly skip?: number;
  /** How many requests get the fault at most. @default no end */
  readonly times?: number;
  /** Only every nth matching request after `skip` gets it. @default 1 */
  readonly every?: number;
  /** Milliseconds for which the rule stands. @default no end */
  readonly forMs?: number;
  readonly fault: Fault;
}
