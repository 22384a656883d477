import { describe, expect, it } from 'vitest';
import { describeBulkheadContract } from './bulkhead-contract.ts';
import { brokenPromises } from './contract-run.test.support.ts';
import { LINE_FAULTS } from './line-faults.test.support.ts';
import { type BulkheadFault, ReferenceBulkhead } from './reference-bulkhead.test.support.ts';

describeBulkheadContract({ describe, it, create: (settings) => new ReferenceBulkhead(settings) });

const FAULTS: Readonly<Record<BulkheadFault, string>> = {
  ...LINE_FAULTS,
  'lets one more in': 'no more calls are in flight than it was set to',
  'counts every release': 'only the first release() of a permit counts',
  'serves nobody on release': 'release() gives the place to who waits',
  'refuses outcomes': 'release() takes any outcome, and each gives the place back',
};

describe('describeBulkheadContract', () => {
  it.each(Object.entries(FAULTS))('fails a bulkhead that %s', async (fault, promise) => {
    const broken = await brokenPromises((framework) =>
      describeBulkheadContract({
        ...framework,
        create: (settings) => new ReferenceBulkhead(settings, fault as BulkheadFault),
      }),
    );
    expect(broken).toContainEqual(expect.stringContaining(promise));
  });
});
