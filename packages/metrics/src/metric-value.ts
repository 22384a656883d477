import { describeValue } from '@integrations/errors';
import type { MetricKind } from '@integrations/semantic-conventions';
import type { ProblemReporter } from './problem-reporter.ts';

/** Whether a value may be recorded; one that may not is reported. */
export function isRecordable(
  { kind, name }: { readonly kind: MetricKind; readonly name: string },
  value: number,
  reporter: ProblemReporter,
): boolean {
  if (!Number.isFinite(value)) {
    reporter.report(
      `value ${name}`,
      `The ${kind} ${name} was given ${describeValue(value)}, which is not recorded. Give it a finite number.`,
    );
    return false;
  }
  if (kind !== 'counter' || value >= 0) return true;
  reporter.report(
    `negative ${name}`,
    `The counter ${name} was given ${value}, which is not recorded. A counter only grows; use a gauge for what goes up and down.`,
  );
  return false;
}
