import { ConfigurationError, RateLimitError, ServerError } from '@integrations/errors';
import type { RandomSource, RetryPolicy } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BackoffOptions } from './backoff-options.ts';
import { DecorrelatedJitter } from './decorrelated-jitter.ts';
import { ExponentialBackoff, type Jitter } from './exponential-backoff.ts';
import { type PerExecutionPolicy, startPolicy } from './per-execution-policy.ts';

type PolicyFactory = (
  jitter: Jitter,
  options: BackoffOptions & { readonly random: RandomSource },
) => RetryPolicy | PerExecutionPolicy;

const ERROR = new ServerError('Failed.');

const optionsArbitrary = fc.record({
  initialDelay: fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1000, noNaN: true })),
  extra: fc.nat(100_000),
  factor: fc.constantFrom(1, 1.5, 2, 3, 10),
});
const chance = fc.nat(999).map((thousandths) => thousandths / 1000);
const chancesArbitrary = fc.array(chance, {
  minLength: 1,
  maxLength: 12,
});

interface Sample {
  readonly initialMs: number;
  readonly maxMs: number;
  readonly factor: number;
  readonly delays: readonly number[];
}

/** Draws the delays of one execution, while another is under way on the same policy. */
function sampleDelays(
  factory: PolicyFactory,
  jitter: Jitter,
  { initialDelay, extra, factor }: { initialDelay: number; extra: number; factor: number },
  chances: readonly number[],
): Sample {
  let drawn = 0;
  const maxDelay = initialDelay + extra;
  const random: RandomSource = () => chances[drawn++ % chances.length] ?? 0;
  const shared = factory(jitter, { initialDelay, maxDelay, factor, random });
  const policy = startPolicy(shared);
  const other = startPolicy(shared);
  const delays = Array.from({ length: 2 + chances.length }, (_, index) => {
    for (let more = 0; more < 3; more += 1) other.calculateDelay(index + 1 + more, ERROR);
    return policy.calculateDelay(index + 1, ERROR);
  });
  return { initialMs: initialDelay, maxMs: maxDelay, factor, delays };
}

function boundsOf(sample: Sample, jitter: Jitter, index: number): [number, number] {
  const { initialMs, maxMs, factor, delays } = sample;
  if (jitter === 'decorrelated') {
    return [initialMs, Math.min(maxMs, factor * (delays[index - 1] ?? initialMs))];
  }
  const ceiling = Math.min(maxMs, initialMs * factor ** index);
  return [{ full: 0, equal: ceiling / 2, none: ceiling }[jitter], ceiling];
}

/** Every wait lies within what its jitter promises. */
function assertWithinBounds(
  factory: PolicyFactory,
  jitter: Jitter,
  parameters: fc.Parameters<unknown> = {},
): void {
  fc.assert(
    fc.property(optionsArbitrary, chancesArbitrary, (options, chances) => {
      const sample = sampleDelays(factory, jitter, options, chances);
      for (const [index, delay] of sample.delays.entries()) {
        const [least, most] = boundsOf(sample, jitter, index);
        expect(delay).toBeGreaterThanOrEqual(least);
        expect(delay).toBeLessThanOrEqual(most);
      }
    }),
    parameters,
  );
}

/** The extremes of chance reach both bounds: a constant in the middle is no jitter. */
function assertReachesBounds(factory: PolicyFactory, jitter: Jitter): void {
  const options = { initialDelay: 64, extra: 2000, factor: 2 };
  for (const [bound, chance] of [0, 1 - 2 ** -40].entries()) {
    const sample = sampleDelays(factory, jitter, options, [chance]);
    for (const [index, delay] of sample.delays.entries()) {
      expect(delay).toBeCloseTo(boundsOf(sample, jitter, index)[bound] ?? Number.NaN, 5);
    }
  }
}

const create: PolicyFactory = (jitter, options) =>
  jitter === 'decorrelated' && options.factor === 3
    ? new DecorrelatedJitter(options)
    : new ExponentialBackoff({ ...options, jitter });

const JITTERS: readonly Jitter[] = ['full', 'equal', 'decorrelated', 'none'];

describe.for(JITTERS)('the %s jitter', (jitter) => {
  it('stays within its bounds, whatever other executions draw', () => {
    assertWithinBounds(create, jitter);
  });

  it('reaches its bounds', () => {
    assertReachesBounds(create, jitter);
  });

  it('gives waits of 0 for an initial delay of 0, however late the attempt', () => {
    const policy = new ExponentialBackoff({ jitter, initialDelay: 0, random: () => 0.5 });
    expect(policy.calculateDelay(5000, ERROR)).toBe(0);
  });

  it('never exceeds the maximum, however late the attempt', () => {
    const policy = new ExponentialBackoff({ jitter, maxDelay: '1s', random: () => 0.999_999 });
    for (const attempt of [10, 1000, 1e9]) {
      expect(policy.calculateDelay(attempt, ERROR)).toBeLessThanOrEqual(1000);
      expect(policy.calculateDelay(attempt, ERROR)).toBeGreaterThan(0);
    }
  });
});

