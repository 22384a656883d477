import type { Clock } from '@integrations/types';
import { type Contract, type ContractCase, type ContractOptions, withSubject } from './contract.ts';
import { ManualClock } from './manual-clock.ts';

/** A clock that a suite can move. `ManualClock` is one. */
export interface ContractClock extends Clock {
  /** Moves time on by `ms` milliseconds, and fires what comes due on the way. */
  advance(ms: number): void | Promise<void>;
}

/** What a suite is called with whose subject lives in time. */
export interface TimedContractOptions<Settings, Subject> extends ContractOptions<
  Settings,
  Subject
> {
  /**
   * Makes the clock of each case, for subjects that can't be given one: it must then
   * move the time that they see. @default a fresh `ManualClock`
   */
  readonly clock?: () => ContractClock;
}

/** A subject and its time. */
export interface TimedTrial<Subject> {
  readonly subject: Subject;
  readonly clock: ContractClock;
}

/** A suite whose subject lives in time; `settings` are completed by the clock of each case. */
export function timedContract<Settings extends object, Subject>(
  interfaceName: string,
  options: TimedContractOptions<Settings & { readonly clock: Clock }, Subject>,
  settings: Settings,
  cases: readonly ContractCase<TimedTrial<Subject>>[],
): Contract<TimedTrial<Subject>> {
  return {
    interfaceName,
    cases,
    attempt: (check) => {
      const clock = options.clock?.() ?? new ManualClock();
      return withSubject(options, { ...settings, clock }, (subject) => check({ subject, clock }));
    },
  };
}
