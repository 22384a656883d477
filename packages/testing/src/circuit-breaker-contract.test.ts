import { describe, expect, it } from 'vitest';
import { describeCircuitBreakerContract } from './circuit-breaker-contract.ts';
import { brokenPromises } from './contract-run.test.support.ts';
import { type BreakerFault, ReferenceBreaker } from './reference-breaker.test.support.ts';

describeCircuitBreakerContract({
  describe,
  it,
  create: (settings) => new ReferenceBreaker(settings),
});

const FAULTS: Readonly<Record<BreakerFault, string>> = {
  'counts every report': 'the first report of a permit counts, later ones do nothing',
  'counts late reports': 'a late report on an older state never changes a newer one',
  'counts reports from before reset': 'a late report does not count after reset()',
  'takes ignore for success': 'ignore() gives a permit back without an opinion',
  'takes ignore for failure': 'ignore() gives a permit back without an opinion',
  'keeps ignored probes':
    'an ignored probe makes room for another, and neither opens nor closes the breaker',
  'opens a failure late':
    'it opens with the failure that reaches the threshold, and with none before',
  'opens a failure early':
    'it opens with the failure that reaches the threshold, and with none before',
  'never turns half open': 'it turns half open when the open time is over',
  'never closes': 'probes that succeed close it',
  'never opens again': 'a probe that fails opens it again, for the open time',
  'lets all probe': 'half open lets a few calls probe and refuses the others',
  'tells a fixed retryAfterMs':
    'open refuses calls, and retryAfterMs says how long until one may be let through',
  'ignores recordFailure': 'recordFailure and recordSuccess count as the reports of a permit do',
  'is open while half open': 'it turns half open when the open time is over',
  'keeps failures over reset': 'reset() closes it and forgets the failures',
  'lets few through while closed': 'closed lets any number of calls through at once',
};

describe('describeCircuitBreakerContract', () => {
  it.each(Object.entries(FAULTS))('fails a breaker that %s', async (fault, promise) => {
    const broken = await brokenPromises((framework) =>
      describeCircuitBreakerContract({
        ...framework,
        name: 'CircuitBreaker',
        create: (settings) => new ReferenceBreaker(settings, fault as BreakerFault),
      }),
    );
    expect(broken).toContain(promise);
  });

  it('judges with the error that it is told to', async () => {
    const failure = new Error('mine');
    const seen = new Set<unknown>();
    await brokenPromises((framework) =>
      describeCircuitBreakerContract({
        ...framework,
        failure: () => failure,
        create: (settings) => {
          const breaker = new ReferenceBreaker(settings);
          const { tryAcquire } = breaker;
          breaker.tryAcquire = () => {
            const permit = tryAcquire.call(breaker);
            if (!permit.allowed) return permit;
            return {
              ...permit,
              failure: (error) => {
                seen.add(error);
                permit.failure();
              },
            };
          };
          return breaker;
        },
      }),
    );
    expect([...seen]).toEqual([failure]);
  });
});
