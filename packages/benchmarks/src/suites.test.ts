import { describe, expect, it } from 'vitest';
import { peerVersions } from './machine.ts';
import { casesOf } from './suite.ts';
import { suites } from './suites.ts';

const cases = casesOf(suites);

describe('suites', () => {
  it('have no two cases with one name', () => {
    const ids = cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('name whose code is measured, in an exact version', () => {
    const versions = peerVersions();
    const peers = new Set(cases.map(({ benchmark }) => benchmark.by));
    expect(peers.delete('ours')).toBe(true);
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
  it.each(cases.map((placed) => [placed.id, placed] as const))(
    '%s does its work every time',
    async (_id, { benchmark }) => {
      const subject = await benchmark.prepare();
      try {
        for (let call = 0; call < 5; call += 1) {
          const result = 'call' in subject ? await subject.call() : subject.callSync();
          expect(result).toBeDefined();
        }
      } finally {
        await subject.dispose?.();
      }
    },
  );
});
