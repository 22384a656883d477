/** What one call, or one part of it, takes, in nanoseconds. */
export interface Cost {
  /** Of all threads, so that the garbage collector and the compiler are counted. */
  readonly cpuNs: number;
  readonly wallNs: number;
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

/** One thing to measure. */
export interface BenchmarkCase {
  /** Says what is called; unlike any other in its suite. */
  readonly name: string;
  /** Whose code it is: `ours`, or the name of a package among the dependencies. */
  readonly by: string;
  /**
   * The most that it should cost: a multiple of the floor or, where its suite tells
   * differences, nanoseconds on top of it. @default no target
   */
  readonly target?: number;
  /**
   * Makes the subject, in the process of this case alone. A library is imported here
   * and not at the top of the file, so that no case pays for another's.
   */
  prepare(): Promise<Subject>;
}

/** Cases that are read together. */
interface Group {
  readonly title: string;
  readonly cases: readonly BenchmarkCase[];
}

/** How a case is told beside its floor: as a multiple of it, or by what it adds to it. */
export type Comparison = 'ratio' | 'difference';

/** Cases that share a floor: the least that such work can cost. */
export interface Suite {
  readonly name: string;
  /** @default 'ratio' */
  readonly comparison?: Comparison;
  /** Parts of a call that times are told of, such as the events of a stream. @default 1 */
  readonly partsPerCall?: number;
  /**
   * Calls that are made before anything counts, however long they take: code that runs
   * once in a call is compiled late. @default as many as fit in the time of the plan
   */
  readonly warmupCalls?: number;
  /**
   * Whether each call, of the floor and of the cases, resolves to its own `Cost`: what is
   * done in another process, and once only, cannot be measured from here. @default false
   */
  readonly reportsCost?: boolean;
  readonly floor: {
    readonly name: string;
    prepare(): Promise<AsyncSubject>;
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
