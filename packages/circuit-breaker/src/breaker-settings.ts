import {
  ConfigurationError,
  durationOption,
  finiteOption,
  type OptionBounds,
  wholeOption,
  wrongOption,
} from '@integrations/errors';
import { type Clock, systemClock } from '@integrations/types';
import type {
  BreakerVerdict,
  BreakerWindow,
  CircuitBreakerOptions,
} from './circuit-breaker-options.ts';
import { classifyError } from './classify-error.ts';

/** A window whose durations are milliseconds. */
export type WindowSettings =
  | { readonly type: 'consecutive' }
  | { readonly type: 'count'; readonly size: number }
  | { readonly type: 'time'; readonly durationMs: number; readonly buckets: number };

/** Options that were checked and completed. What does not apply is `Infinity`, which nothing reaches. */
export interface BreakerSettings {
  readonly name: string;
  readonly window: WindowSettings;
  readonly failureThreshold: number;
  readonly failureRate: number;
  readonly slowCallRate: number;
  readonly slowCallMs: number;
  /** Whether one of the rates applies. */
  readonly judgesRates: boolean;
  readonly minimumCalls: number;
  readonly successThreshold: number;
  readonly openMs: number;
  readonly openFactor: number;
  readonly maxOpenMs: number;
  readonly halfOpenPermits: number;
  readonly probeLeaseMs: number;
  readonly halfOpenRetryAfterMs: number;
  readonly classify: (error: unknown) => BreakerVerdict;
  readonly onListenerError: ((error: unknown) => void) | undefined;
  readonly clock: Clock;
}

const DEFAULT_WINDOW: BreakerWindow = { type: 'count', size: 20 };
const DEFAULT_BUCKETS = 10;
const DEFAULT_FAILURES = 5;
const DEFAULT_MINIMUM_CALLS = 10;
const DEFAULT_SUCCESSES = 2;
const DEFAULT_MAX_OPEN_MS = 600_000;

/** More than anybody needs, and little enough to hold in memory. */
const MOST_REMEMBERED = 1_000_000;
const MOST_BUCKETS = 10_000;

/** A share of calls. */
const SHARE: OptionBounds = { above: 0, most: 1 };
const POSITIVE: OptionBounds = { above: 0 };

function readWindow(window: BreakerWindow): WindowSettings {
  const type: unknown = (window as { type?: unknown } | null)?.type;
  switch (window?.type) {
    case 'consecutive':
      return { type: 'consecutive' };
    case 'count':
      return {
        type: 'count',
        size: wholeOption('window.size', window.size, { least: 1, most: MOST_REMEMBERED }),
      };
    case 'time':
      return {
        type: 'time',
        durationMs: durationOption('window.duration', window.duration, POSITIVE),
        buckets: wholeOption('window.buckets', window.buckets ?? DEFAULT_BUCKETS, {
          least: 1,
          most: MOST_BUCKETS,
        }),
      };
    default:
      throw wrongOption('window.type', "'consecutive', 'count' or 'time'", type);
  }
}

/** The most calls, or failures, that the window can ever hold. */
function capacityOf(window: WindowSettings): number {
  return window.type === 'count' ? window.size : Number.MAX_SAFE_INTEGER;
}

/** A row of failures has no rate: these options would silently do nothing. */
function refuseRates(options: CircuitBreakerOptions): void {
  for (const option of ['failureRate', 'slowCallRate', 'minimumCalls'] as const) {
    if (options[option] === undefined) continue;
    throw new ConfigurationError(
      `\`${option}\` has no meaning for a consecutive window. Use a count or a time window.`,
    );
  }
}

type Thresholds = Pick<
  BreakerSettings,
  | 'failureThreshold'
  | 'failureRate'
  | 'slowCallRate'
  | 'slowCallMs'
  | 'judgesRates'
  | 'minimumCalls'
>;

