import { describe, expect, it } from 'vitest';
import { brokenPromises } from './contract-run.test.support.ts';
import { LINE_FAULTS } from './line-faults.test.support.ts';
import { describeRateLimiterContract } from './rate-limiter-contract.ts';
import { type LimiterFault, ReferenceLimiter } from './reference-limiter.test.support.ts';

describeRateLimiterContract({ describe, it, create: (settings) => new ReferenceLimiter(settings) });

const FAULTS: Readonly<Record<LimiterFault, string>> = {
  ...LINE_FAULTS,
  'ignores tokens': 'no more tokens are let through than the limit allows',
  'ignores requests': 'no more requests are let through than the limit allows',
  'takes tokens though it refuses': 'a call that finds no request left takes no tokens',
  'takes requests though it refuses': 'a call takes from all limits together or from none',
  'never makes room again': 'acquire() waits for room, and no longer',
  'releases twice': 'release() gives back what was taken, once',
  'releases requests only': 'release() gives back what was taken, once',
  'settles on top': 'settle() replaces the estimate by what was used, less or more',
  'settles downwards only': 'settle() replaces the estimate by what was used, less or more',
  'serves nobody on release': 'what release() gives back goes to who waits',
  'ignores the silence': 'a silence that the server asked for is kept, and ends',
  'keeps silent for ever': 'a silence that the server asked for is kept, and ends',
  'ignores what remains': 'what a response says is used up is not given out',
  'believes late answers': 'the answer to an older request does not replace that to a newer one',
};

describe('describeRateLimiterContract', () => {
  it.each(Object.entries(FAULTS))('fails a limiter that %s', async (fault, promise) => {
    const broken = await brokenPromises((framework) =>
      describeRateLimiterContract({
        ...framework,
        create: (settings) => new ReferenceLimiter(settings, fault as LimiterFault),
      }),
    );
    expect(broken).toContainEqual(expect.stringContaining(promise));
  });
});
