/** One line of what Prometheus reads. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The text of a registry, taken apart. */
export interface Scrape {
  /** `counter`, `histogram` or `gauge`, by the name of the metric. */
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
}

const SAMPLE = /^(?<name>\w+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const LABEL = /(?<label>\w+)="(?<text>[^"]*)"/g;

function readSample(line: string): Sample {
  const { name, labels = '', value } = SAMPLE.exec(line)?.groups ?? {};
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const pairs = [...labels.matchAll(LABEL)].map((match) => [match[1], match[2]]);
  return { name, labels: Object.fromEntries(pairs) as Sample['labels'], value: Number(value) };
}

/** Reads the text format of Prometheus, as far as label values hold no quotes. */
export function readScrape(text: string): Scrape {
  const lines = text.split('\n').filter((line) => line !== '');
  const types = lines.flatMap((line) => {
    const [, name, type] = /^# TYPE (\w+) (\w+)$/.exec(line) ?? [];
    return name === undefined || type === undefined ? [] : [[name, type] as const];
  });
  return {
    types: new Map(types),
    samples: lines.filter((line) => !line.startsWith('#')).map(readSample),
  };
}
