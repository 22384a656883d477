import { ConfigurationError, describeValue } from '@integrations/errors';
import type { BreakerSnapshot } from './breaker-snapshot.ts';
import type { WindowSnapshot } from './outcome-window.ts';

type Fields = Readonly<Record<string, unknown>>;

function wrong(field: string, rule: string, value: unknown): ConfigurationError {
  return new ConfigurationError(
    `Circuit breaker: \`${field}\` of the state to import must be ${rule}, not ${describeValue(value)}. Import only what \`exportState\` gave.`,
  );
}

function fieldsOf(field: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw wrong(field, 'an object', value);
}

function listOf(field: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(field, 'an array', value);
}

function milliseconds(field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw wrong(field, 'a finite number of 0 or more', value);
}

function count(field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrong(field, 'a whole number of 0 or more', value);
}

function oneOf<T>(field: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw wrong(field, `one of ${allowed.join(', ')}`, value);
}

function readBucket(field: string, value: unknown): readonly [number, number, number] {
  const [calls, failures, slow, ...rest] = listOf(field, value);
  if (rest.length > 0) throw wrong(field, 'three numbers', value);
  const bucket = [count(field, calls), count(field, failures), count(field, slow)] as const;
  if (bucket[1] <= bucket[0] && bucket[2] <= bucket[0]) return bucket;
  throw wrong(field, 'no more failures or slow calls than calls', value);
}

function readCountWindow(window: Fields): WindowSnapshot {
  const size = count('window.size', window['size']);
  const outcomes = listOf('window.outcomes', window['outcomes']);
  if (outcomes.length > size)
    throw wrong('window.outcomes', `at most ${size} long`, outcomes.length);
  return {
    type: 'count',
    size,
    outcomes: outcomes.map((outcome, index) =>
      oneOf(`window.outcomes[${index}]`, outcome, [0, 1, 2, 3]),
    ),
  };
}

function readTimeWindow(window: Fields): WindowSnapshot {
  return {
    type: 'time',
    durationMs: milliseconds('window.durationMs', window['durationMs']),
    intoBucketMs: milliseconds('window.intoBucketMs', window['intoBucketMs']),
    buckets: listOf('window.buckets', window['buckets']).map((bucket, index) =>
      readBucket(`window.buckets[${index}]`, bucket),
    ),
  };
}

function readWindow(value: unknown): WindowSnapshot {
  const window = fieldsOf('window', value);
  const type = oneOf('window.type', window['type'], ['consecutive', 'count', 'time'] as const);
  if (type === 'count') return readCountWindow(window);
  if (type === 'time') return readTimeWindow(window);
  return { type, failures: count('window.failures', window['failures']) };
}

/**
 * Checks a state before anything of it is believed: it may come from a file or a cache
 * that others write to.
 *
 * @throws ConfigurationError that names the field which is wrong.
 */
export function readSnapshot(value: unknown): BreakerSnapshot {
  const fields = fieldsOf('the whole', value);
  if (fields['version'] !== 1) throw wrong('version', '1', fields['version']);
  const state = oneOf('state', fields['state'], ['closed', 'open', 'half_open'] as const);
  const forced = oneOf('forced', fields['forced'], [null, 'open', 'closed'] as const);
  if (forced !== null && forced !== state) throw wrong('state', `${forced}, as forced`, state);
  return {
    version: 1,
    savedAt: milliseconds('savedAt', fields['savedAt']),
    state,
    forced,
    inStateMs: milliseconds('inStateMs', fields['inStateMs']),
    openRemainingMs: milliseconds('openRemainingMs', fields['openRemainingMs']),
    openings: count('openings', fields['openings']),
    probeSuccesses: count('probeSuccesses', fields['probeSuccesses']),
    probeLeasesMs: listOf('probeLeasesMs', fields['probeLeasesMs']).map((lease, index) =>
      milliseconds(`probeLeasesMs[${index}]`, lease),
    ),
    window: readWindow(fields['window']),
  };
}
