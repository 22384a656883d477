import { describe, expect, it } from 'vitest';
import { type Flaw, naiveExecutor } from './naive-executor.test.support.ts';
import { createRetryExecutor } from './retry-executor.ts';
import { retryProperties } from './retry-properties.test.support.ts';
import type { ExecutorFactory } from './retry-scenario.test.support.ts';

const executors: Readonly<Record<string, ExecutorFactory>> = {
  'createRetryExecutor()': ({ policy, clock, random, budget, maxRetryAfterMs }) =>
    createRetryExecutor(policy, { clock, random, budget, maxRetryAfter: maxRetryAfterMs }),
  'the plainest executor': naiveExecutor(),
};

describe.for(Object.entries(executors))('%s', ([, factory]) => {
  it.for(Object.entries(retryProperties))('%s', async ([, property]) => {
    await property(factory);
  });
});

/** Each flaw, with the property that must notice it. */
const flaws: Readonly<Record<Flaw, string>> = {
  'hears no abort during a wait and calls again':
    'begins no attempt after an abort or past the deadline',
  'waits an abort out': 'rejects with the abort reason at once when aborted in a wait',
  'rejects with the raw reason': 'rejects with the abort reason at once when aborted in a wait',
  'drops a result that coincides with an abort': 'keeps every result, aborted or not',
  'repeats an aborted call': 'begins no attempt after an abort or past the deadline',
  'ignores the exponent': 'waits as long as the policy and the server say',
  'ignores Retry-After': 'waits as long as the policy and the server say',
  'cuts Retry-After to its own maximum': 'waits as long as the policy and the server say',
  'cuts a long Retry-After to the ceiling':
    'repeats after what deserves it, and after nothing else',
  'waits past the deadline': 'begins no attempt after an abort or past the deadline',
  'waits the deadline out': 'settles when the last call ends, or at the abort',
  'makes one attempt too many': 'counts its attempts from 1 to maxAttempts at most',
  'counts attempts from 0': 'counts its attempts from 1 to maxAttempts at most',
  'retries nothing': 'repeats after what deserves it, and after nothing else',
  'retries everything': 'repeats after what deserves it, and after nothing else',
  'repeats what is permanent': 'repeats after what deserves it, and after nothing else',
  'lets synchronous throws through': 'repeats after what deserves it, and after nothing else',
  'wraps the last error': 'throws the last error itself, which tells of all attempts',
  'forgets all attempts but the last': 'throws the last error itself, which tells of all attempts',
  'leaves its listener': 'leaves no timer and no listener',
  'leaves its timer': 'leaves no timer and no listener',
  'never refunds': 'makes the retries that its budget pays, and gets back what succeeded',
  'refunds every retry': 'makes the retries that its budget pays, and gets back what succeeded',
  'keeps the price of a retry not made':
    'makes the retries that its budget pays, and gets back what succeeded',
  'asks no budget': 'makes the retries that its budget pays, and gets back what succeeded',
};

describe('the properties refuse an executor that', () => {
  it.for(Object.entries(flaws))('%s', async ([flaw, name]) => {
    const broken = naiveExecutor(flaw as Flaw);
    await expect(
      retryProperties[name]?.(broken, { seed: 1, numRuns: 2000, endOnFailure: true }),
    ).rejects.toThrow('Property failed');
  });
});
