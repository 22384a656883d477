import { wholeOption } from '@integrations/errors';
import { labelValuesOf } from './label-values.ts';
import type { LabelPolicy } from './metric-labels.ts';
import { type ProblemListener, ProblemReporter } from './problem-reporter.ts';

const MOST_LABEL_VALUES = 100;

/** What bounds the labels of a recorder, of either kind. */
export interface LabelOptions {
  /**
   * How many values one label may have in all metrics of a registry (or a meter); every
   * further one is recorded as `other`.
   *
   * @default 100
   */
  readonly maxLabelValues?: number;
  /**
   * Values that are always told apart and not counted, by label: the models that you use,
   * say, so that no flood of odd names takes their place.
   *
   * @default none
   */
  readonly knownLabelValues?: Readonly<Record<string, readonly string[]>>;
  /**
   * Told once of each problem of recording: a value that is no number, a label that was
   * not declared, a label with too many values. The recording itself never throws.
   *
   * @default a warning of the process
   */
  readonly onError?: ProblemListener;
}

/** @throws ConfigurationError if an option is wrong. */
export function labelPolicy(owner: object, options: LabelOptions): LabelPolicy {
  const { maxLabelValues = MOST_LABEL_VALUES, knownLabelValues = {}, onError } = options;
  const most = wholeOption('maxLabelValues', maxLabelValues, { least: 1 });
  const values = labelValuesOf(owner);
  for (const [label, known] of Object.entries(knownLabelValues)) values.of(label).know(known);
  return { values, most, reporter: new ProblemReporter(onError) };
}