function readThresholds(options: CircuitBreakerOptions, window: WindowSettings): Thresholds {
  if (window.type === 'consecutive') refuseRates(options);
  const { failureThreshold, failureRate, slowCallRate, slowCallDuration, minimumCalls } = options;
  if (slowCallRate !== undefined && slowCallDuration === undefined) {
    throw new ConfigurationError(
      '`slowCallRate` needs `slowCallDuration`, from which a call is slow.',
    );
  }
  const capacity = capacityOf(window);
  const standardFailures =
    failureRate === undefined ? Math.min(DEFAULT_FAILURES, capacity) : Number.POSITIVE_INFINITY;
  return {
    failureThreshold:
      failureThreshold === undefined
        ? standardFailures
        : wholeOption('failureThreshold', failureThreshold, { least: 1, most: capacity }),
    failureRate:
      failureRate === undefined
        ? Number.POSITIVE_INFINITY
        : finiteOption('failureRate', failureRate, SHARE),
    slowCallRate:
      slowCallRate === undefined
        ? Number.POSITIVE_INFINITY
        : finiteOption('slowCallRate', slowCallRate, SHARE),
    slowCallMs:
      slowCallDuration === undefined
        ? Number.POSITIVE_INFINITY
        : durationOption('slowCallDuration', slowCallDuration, POSITIVE),
    judgesRates: failureRate !== undefined || slowCallRate !== undefined,
    minimumCalls:
      minimumCalls === undefined
        ? Math.min(DEFAULT_MINIMUM_CALLS, capacity)
        : wholeOption('minimumCalls', minimumCalls, { least: 1, most: capacity }),
  };
}

type OpenTime = Pick<BreakerSettings, 'openMs' | 'openFactor' | 'maxOpenMs'>;

function readOpenTime(options: CircuitBreakerOptions): OpenTime {
  const openMs = durationOption('openDuration', options.openDuration ?? '60s', POSITIVE);
  const openFactor = finiteOption('openDurationFactor', options.openDurationFactor ?? 1, {
    least: 1,
  });
  const maxOpenMs =
    options.maxOpenDuration === undefined
      ? Math.max(DEFAULT_MAX_OPEN_MS, openMs)
      : durationOption('maxOpenDuration', options.maxOpenDuration, POSITIVE);
  if (maxOpenMs < openMs) {
    throw wrongOption('maxOpenDuration', `\`openDuration\` (${openMs} ms) or more`, maxOpenMs);
  }
  return { openMs, openFactor, maxOpenMs };
}

type ProbeSettings = Pick<
  BreakerSettings,
  'successThreshold' | 'halfOpenPermits' | 'probeLeaseMs' | 'halfOpenRetryAfterMs'
>;

function readProbes(options: CircuitBreakerOptions): ProbeSettings {
  const successThreshold = wholeOption(
    'successThreshold',
    options.successThreshold ?? DEFAULT_SUCCESSES,
    { least: 1, most: MOST_REMEMBERED },
  );
  const halfOpenPermits = wholeOption(
    'halfOpenPermits',
    options.halfOpenPermits ?? successThreshold,
    { least: 1, most: MOST_REMEMBERED },
  );
  if (halfOpenPermits < successThreshold) {
    throw wrongOption(
      'halfOpenPermits',
      `\`successThreshold\` (${successThreshold}) or more, or the breaker could never close`,
      halfOpenPermits,
    );
  }
  return {
    successThreshold,
    halfOpenPermits,
    probeLeaseMs: durationOption('probeLease', options.probeLease ?? '2m', POSITIVE),
    halfOpenRetryAfterMs: durationOption(
      'halfOpenRetryAfter',
      options.halfOpenRetryAfter ?? '1s',
      POSITIVE,
    ),
  };
}

/** @throws ConfigurationError unless the value is left out or a function. */
function checkFunction(option: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return;
  throw wrongOption(option, 'a function', value);
}

/**
 * Checks options and completes them with the defaults.
 *
 * @throws ConfigurationError that names the option which is wrong.
 */
export function readSettings(options: CircuitBreakerOptions): BreakerSettings {
  checkFunction('classify', options.classify);
  checkFunction('onListenerError', options.onListenerError);
  const name = options.name ?? 'default';
  if (typeof name !== 'string') throw wrongOption('name', 'a string', name);
  const window = readWindow(options.window ?? DEFAULT_WINDOW);
  return {
    name,
    window,
    ...readThresholds(options, window),
    ...readOpenTime(options),
    ...readProbes(options),
    classify: options.classify ?? classifyError,
    onListenerError: options.onListenerError,
    clock: options.clock ?? systemClock,
  };
}
