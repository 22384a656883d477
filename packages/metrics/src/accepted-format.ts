import type { ExpositionFormat } from './exposition.ts';

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

function readRange(text: string): MediaRange {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim().toLowerCase());
  const parameters = new Map(
    rest.map((parameter) => {
      const [name = '', value = ''] = parameter.split('=', 2);
      return [name.trim(), value.trim().replaceAll('"', '')];
    }),
  );
  const quality = Number(parameters.get('q') ?? 1);
  return { type, parameters, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

function isOpenMetrics({ type, parameters }: MediaRange): boolean {
  const version = parameters.get('version');
  return type === 'application/openmetrics-text' && (version === undefined || version === '1.0.0');
}

function best(ranges: readonly MediaRange[]): number {
  return Math.max(0, ...ranges.map(({ quality }) => quality));
}

/**
 * The format that a scraper prefers. OpenMetrics only for one that names it; anything
 * else, a browser too, gets the plain text that every reader understands.
 */
export function acceptedFormat(accept: string | undefined): ExpositionFormat {
  if (accept === undefined) return 'prometheus';
  const ranges = accept.split(',').map(readRange);
  const open = best(ranges.filter(isOpenMetrics));
  const plain = best(ranges.filter(({ type }) => type === 'text/plain'));
  return open > 0 && open >= plain ? 'openmetrics' : 'prometheus';
}
