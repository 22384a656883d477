import { ConfigurationError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { readSettings } from './breaker-settings.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';

/** Options as JavaScript may pass them: typed as no more than objects. */
const wrong: readonly (readonly [option: string, options: object])[] = [
  ['name', { name: 7 }],
  ['window.type', { window: { type: 'sliding' } }],
  ['window.type', { window: {} }],
  ['window.size', { window: { type: 'count', size: 0 } }],
  ['window.size', { window: { type: 'count', size: 2.5 } }],
  ['window.size', { window: { type: 'count' } }],
  ['window.duration', { window: { type: 'time', duration: 0 } }],
  ['window.duration', { window: { type: 'time', duration: '10 parsecs' } }],
  ['window.duration', { window: { type: 'time', duration: Number.POSITIVE_INFINITY } }],
  ['window.buckets', { window: { type: 'time', duration: '10s', buckets: 0 } }],
  ['failureThreshold', { failureThreshold: 0 }],
  ['failureThreshold', { failureThreshold: '5' }],
  ['failureThreshold', { failureThreshold: 11, window: { type: 'count', size: 10 } }],
  ['failureRate', { failureRate: 0 }],
  ['failureRate', { failureRate: 50 }],
  ['failureRate', { failureRate: Number.NaN }],
  ['failureRate', { failureRate: 0.5, window: { type: 'consecutive' } }],
  ['slowCallRate', { slowCallRate: 1.1, slowCallDuration: '1s' }],
  ['slowCallRate', { slowCallRate: 0.5, slowCallDuration: 1, window: { type: 'consecutive' } }],
  ['slowCallDuration', { slowCallRate: 0.5 }],
  ['slowCallDuration', { slowCallDuration: -1 }],
  ['minimumCalls', { minimumCalls: 0 }],
  ['minimumCalls', { minimumCalls: 21 }],
  ['minimumCalls', { minimumCalls: 2, window: { type: 'consecutive' } }],
  ['successThreshold', { successThreshold: 0 }],
  ['openDuration', { openDuration: 0 }],
  ['openDurationFactor', { openDurationFactor: 0.5 }],
  ['openDurationFactor', { openDurationFactor: Number.POSITIVE_INFINITY }],
  ['maxOpenDuration', { openDuration: '60s', maxOpenDuration: '59s' }],
  ['halfOpenPermits', { halfOpenPermits: 1 }],
  ['halfOpenPermits', { halfOpenPermits: Number.POSITIVE_INFINITY }],
  ['probeLease', { probeLease: 'soon' }],
  ['halfOpenRetryAfter', { halfOpenRetryAfter: 0 }],
  ['classify', { classify: 'failure' }],
  ['onListenerError', { onListenerError: true }],
];

describe('the options of a circuit breaker', () => {
  it.for(wrong)('refuse a wrong %s: %o', ([option, options]) => {
    const create = (): unknown => createCircuitBreaker(options);
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(`\`${option}\``);
  });

  it('have the defaults that they state', () => {
    expect(readSettings({})).toMatchObject({
      name: 'default',
      window: { type: 'count', size: 20 },
      failureThreshold: 5,
      minimumCalls: 10,
      successThreshold: 2,
      openMs: 60_000,
      openFactor: 1,
      maxOpenMs: 600_000,
      halfOpenPermits: 2,
      probeLeaseMs: 120_000,
      halfOpenRetryAfterMs: 1000,
    });
    expect(readSettings({ window: { type: 'time', duration: '1m' } }).window).toEqual({
      type: 'time',
      durationMs: 60_000,
      buckets: 10,
    });
  });

  it('fit the defaults to what was asked for', () => {
    expect(readSettings({ window: { type: 'count', size: 3 } })).toMatchObject({
      failureThreshold: 3,
      minimumCalls: 3,
    });
    expect(readSettings({ failureRate: 0.5 }).failureThreshold).toBe(Number.POSITIVE_INFINITY);
    expect(readSettings({ failureRate: 0.5, failureThreshold: 7 }).failureThreshold).toBe(7);
    expect(readSettings({ successThreshold: 4 }).halfOpenPermits).toBe(4);
    expect(readSettings({ openDuration: '1h' }).maxOpenMs).toBe(3_600_000);
  });
});