describe('the bounds refuse a policy that', () => {
  const policyOf = (calculateDelay: (attempt: number) => number): RetryPolicy => ({
    shouldRetry: () => true,
    calculateDelay,
  });
  const broken: Readonly<Record<string, [Jitter, PolicyFactory]>> = {
    'ignores the exponent': ['none', (_, o) => policyOf(() => Number(o.initialDelay))],
    'adds jitter beyond the maximum': [
      'full',
      (_, o) => {
        const sound = create('none', o);
        return policyOf((n) => sound.calculateDelay(n, ERROR) * (1 + o.random()));
      },
    ],
    'ignores the maximum': [
      'none',
      (_, o) => policyOf((n) => Number(o.initialDelay) * Number(o.factor) ** (n - 1)),
    ],
    'grows one attempt too early': [
      'none',
      (_, o) => policyOf((n) => create('none', o).calculateDelay(n + 1, ERROR)),
    ],
    'shares the previous wait among executions': [
      'decorrelated',
      (_, o) => {
        const shared = new DecorrelatedJitter(o).start();
        return policyOf((n) => shared.calculateDelay(n, ERROR));
      },
    ],
    'comes back sooner than the initial delay': [
      'decorrelated',
      (_, o) => policyOf(() => o.random() * Number(o.initialDelay)),
    ],
  };

  it.for(Object.entries(broken))('%s', ([, [jitter, factory]]) => {
    const parameters = { seed: 1, numRuns: 2000, endOnFailure: true };
    expect(() => assertWithinBounds(factory, jitter, parameters)).toThrow('Property failed');
  });

  it('has no jitter at all', () => {
    expect(() => assertReachesBounds((_, o) => create('none', o), 'full')).toThrow('close to');
  });
});

describe('back-off policies', () => {
  it('wait 100 ms to 30 s, growing twofold, and allow three attempts', () => {
    const policy = new ExponentialBackoff({ jitter: 'none' });
    expect([1, 2, 3, 20].map((n) => policy.calculateDelay(n, ERROR))).toEqual([
      100, 200, 400, 30_000,
    ]);
    expect([1, 2, 3].map((n) => policy.shouldRetry(n, ERROR))).toEqual([true, true, false]);
  });

  it('grow threefold with decorrelated jitter, either way it is asked for', () => {
    const options = { random: () => 1 - 2 ** -40 };
    for (const policy of [
      new DecorrelatedJitter(options),
      new ExponentialBackoff({ ...options, jitter: 'decorrelated' }),
    ]) {
      const execution = policy.start();
      expect(Math.round(execution.calculateDelay(1, ERROR))).toBe(300);
      expect(Math.round(execution.calculateDelay(2, ERROR))).toBe(900);
      expect(Math.round(policy.calculateDelay(2, ERROR))).toBe(900);
      expect([execution, policy].map((one) => one.shouldRetry(2, ERROR))).toEqual([true, true]);
      expect([execution, policy].map((one) => one.shouldRetry(3, ERROR))).toEqual([false, false]);
    }
  });

  it('read durations with units', () => {
    const policy = new ExponentialBackoff({ initialDelay: '2s', maxDelay: '1m', jitter: 'none' });
    expect([1, 9].map((n) => policy.calculateDelay(n, ERROR))).toEqual([2000, 60_000]);
  });

  it('take another classification, which is told the attempt', () => {
    const asked: unknown[] = [];
    const shouldRetry = (error: unknown, attempt: number): boolean => {
      asked.push([error, attempt]);
      return error instanceof TypeError;
    };
    const policy = new ExponentialBackoff({ shouldRetry, maxAttempts: Infinity });
    const foreign = new TypeError('fetch failed');
    expect(policy.shouldRetry(7, foreign)).toBe(true);
    expect(policy.shouldRetry(8, new RateLimitError('Slow down.'))).toBe(false);
    expect(asked[0]).toEqual([foreign, 7]);
  });

  it.for<[string, object]>([
    ['maxAttempts', { maxAttempts: 0 }],
    ['maxAttempts', { maxAttempts: 1.5 }],
    ['maxAttempts', { maxAttempts: Number.NaN }],
    ['initialDelay', { initialDelay: -1 }],
    ['initialDelay', { initialDelay: 'soon' }],
    ['maxDelay', { maxDelay: Infinity }],
    ['maxDelay', { maxDelay: 50 }],
    ['factor', { factor: 0.5 }],
    ['factor', { factor: Infinity }],
    ['jitter', { jitter: 'some' }],
    ['jitter', { jitter: 'constructor' }],
  ])('refuse a wrong %s by name: %o', ([name, options]) => {
    expect(() => new ExponentialBackoff(options)).toThrow(ConfigurationError);
    expect(() => new ExponentialBackoff(options)).toThrow(`\`${name}\` must be`);
    if (name !== 'jitter')
      expect(() => new DecorrelatedJitter(options)).toThrow(`\`${name}\` must be`);
  });
});
