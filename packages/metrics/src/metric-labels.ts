import type { Labels } from '@integrations/types';
import { type LabelValues, OVERFLOW_VALUE, type ValuesOfLabel } from './label-values.ts';
import type { ProblemReporter } from './problem-reporter.ts';

/** What bounds the labels of a recorder's metrics. */
export interface LabelPolicy {
  readonly values: LabelValues;
  readonly most: number;
  readonly reporter: ProblemReporter;
}

/** Makes what a caller gave into labels that one metric may have. */
export class MetricLabels {
  readonly #metric: string;
  readonly #labels: Map<string, ValuesOfLabel>;
  readonly #takesAny: boolean;
  readonly #policy: LabelPolicy;

  /** Without declared names, every name is allowed. */
  constructor(metric: string, declared: readonly string[] | undefined, policy: LabelPolicy) {
    this.#metric = metric;
    this.#labels = new Map((declared ?? []).map((name) => [name, policy.values.of(name)]));
    this.#takesAny = declared === undefined;
    this.#policy = policy;
  }

  /** Labels of its own, so that a caller may go on to change theirs. */
  read(given: Labels | undefined): Record<string, string> {
    const labels: Record<string, string> = {};
    for (const name in given) {
      const values = this.#valuesOf(name);
      if (values === undefined) {
        this.#reportUndeclared(name);
        continue;
      }
      const value = values.admit(given[name], this.#policy.most);
      if (value === OVERFLOW_VALUE && given[name] !== OVERFLOW_VALUE) this.#reportOverflow(name);
      if (value !== '') labels[name] = value;
    }
    return labels;
  }

  #valuesOf(name: string): ValuesOfLabel | undefined {
    const declared = this.#labels.get(name);
    if (declared !== undefined || !this.#takesAny) return declared;
    const added = this.#policy.values.of(name);
    this.#labels.set(name, added);
    return added;
  }

  #reportUndeclared(name: string): void {
    this.#policy.reporter.report(
      `undeclared ${this.#metric} ${name}`,
      `The metric ${this.#metric} was declared without the label ${name}; it is recorded without it. Declare it in \`labelNames\`.`,
    );
  }

  #reportOverflow(name: string): void {
    this.#policy.reporter.report(
      `overflow ${name}`,
      `The label ${name} has had ${this.#policy.most} values; every further one is recorded as "${OVERFLOW_VALUE}". Label with fewer values, or raise \`maxLabelValues\`.`,
    );
  }
}
