import { formatRatio, formatTime, formatValue } from './format.ts';
import type { Measurement } from './measure.ts';
import { TIMES } from './measures.ts';
import { median, type Summary, summarize } from './statistics.ts';
import type { BenchmarkCase, Comparison, Figures, Measure, Suite } from './suite.ts';

/** Nanoseconds in a second. */
const SECOND = 1e9;

/** Where a comparison is found, and how it is told. */
interface ComparisonForm {
  /** Goes before the title of a measure. */
  readonly title: string;
  readonly figures: (measurement: Measurement) => Figures;
  readonly format: (measure: Measure, value: number) => string;
  readonly formatTarget: (measure: Measure, target: number) => string;
}

const FORMS: Readonly<Record<Comparison, ComparisonForm>> = {
  ratio: {
    title: '× floor, ',
    figures: ({ ratio }) => ratio,
    format: (_measure, value) => formatRatio(value),
    formatTarget: (_measure, target) => String(target),
  },
  difference: {
    title: 'added, ',
    figures: ({ added }) => added,
    format: (_measure, value) => formatTime(value),
    formatTarget: (_measure, target) => formatTime(target),
  },
  value: {
    title: '',
    figures: ({ subject }) => subject,
    format: formatValue,
    formatTarget: formatValue,
  },
};

/** How a suite compares its cases with their floor. */
export function formOf({ comparison = 'ratio' }: Suite): ComparisonForm {
  return FORMS[comparison];
}

/** What is told of a suite. */
export function measuresOf({ measures = TIMES }: Suite): readonly [Measure, ...Measure[]] {
  return measures;
}

/** The measures that are told a second time, beside the floor. */
export function comparedMeasures(suite: Suite): readonly Measure[] {
  return suite.comparison === 'value'
    ? measuresOf(suite).slice(0, 1)
    : measuresOf(suite).filter(({ compared }) => compared);
}

/** What was found, of those processes that found anything. */
function told(figures: readonly Figures[], key: string): number[] {
  return figures.flatMap((one) => one[key] ?? []).filter(Number.isFinite);
}

/** The middle of what the processes found, in the unit of the measure; nothing when none did. */
export function valueOf(measure: Measure, figures: readonly Figures[]): number | undefined {
  const values = told(figures, measure.key);
  if (values.length === 0) return undefined;
  return measure.unit === 'rate' ? SECOND / median(values) : median(values);
}

/** Turns a comparison of times into one of rates. */
function inverse({ median: middle, min, max }: Summary): Summary {
  return { median: 1 / middle, min: 1 / max, max: 1 / min };
}

/** How the case stands beside its floor. */
export function comparisonOf(
  suite: Suite,
  measure: Measure,
  measurements: readonly Measurement[],
): Summary | undefined {
  const values = told(measurements.map(formOf(suite).figures), measure.key);
  if (values.length === 0) return undefined;
  return measure.unit === 'rate' ? inverse(summarize(values)) : summarize(values);
}

/** The targets of a case, by the titles of the measures. */
function targetsOf(suite: Suite, { target }: BenchmarkCase): Readonly<Record<string, number>> {
  if (target === undefined) return {};
  return typeof target === 'number' ? { [measuresOf(suite)[0].title]: target } : target;
}

/** The targets of a case, each met or missed. */
export function verdict(
  suite: Suite,
  benchmark: BenchmarkCase,
  measurements: readonly Measurement[],
): string {
  const targets = Object.entries(targetsOf(suite, benchmark));
  const verdicts = targets.flatMap(([title, target]) => {
    const measure = measuresOf(suite).find((one) => one.title === title);
    const compared = measure && comparisonOf(suite, measure, measurements);
    if (measure === undefined || compared === undefined) return [];
    const isRate = measure.unit === 'rate';
    const isMet = isRate ? compared.median >= target : compared.median <= target;
    const name = targets.length > 1 ? `${title} ` : '';
    const bound = `${isRate ? '≥' : '≤'} ${formOf(suite).formatTarget(measure, target)}`;
    return `${name}${bound} ${isMet ? 'met' : 'missed'}`;
  });
  return verdicts.join(', ');
}
