import { isIntegrationError } from '@integrations/errors';
import { duration, seconds } from './figures.ts';
import type { Palette } from './palette.ts';

/** What a breaker does with calls. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Something that went wrong, and what becomes of it. */
export type Trouble =
  /** An attempt failed, and another follows. */
  | {
      readonly kind: 'fault';
      readonly endpoint: string;
      readonly error: unknown;
      /** Milliseconds until the next attempt. */
      readonly waitMs: number;
      /** The number of the next attempt. */
      readonly attempt: number;
      readonly attempts: number;
    }
  /** A breaker changed its state. */
  | {
      readonly kind: 'breaker';
      readonly endpoint: string;
      readonly from: BreakerState;
      readonly to: BreakerState;
      readonly reason: string;
    }
  /** A breaker let a call not through, which is made again after a wait. */
  | {
      readonly kind: 'refused';
      readonly endpoint: string;
      readonly state: BreakerState;
      /** Milliseconds. */
      readonly waitMs: number;
    };

const KIND_WIDTH = 'breaker'.length;

/** A trouble as a line: `fault    503 on embeddings, retrying in 120 ms (attempt 2 of 4)`. */
export function troubleLine(trouble: Trouble, palette: Palette): string {
  const kind = trouble.kind.padEnd(KIND_WIDTH);
  return `${colored(kind, trouble, palette)}  ${told(trouble)}`;
}

/** A trouble that makes a call wait. */
export type Wait = Exclude<Trouble, { kind: 'breaker' }>;

/** What a call waits for: `503 on embeddings, retrying in 90 ms`. */
export function waitText(trouble: Wait, leftMs: number): string {
  if (trouble.kind === 'refused') return `breaker ${trouble.state}, waiting ${seconds(leftMs)}`;
  const { error, endpoint } = trouble;
  return `${faultName(error)} on ${endpoint}, retrying in ${duration(leftMs)}`;
}

function told(trouble: Trouble): string {
  if (trouble.kind === 'breaker') {
    return `${trouble.endpoint} ${trouble.from} → ${trouble.to} (${trouble.reason})`;
  }
  const wait = waitText(trouble, trouble.waitMs);
  if (trouble.kind === 'refused') return `call to ${trouble.endpoint}: ${wait}`;
  return `${wait} (attempt ${trouble.attempt} of ${trouble.attempts})`;
}

function colored(text: string, trouble: Trouble, palette: Palette): string {
  if (trouble.kind === 'refused') return palette.label(text);
  const isGood = trouble.kind === 'breaker' && trouble.to !== 'open';
  return isGood ? palette.good(text) : palette.bad(text);
}

/** What is shown in place of codes that only programs know. */
const NAMES: Readonly<Record<string, string>> = {
  connection: 'broken connection',
  attempt_timeout: 'timeout',
  server: 'error event',
};

/** A failure in a word or two: its status if it has one. */
function faultName(error: unknown): string {
  if (!isIntegrationError(error)) return 'failure';
  if (error.status !== undefined) return String(error.status);
  return NAMES[error.code] ?? error.code.replaceAll('_', ' ');
}
