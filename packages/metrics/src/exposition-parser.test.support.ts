/** One line of a scrape. */
interface ScrapedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly exemplar?: { readonly labels: Readonly<Record<string, string>>; readonly value: number };
}

/** One metric of a scrape. */
interface ScrapedFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: ScrapedSample[];
}

/** A scrape, taken apart as strictly as its format says. */
export interface Scrape {
  readonly families: ReadonlyMap<string, ScrapedFamily>;
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

const NUMBER = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]Inf|NaN)$/i;
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

function toNumber(text: string): number {
  if (!NUMBER.test(text)) throw new Error(`not a number: ${text}`);
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

class LineReader {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  take(pattern: RegExp, what: string): string {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#line)?.[0];
    if (found === undefined) throw new Error(`${what} expected at ${this.#at} of: ${this.#line}`);
    this.#at += found.length;
    return found;
  }

  peek(text: string): boolean {
    return this.#line.startsWith(text, this.#at);
  }

  labels(): Record<string, string> {
    const labels: Record<string, string> = {};
    this.take(/\{/, '{');
    while (!this.peek('}')) {
      const name = this.take(/[a-zA-Z_][a-zA-Z0-9_]*/, 'label');
      this.take(/="/, '="');
      const raw = this.take(/(?:[^"\\\n]|\\["\\n])*/, 'value');
      this.take(/"/, '"');
      if (name in labels) throw new Error(`label ${name} twice: ${this.#line}`);
      labels[name] = raw.replaceAll(/\\(.)/g, (_, escaped) => (escaped === 'n' ? '\n' : escaped));
      if (!this.peek('}')) this.take(/,/, ',');
    }
    this.take(/\}/, '}');
    return labels;
  }

  end(): void {
    this.take(/$/, 'the end');
  }
}

function parseSample(line: string, isOpen: boolean): ScrapedSample {
  const reader = new LineReader(line);
  const name = reader.take(/[a-zA-Z_:][a-zA-Z0-9_:]*/, 'name');
  const labels = reader.peek('{') ? reader.labels() : {};
  reader.take(/ /, 'space');
  const value = toNumber(reader.take(/\S+/, 'value'));
  if (!reader.peek(' # ')) {
    reader.end();
    return { name, labels, value };
  }
  if (!isOpen) throw new Error(`an exemplar outside OpenMetrics: ${line}`);
  if (!/_(?:total|bucket)$/.test(name)) throw new Error(`an exemplar of ${name}`);
  reader.take(/ # /, '#');
  const exemplarLabels = reader.labels();
  reader.take(/ /, 'space');
  const exemplarValue = toNumber(reader.take(/\S+/, 'value'));
  reader.take(/ /, 'space');
  toNumber(reader.take(/\S+/, 'timestamp'));
  reader.end();
  return { name, labels, value, exemplar: { labels: exemplarLabels, value: exemplarValue } };
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels).toSorted();
  return JSON.stringify(names.map((name) => [name, labels[name]]));
}

function seriesOf({ name, labels }: ScrapedSample): string {
  return `${name}${keyOf(labels)}`;
}

function checkHistogram({ name, samples }: ScrapedFamily): void {
  const groups = new Map<string, ScrapedSample[]>();
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels;
    const key = keyOf(labels);
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  for (const [key, group] of groups) {
    const buckets = group.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => toNumber(labels['le'] ?? 'none'));
    const counts = buckets.map(({ value }) => value);
    const count = group.find((sample) => sample.name === `${name}_count`)?.value;
    if (bounds.at(-1) !== Number.POSITIVE_INFINITY) throw new Error(`${key}: no +Inf bucket`);
    if (bounds.some((bound, at) => at > 0 && bound <= (bounds[at - 1] ?? 0)))
      throw new Error(`${key}: bounds ${bounds.join()}`);
    if (counts.some((value, at) => at > 0 && value < (counts[at - 1] ?? 0)))
      throw new Error(`${key}: counts ${counts.join()}`);
    if (counts.at(-1) !== count) throw new Error(`${key}: ${counts.at(-1)} of ${count} in +Inf`);
    if (!group.some((sample) => sample.name === `${name}_sum`)) throw new Error(`${key}: no sum`);
  }
}

/** Takes a scrape apart; throws wherever it breaks its format. */
export function parseExposition(text: string, format: 'prometheus' | 'openmetrics'): Scrape {
  const isOpen = format === 'openmetrics';
  if (text !== '' && !text.endsWith('\n')) throw new Error('no newline at the end');
  const lines = text.split('\n').slice(0, -1);
  if (isOpen && lines.pop() !== '# EOF') throw new Error('no # EOF');
  const families = new Map<string, ScrapedFamily>();
  const seen = new Set<string>();
  const helps = new Map<string, string>();
  let current: ScrapedFamily | undefined;
  for (const line of lines) {
    const comment = /^# (HELP|TYPE|EOF) ?(\S*) ?(.*)$/.exec(line);
    if (comment !== null) {
      const [, keyword, name = '', rest = ''] = comment;
      if (keyword === 'HELP') helps.set(name, rest);
      else if (keyword === 'TYPE') {
        if (families.has(name)) throw new Error(`${name} twice`);
        current = { name, type: rest, help: helps.get(name) ?? '', samples: [] };
        families.set(name, current);
      } else throw new Error('# EOF before the end');
      continue;
    }
    if (line === '' || current === undefined) throw new Error(`no line of a family: "${line}"`);
    const sample = parseSample(line, isOpen);
    const suffixes = SUFFIXES[current.type] ?? [
      isOpen && current.type === 'counter' ? '_total' : '',
    ];
    if (!suffixes.some((suffix) => sample.name === `${current?.name}${suffix}`))
      throw new Error(`${sample.name} is not of ${current.name}`);
    if (seen.has(seriesOf(sample))) throw new Error(`a series twice: ${line}`);
    seen.add(seriesOf(sample));
    current.samples.push(sample);
  }
  for (const family of families.values()) if (family.type === 'histogram') checkHistogram(family);
  const samples = [...families.values()].flatMap((family) => family.samples);
  return {
    families,
    value: (name, labels = {}) =>
      samples.find((sample) => seriesOf(sample) === seriesOf({ name, labels, value: 0 }))?.value,
  };
}
