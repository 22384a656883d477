import { describe, expect, it } from 'vitest';
import { formatBytes, formatRatio, formatTime } from './format.ts';
import type { Measurement } from './measure.ts';
import { THROUGHPUT } from './measures.ts';
import { markdownReport, type Result, textReport } from './report.ts';
import { type BenchmarkCase, casesOf, type Comparison, type Suite, type Targets } from './suite.ts';

const prepare = async () => ({ call: async () => 1 });

function found(cpuRatio: number): Measurement {
  return {
    floor: { cpu: 50, wall: 60 },
    subject: { cpu: 50 * cpuRatio, wall: 60 * cpuRatio },
    ratio: { cpu: cpuRatio, wall: cpuRatio + 1 },
    added: { cpu: 50 * (cpuRatio - 1), wall: 60 * (cpuRatio - 1) },
  };
}

type MeasuredCase = Omit<BenchmarkCase, 'prepare'> & { readonly ratios: readonly number[] };

function resultsOf(comparison: Comparison, ...cases: readonly MeasuredCase[]): Result[] {
  const suite = {
    name: 'suite',
    comparison,
    floor: { name: 'the least', prepare },
    groups: [{ title: 'Group', cases: cases.map((one) => ({ ...one, prepare })) }],
  };
  return casesOf([suite]).map((placed, index) => ({
    placed,
    measurements: (cases[index]?.ratios ?? []).map(found),
  }));
}

const versions = new Map([['peer', '1.2.3']]);
const results = resultsOf(
  'ratio',
  { name: 'within', by: 'ours', target: 3, ratios: [2, 4, 3] },
  { name: 'beyond', by: 'ours', target: 3, ratios: [3.01, 3.01, 1] },
  { name: 'theirs', by: 'peer', ratios: [2000] },
);

describe('formatTime', () => {
  it.each([
    [0.25, '0.3 ns'],
    [68.04, '68.0 ns'],
    [99.96, '100 ns'],
    [999.4, '999 ns'],
    [999.6, '1 µs'],
    [8_409, '8.41 µs'],
    [999_600, '1 ms'],
    [4_500_000, '4.5 ms'],
    [-2_500, '-2.5 µs'],
  ])('writes %d ns as %s', (ns, text) => {
    expect(formatTime(ns)).toBe(text);
  });
});

describe('formatRatio', () => {
  it.each([
    [0.954, '0.95'],
    [9.996, '10.0'],
    [99.96, '100'],
    [66_000.4, '66,000'],
  ])('writes %d as %s', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [12, '12 B'],
    [1024, '1 KB'],
    [-5 * 1024, '-5 KB'],
    [6.004 * 1024 ** 2, '6 MB'],
    [1.4 * 1024 ** 2, '1.4 MB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('textReport', () => {
  const lines = textReport(['the machine'], results, versions).split('\n');
  const lineOf = (name: string) => lines.find((line) => line.startsWith(name)) ?? '';

  it('begins with the machine and the floor', () => {
    expect(lines[0]).toBe('the machine');
    expect(lines[2]).toBe(
      'Floor: the least, CPU 50.0 ns, wall 60.0 ns, CPU from 50.0 ns to 50.0 ns',
    );
  });

  it('tells medians, the range of the ratio, and whether a target is met', () => {
    expect(lineOf('within').split(/ {2,}/)).toEqual([
      'within',
      'ours',
      '150 ns',
      '180 ns',
      '3.00',
      '2.00 – 4.00',
      '4.00',
      '≤ 3 met',
    ]);
    expect(lineOf('beyond')).toMatch(/≤ 3 missed$/);
  });

  it('tells what is added where its suite compares by differences', () => {
    const added = textReport(
      [],
      resultsOf(
        'difference',
        { name: 'cheap', by: 'ours', target: 100, ratios: [2, 4, 3] },
        { name: 'dear', by: 'ours', target: 3000, ratios: [90] },
      ),
      versions,
    ).split('\n');
    expect(added.find((line) => line.includes('added, CPU'))).toMatch(/min – max +added, wall/);
    expect(added.find((line) => line.startsWith('cheap'))?.split(/ {2,}/)).toEqual([
      'cheap',
      'ours',
      '150 ns',
      '180 ns',
      '100 ns',
      '50.0 ns – 150 ns',
      '120 ns',
      '≤ 100 ns met',
    ]);
    expect(added.find((line) => line.startsWith('dear'))).toMatch(/≤ 3 µs missed$/);
  });

  const cellsOf = (special: Partial<Suite>, target: number | Targets): string[] => {
    const made = resultsOf('ratio', { name: 'one', by: 'ours', target, ratios: [4, 2] });
    const told = made.map(({ placed, measurements }) => ({
      placed: { ...placed, suite: { ...placed.suite, ...special } },
      measurements,
    }));
    const line = textReport([], told, versions).match(/^one .*$/m)?.[0] ?? '';
    return line.split(/ {2,}/);
  };

  it('tells rates, of which more is better', () => {
    expect(cellsOf({ measures: THROUGHPUT }, { CPU: 3, 'per second': 0.3 })).toEqual([
      'one',
      'ours',
      '150 ns',
      '5,560,000',
      '3.00',
      '2.00 – 4.00',
      '0.25',
      'CPU ≤ 3 met, per second ≥ 0.3 missed',
    ]);
  });

  it('tells values by themselves where its suite wants them, and leaves out what there is not', () => {
    const measures = [
      { key: 'cpu', title: 'size', unit: 'bytes' },
      { key: 'none', title: 'none', unit: 'count' },
      { key: 'wall', title: 'wall', unit: 'time' },
    ] as const;
    expect(cellsOf({ comparison: 'value', measures }, 160)).toEqual([
      'one',
      'ours',
      '150 B',
      '180 ns',
      '100 B – 200 B',
      '≤ 160 B met',
    ]);
  });

  it("names a peer's version, and no target where there is none", () => {
    expect(lineOf('theirs')).toMatch(/^theirs +peer 1\.2\.3 +100 µs +120 µs +2,000 .* 2,001$/);
  });
});

describe('markdownReport', () => {
  it('holds the same in tables', () => {
    const text = markdownReport(['the machine'], results, versions);
    expect(text).toMatch(/^the machine\.\n\nFloor: the least, .*\.\n\n\| Group \| by \|/);
    expect(text).toContain(
      '| within | ours | 150 ns | 180 ns | 3.00 | 2.00 – 4.00 | 4.00 | ≤ 3 met |\n',
    );
  });
});
