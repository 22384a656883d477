import { systemClock } from '@integrations/types';

/** What a suite needs of a test framework. vitest, jest and node:test all have it. */
export interface TestFramework {
  readonly describe: (name: string, suite: () => void) => unknown;
  readonly it: (name: string, test: () => Promise<void>) => unknown;
}

/** What every suite is called with. */
export interface ContractOptions<Settings, Subject> extends TestFramework {
  /** Makes a fresh subject for each case, with the settings that the suite relies on. */
  readonly create: (settings: Settings) => Subject | Promise<Subject>;
  /** Called with the subject after each case, however it went. @default nothing */
  readonly destroy?: (subject: Subject) => unknown;
  /** What the suite is called in reports. @default the interface's name */
  readonly name?: string;
}

/** One promise of an interface, and how it is tried. */
export interface ContractCase<Trial> {
  /** Completes the sentence "The interface promises: ...". */
  readonly promise: string;
  readonly check: (trial: Trial) => Promise<void> | void;
}

/** A suite: the cases of one interface, and what runs a case on a fresh subject. */
export interface Contract<Trial> {
  readonly interfaceName: string;
  readonly cases: readonly ContractCase<Trial>[];
  readonly attempt: (check: ContractCase<Trial>['check']) => Promise<void>;
}

/** Frameworks give up after 5 seconds and then can't say which promise was broken. */
const PATIENCE_MS = 4000;

async function withPatience(work: Promise<void>): Promise<void> {
  const done = new AbortController();
  const impatience = systemClock.sleep(PATIENCE_MS, done.signal).then(() => {
    throw new Error(`nothing came of it within ${PATIENCE_MS} ms: something hangs`);
  });
  try {
    await Promise.race([work, impatience]);
  } finally {
    // Both may still fail, when nobody waits for them any more.
    void Promise.allSettled([work, impatience]);
    done.abort();
  }
}

function brokenPromise(interfaceName: string, promise: string, error: unknown): Error {
  const detail = error instanceof Error ? error.message : String(error);
  return new Error(`${interfaceName} promises: ${promise}. Here: ${detail}`, { cause: error });
}

/** Registers a suite with a framework. */
export function describeContract<Trial>(
  { describe, it, name }: TestFramework & { readonly name?: string },
  { interfaceName, cases, attempt }: Contract<Trial>,
): void {
  describe(name ?? interfaceName, () => {
    for (const { promise, check } of cases) {
      it(promise, async () => {
        try {
          await withPatience(attempt(check));
        } catch (error) {
          throw brokenPromise(interfaceName, promise, error);
        }
      });
    }
  });
}

/** Runs a case on a subject of its own. */
export async function withSubject<Settings, Subject>(
  { create, destroy }: Pick<ContractOptions<Settings, Subject>, 'create' | 'destroy'>,
  settings: Settings,
  run: (subject: Subject) => Promise<void> | void,
): Promise<void> {
  const subject = await create(settings);
  try {
    await run(subject);
  } finally {
    await destroy?.(subject);
  }
}
