import { describe, expect, it } from 'vitest';
import { peerVersions } from './machine.ts';
import { casesOf, type PlacedCase } from './suite.ts';
import { suites } from './suites.ts';
import { measuresOf } from './telling.ts';

const cases = casesOf(suites);

/** Suites that have the same contestants do the same work as others, only more of it at a time. */
const REPEATED = ['calls/64 in flight', 'streams/an event per write', 'streams/events 5 ms apart'];

const inProcess = ({ suite }: PlacedCase): boolean =>
  suite.reportsFigures !== true && !REPEATED.includes(suite.name);

function firstOfEach(placed: readonly PlacedCase[]): (readonly [string, PlacedCase])[] {
  const suitesOf = new Set(placed.map(({ suite }) => suite));
  return [...suitesOf].flatMap((suite) => {
    const first = placed.find((one) => one.suite === suite);
    return first === undefined ? [] : [[first.id, first] as const];
  });
}

describe('suites', () => {
  it('have no two cases with one name', () => {
    const ids = cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('name whose code is measured, in an exact version', () => {
    const versions = peerVersions();
    const peers = new Set(cases.map(({ benchmark }) => benchmark.by));
    expect(peers.delete('ours')).toBe(true);
    expect(peers.delete('by hand')).toBe(true);
    expect(peers.size).toBeGreaterThan(0);
    for (const peer of peers) {
      expect(`${peer} ${versions.get(peer)}`).toMatch(/ \d+\.\d+\.\d+$/);
    }
  });

  it('set targets for ours alone', () => {
    const withTarget = cases.filter(({ benchmark }) => benchmark.target !== undefined);
    expect(new Set(withTarget.map(({ benchmark }) => benchmark.by))).toEqual(new Set(['ours']));
  });

  // A refusal would be measured as gladly as a permit, so each call has to give something.
  it.each(cases.filter(inProcess).map((placed) => [placed.id, placed] as const))(
    '%s does its work every time',
    async (_id, { benchmark }) => {
      const subject = await benchmark.prepare('quick');
      try {
        for (let call = 0; call < 2; call += 1) {
          const result = 'call' in subject ? await subject.call() : subject.callSync();
          expect(result).toBeDefined();
        }
      } finally {
        await subject.dispose?.();
      }
    },
  );

  // What takes long, such as a process for each call, is one case of each suite.
  it.each(firstOfEach(cases.filter((placed) => !inProcess(placed))))(
    '%s gives what is measured',
    async (_id, { suite, benchmark }) => {
      const subject = await benchmark.prepare('quick');
      try {
        const figures = 'call' in subject ? await subject.call() : subject.callSync();
        expect(figures).toBeDefined();
        const told = suite.reportsFigures === true ? measuresOf(suite).slice(0, 1) : [];
        for (const { key } of told) {
          expect(figures).toHaveProperty([key], expect.any(Number));
        }
      } finally {
        await subject.dispose?.();
      }
    },
  );
});
