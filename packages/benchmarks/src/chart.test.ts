import { describe, expect, it } from 'vitest';
import { barChart } from './chart.ts';
import type { Result } from './report.ts';
import { casesOf, type Suite } from './suite.ts';

const prepare = async () => ({ call: async () => 1 });
const suite: Suite = {
  name: 'letters',
  floor: { name: 'the "least" & less', prepare },
  groups: [
    {
      title: 'Letters',
      cases: [
        { name: 'slow <one>', by: 'theirs', prepare },
        { name: 'quick', by: 'ours', prepare },
      ],
    },
  ],
};

function resultsOf(one: Suite, ratios: readonly number[]): Result[] {
  return casesOf([one]).map((placed, index) => {
    const ratio = ratios[index] ?? NaN;
    const figures = { cpu: ratio, wall: ratio };
    return {
      placed,
      measurements: [
        { subject: figures, floor: { cpu: 1, wall: 1 }, ratio: figures, added: figures },
      ],
    };
  });
}

/** Width of each bar, by its class, in the order of the chart. */
function bars(svg: string): [string, number][] {
  return [...svg.matchAll(/<rect class="(\w+)".*? width="([\d.]+)"/g)].map(
    ([, kind = '', width]) => [kind, Number(width)],
  );
}

describe('barChart', () => {
  it('draws the least first, as long as its value', () => {
    const [[first, shorter] = [], [second, longer] = []] = bars(
      barChart(suite, resultsOf(suite, [4, 2]), 'the machine'),
    );
    expect([first, second]).toEqual(['ours', 'theirs']);
    expect(shorter).toBeCloseTo((longer ?? 0) / 2, 0);
  });

  it('is well-formed: every text is escaped and every element ends', () => {
    const svg = barChart(suite, resultsOf(suite, [4, 2]), 'a < b');
    expect(svg).toContain('slow &lt;one>');
    expect(svg).toContain('the &quot;least&quot; &amp; less');
    const opened = svg.match(/<(?:svg|style|text)\b/g)?.length;
    expect(svg.match(/<\/(?:svg|style|text)>/g)).toHaveLength(opened ?? 0);
    expect(svg).not.toMatch(/NaN|undefined|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
  });

  it('can be read on light and on dark', () => {
    expect(barChart(suite, [], '')).toContain('prefers-color-scheme: dark');
  });

  it('leaves out what has no value, and does not fail without any', () => {
    expect(bars(barChart(suite, resultsOf(suite, [4]), ''))).toHaveLength(1);
    const values = { ...suite, comparison: 'value' } as const;
    const first = resultsOf(values, [4, 2]);
    expect(bars(barChart(values, first, ''))).toHaveLength(2);
    expect(barChart(values, first, '')).toContain('4.0 ns');
  });
});
