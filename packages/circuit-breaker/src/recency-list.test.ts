import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecencyList, RecencyNode } from './recency-list.ts';

function values(list: RecencyList<number>): number[] {
  const found: number[] = [];
  for (let node = list.oldest; node !== undefined; node = node.newer) {
    expect(node.older?.value).toBe(found.at(-1));
    found.push(node.value);
  }
  return found;
}

describe('RecencyList', () => {
  it('keeps the order of an array', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6)), (toggled) => {
        const list = new RecencyList<number>();
        const nodes = Array.from({ length: 7 }, (_, value) => new RecencyNode(value));
        const naive: number[] = [];
        for (const value of toggled) {
          const node = nodes[value];
          if (node === undefined) continue;
          const at = naive.indexOf(value);
          if (at === -1) {
            list.add(node);
            naive.push(value);
          } else {
            list.remove(node);
            naive.splice(at, 1);
          }
          expect(values(list)).toEqual(naive);
        }
      }),
    );
  });
});
