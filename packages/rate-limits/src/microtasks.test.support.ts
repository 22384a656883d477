import { ManualClock } from '@integrations/testing';

/** Resolves when every promise reaction that could run has run. */
export function microtasksDrained(): Promise<void> {
  return new ManualClock().advance(0);
}
