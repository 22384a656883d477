import type { OutcomeWindow, WindowSnapshot } from './outcome-window.ts';

/** The failures since the last success. */
export class ConsecutiveWindow implements OutcomeWindow {
  readonly timed = false;
  readonly slowCalls = 0;
  failures = 0;

  get calls(): number {
    return this.failures;
  }

  record(failed: boolean): void {
    this.failures = failed ? this.failures + 1 : 0;
  }

  /** Nothing in it grows old. */
  advance(): void {}

  clear(): void {
    this.failures = 0;
  }

  save(): WindowSnapshot {
    return { type: 'consecutive', failures: this.failures };
  }

  load(snapshot: WindowSnapshot): void {
    this.failures = snapshot.type === 'consecutive' ? snapshot.failures : 0;
  }
}
