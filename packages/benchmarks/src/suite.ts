import type { RunPlan, Size } from './plan.ts';

/** What one call, or one part of it, takes: times in nanoseconds, memory in bytes. */
export type Figures = Readonly<Record<string, number>>;

/** What one call takes in time. */
export interface Cost extends Figures {
  /** Of all threads, so that the garbage collector and the compiler are counted. */
  readonly cpu: number;
  readonly wall: number;
}

/** Work that is awaited. */
export interface AsyncSubject {
  readonly call: () => Promise<unknown>;
  /** Ends what the subject holds: servers, intervals. */
  readonly dispose?: () => Promise<void> | void;
}

/** Work that is done when it returns: nothing is awaited, so no `await` is paid for. */
interface SyncSubject {
  readonly callSync: () => unknown;
  readonly dispose?: () => Promise<void> | void;
}

/** Work that is ready to be called over and over. */
export type Subject = AsyncSubject | SyncSubject;

/** One of the figures that are told of a case. */
export interface Measure {
  /** Where it is among the figures. */
  readonly key: string;
  readonly title: string;
  /** A rate is told of a time: how many there are in a second. More of it is better. */
  readonly unit: 'time' | 'rate' | 'bytes' | 'count';
  /** Whether it is set beside the floor. @default false */
  readonly compared?: boolean;
}

/** The most that each of the measures should be, by their titles; of a rate, the least. */
export type Targets = Readonly<Record<string, number>>;

/** One thing to measure. */
export interface BenchmarkCase {
  /** Says what is called; unlike any other in its suite. */
  readonly name: string;
  /** Whose code it is: `ours`, or the name of a package among the dependencies. */
  readonly by: string;
  /**
   * The most that it should cost, in the first measure or in each that is named: a multiple
   * of the floor or, where its suite compares otherwise, what is told. @default no target
   */
  readonly target?: number | Targets;
  /**
   * Makes the subject, in the process of this case alone. A library is imported here
   * and not at the top of the file, so that no case pays for another's.
   *
   * @param size how much work a subject does that reports its figures
   */
  prepare(size: Size): Promise<Subject>;
}

/** Cases that are read together. */
interface Group {
  readonly title: string;
  readonly cases: readonly BenchmarkCase[];
}

/** How a case is told beside its floor: as a multiple of it, by what it adds to it, or by itself. */
export type Comparison = 'ratio' | 'difference' | 'value';

/** Cases that share a floor: the least that such work can cost. */
export interface Suite {
  /** With a `/` where several suites belong together: they are told in one place. */
  readonly name: string;
  /** @default 'ratio' */
  readonly comparison?: Comparison;
  /** What is told. The first is what cases are ranked by. @default CPU and wall time */
  readonly measures?: readonly [Measure, ...Measure[]];
  /** Parts of a call that times are told of, such as the events of a stream. @default 1 */
  readonly partsPerCall?: number;
  /**
   * Calls that are made before anything counts, however long they take: code that runs
   * once in a call is compiled late. @default as many as fit in the time of the plan
   */
  readonly warmupCalls?: number;
  /**
   * Whether each call, of the floor and of the cases, resolves to its own `Figures`: what is
   * done in another process, and once only, cannot be measured from here. @default false
   */
  readonly reportsFigures?: boolean;
  /** Where the suite needs more or less than others. @default nowhere */
  readonly plans?: Readonly<Partial<Record<Size, Partial<Omit<RunPlan, 'size'>>>>>;
  /** Whether a quick run leaves it out unless it is asked for. @default false */
  readonly fullOnly?: boolean;
  /** Whether its figures are drawn, too. @default false */
  readonly chart?: boolean;
  readonly floor: {
    readonly name: string;
    prepare(size: Size): Promise<AsyncSubject>;
  };
  readonly groups: readonly Group[];
}

/** A case, and where it stands. */
export interface PlacedCase {
  readonly suite: Suite;
  readonly group: Group;
  readonly benchmark: BenchmarkCase;
  /** Suite and name. */
  readonly id: string;
}

/** Every case of the suites, in their order. */
export function casesOf(suites: readonly Suite[]): PlacedCase[] {
  return suites.flatMap((suite) =>
    suite.groups.flatMap((group) =>
      group.cases.map((benchmark) => ({
        suite,
        group,
        benchmark,
        id: `${suite.name}/${benchmark.name}`,
      })),
    ),
  );
}

/** The plan of the run, as this suite wants it. */
export function planFor(suite: Suite, plan: RunPlan): RunPlan {
  return { ...plan, ...suite.plans?.[plan.size] };
}
