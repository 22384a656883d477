import { ConfigurationError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { BreakerWindow } from './circuit-breaker-options.ts';

function exported(window: BreakerWindow): Record<string, unknown> {
  const clock = new ManualClock();
  const breaker = createCircuitBreaker({ window, clock });
  breaker.recordFailure();
  return JSON.parse(JSON.stringify(breaker.exportState())) as Record<string, unknown>;
}

const count: BreakerWindow = { type: 'count', size: 8 };
const saved = exported(count);

const wrong: readonly (readonly [field: string, state: unknown])[] = [
  ['the whole', null],
  ['the whole', undefined],
  ['the whole', []],
  ['the whole', 'closed'],
  ['version', { ...saved, version: 2 }],
  ['version', {}],
  ['savedAt', { ...saved, savedAt: '2025-01-01' }],
  ['savedAt', { ...saved, savedAt: null }],
  ['state', { ...saved, state: 'ajar' }],
  ['state', { ...saved, forced: 'open' }],
  ['forced', { ...saved, forced: 'half_open' }],
  ['forced', { ...saved, forced: undefined }],
  ['inStateMs', { ...saved, inStateMs: -1 }],
  ['openRemainingMs', { ...saved, openRemainingMs: Number.POSITIVE_INFINITY }],
  ['openings', { ...saved, openings: 1.5 }],
  ['probeSuccesses', { ...saved, probeSuccesses: -1 }],
  ['probeLeasesMs', { ...saved, probeLeasesMs: {} }],
  ['probeLeasesMs[1]', { ...saved, probeLeasesMs: [1, Number.NaN] }],
  ['window', { ...saved, window: null }],
  ['window.type', { ...saved, window: { type: 'sliding' } }],
  ['window.failures', { ...saved, window: { type: 'consecutive', failures: '3' } }],
  ['window.size', { ...saved, window: { type: 'count', outcomes: [] } }],
  ['window.outcomes', { ...saved, window: { type: 'count', size: 1, outcomes: [0, 0] } }],
  ['window.outcomes[0]', { ...saved, window: { type: 'count', size: 1, outcomes: [4] } }],
  [
    'window.buckets[0]',
    { ...saved, window: { type: 'time', durationMs: 9, intoBucketMs: 0, buckets: [[1, 2, 0]] } },
  ],
  [
    'window.buckets[0]',
    { ...saved, window: { type: 'time', durationMs: 9, intoBucketMs: 0, buckets: [[1, 0, 0, 0]] } },
  ],
  ['window.durationMs', { ...saved, window: { type: 'time', intoBucketMs: 0, buckets: [] } }],
];

describe('a state to import', () => {
  it.for(wrong)('names its wrong field %s and changes nothing', ([field, state]) => {
    const breaker = createCircuitBreaker({ window: count, clock: new ManualClock() });
    breaker.recordFailure();
    const before = breaker.exportState();
    expect(() => breaker.importState(state)).toThrow(ConfigurationError);
    expect(() => breaker.importState(state)).toThrow(`\`${field}\``);
    expect(breaker.exportState()).toEqual(before);
  });

  it.for<BreakerWindow>([
    { type: 'consecutive' },
    { type: 'count', size: 8 },
    { type: 'time', duration: '8s', buckets: 4 },
  ])('comes back as it was, for a window of %o', (window) => {
    const state = exported(window);
    const breaker = createCircuitBreaker({ window, clock: new ManualClock() });
    breaker.importState(state);
    expect(breaker.exportState()).toEqual(state);
    expect(breaker.statistics().window.failures).toBe(1);
  });

  it('is refused or leaves a breaker that works, whatever a field holds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(saved)), fc.jsonValue(), (field, value) => {
        const clock = new ManualClock();
        const breaker = createCircuitBreaker({ window: count, clock });
        let refused: unknown;
        try {
          breaker.importState({ ...saved, [field]: value });
        } catch (error) {
          refused = error;
        }
        expect(refused === undefined || refused instanceof ConfigurationError).toBe(true);
        const waitMs = breaker.statistics().retryAfterMs;
        expect(waitMs <= 600_000 || waitMs === Number.POSITIVE_INFINITY).toBe(true);
        breaker.reset();
        expect(breaker.tryAcquire().allowed).toBe(true);
      }),
    );
  });
});
