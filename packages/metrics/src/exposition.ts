/** A text format that Prometheus reads. Exemplars exist in OpenMetrics only. */
export type ExpositionFormat = 'prometheus' | 'openmetrics';

/** The content type of a format. */
export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

type LabelSet = Readonly<Record<string, unknown>>;

/** One line of a family, as prom-client gives it. */
interface Sample {
  readonly value: number;
  readonly labels: LabelSet;
  /** Missing where it is the family's own name. */
  readonly metricName?: string;
  readonly exemplar?: {
    readonly labelSet: LabelSet;
    readonly value: number;
    readonly timestamp: number;
  } | null;
}

/** One metric with all its series, as prom-client gives it. */
interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values?: readonly Sample[];
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeQuoted(text: string): string {
  return escapeText(text).replaceAll('"', '\\"');
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

function writeLabels(labels: LabelSet): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escapeQuoted(String(value))}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function writeExemplar({ exemplar }: Sample): string {
  if (exemplar === undefined || exemplar === null) return '';
  const { labelSet, value, timestamp } = exemplar;
  // An exemplar without labels still has its braces.
  return ` # ${writeLabels(labelSet) || '{}'} ${writeNumber(value)} ${timestamp}`;
}

const TOTAL = /_total$/;

/** Under which names a family is written. */
interface Naming {
  readonly family: string;
  readonly type: string;
  /** Of the samples that do not have a name of their own. */
  readonly sample: string;
}

/** Names as they are. */
function plainNaming({ name, type }: Family): Naming {
  return { family: name, type, sample: name };
}

/**
 * In OpenMetrics a counter's family is named without the `_total` of its samples. Where
 * that meets another metric's name, the counter keeps its own, as of unknown type.
 */
function totalNaming(families: readonly Family[]): (family: Family) => Naming {
  const names = new Set(families.map(({ name }) => name));
  return (family) => {
    const { name, type } = family;
    if (type !== 'counter') return plainNaming(family);
    const base = name.replace(TOTAL, '');
    const changed = base === name ? `${name}_total` : base;
    if (names.has(changed)) return { ...plainNaming(family), type: 'unknown' };
    return { family: base, type, sample: `${base}_total` };
  };
}

/**
 * A family's lines. `le` is written alike in both formats (1, not 1.0), so that a series
 * stays the same when a scraper changes to the other.
 */
function* writeFamily(family: Family, naming: Naming, isOpen: boolean): Generator<string> {
  const { name, help, values = [] } = family;
  // In the plain format a counter's family is named as its samples are.
  const title = isOpen || naming.type !== 'counter' ? naming.family : naming.sample;
  const type = isOpen ? naming.type : family.type;
  yield `# HELP ${title} ${isOpen ? escapeQuoted(help) : escapeText(help)}`;
  yield `# TYPE ${title} ${type}`;
  for (const sample of values) {
    const line = sample.metricName ?? (family.type === 'counter' ? naming.sample : name);
    const exemplar = isOpen && type !== 'unknown' ? writeExemplar(sample) : '';
    yield `${line}${writeLabels(sample.labels)} ${writeNumber(sample.value)}${exemplar}`;
  }
}

/**
 * Writes a registry. prom-client can write only the one format that the registry was made
 * for, and once it has written OpenMetrics it has renamed the registry's counters; this
 * writes either format from the same registry, as each scraper asks for.
 *
 * `countsTotals` says that it is a registry of OpenMetrics, whose counters end on `_total`
 * whether or not their name still does.
 */
export function writeExposition(
  given: readonly object[],
  format: ExpositionFormat,
  countsTotals: boolean,
): string {
  const families = given as readonly Family[];
  const isOpen = format === 'openmetrics';
  const namingOf = isOpen || countsTotals ? totalNaming(families) : plainNaming;
  const lines = families.flatMap((family) => [...writeFamily(family, namingOf(family), isOpen)]);
  if (isOpen) lines.push('# EOF');
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
