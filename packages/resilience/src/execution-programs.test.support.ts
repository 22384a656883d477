import * as fc from 'fast-check';

/** How one attempt's work goes. */
export interface Work {
  readonly kind: 'succeed' | 'fail' | 'foreign' | 'throw' | 'stream';
  readonly takesMs: number;
  /** Whether it ends early when its signal aborts. */
  readonly heeds: boolean;
  /** For a stream: when it is disposed of after the result, and how often. */
  readonly readMs: number;
  readonly disposals: 0 | 1 | 2;
}

/** What a call's observer does, besides hearing, when it is told something for the nth time. */
export interface Disturbance {
  readonly at: number;
  readonly by: 'throw' | 'abort';
}

/** One caller. */
export interface Call {
  readonly startAt: number;
  readonly abortAt: number | undefined;
  readonly attemptTimeout: number;
  readonly totalTimeout: number;
  readonly tokens: number;
  /** Undefined where nobody observes. */
  readonly disturbance: Disturbance | undefined;
  /** The last one repeats. */
  readonly work: readonly Work[];
}

/** What happens to the breaker by hand. */
interface Switch {
  readonly at: number;
  readonly to: 'open' | 'released';
}

export interface Program {
  readonly calls: readonly Call[];
  readonly switches: readonly Switch[];
  readonly places: number;
  readonly maxQueue: number;
  readonly requestsPerMinute: number;
}

export const LAST_MS = 120;

const work: fc.Arbitrary<Work> = fc.record({
  kind: fc.constantFrom('succeed', 'fail', 'foreign', 'throw', 'stream'),
  takesMs: fc.integer({ min: 0, max: 30 }),
  heeds: fc.boolean(),
  readMs: fc.integer({ min: 0, max: 40 }),
  disposals: fc.constantFrom(0, 1, 2),
});

const call: fc.Arbitrary<Call> = fc.record({
  startAt: fc.integer({ min: 0, max: 40 }),
  abortAt: fc.option(fc.integer({ min: 0, max: LAST_MS }), { nil: undefined, freq: 2 }),
  attemptTimeout: fc.constantFrom(0, 10, 25),
  totalTimeout: fc.constantFrom(0, 10, 20, 50),
  tokens: fc.integer({ min: 0, max: 12 }),
  disturbance: fc.option(
    fc.record({ at: fc.integer({ min: 1, max: 20 }), by: fc.constantFrom('throw', 'abort') }),
    { nil: undefined, freq: 3 },
  ),
  work: fc.array(work, { minLength: 1, maxLength: 3 }),
});

const change: fc.Arbitrary<Switch> = fc.record({
  at: fc.integer({ min: 0, max: 60 }),
  to: fc.constantFrom('open', 'released'),
});

/** What the trials run. */
export const program: fc.Arbitrary<Program> = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 8 }),
  switches: fc.array(change, { maxLength: 2 }),
  places: fc.integer({ min: 1, max: 3 }),
  maxQueue: fc.integer({ min: 0, max: 4 }),
  requestsPerMinute: fc.constantFrom(2, 5, 1000),
});
