import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeapEntry, IndexedHeap } from './indexed-heap.ts';

describe('IndexedHeap', () => {
  it('is always headed by the least of what is in it', () => {
    const script = fc.array(
      fc.oneof(
        fc.record({ add: fc.integer() }),
        fc.record({ remove: fc.nat() }),
        fc.constant('first' as const),
      ),
    );
    fc.assert(
      fc.property(script, (steps) => {
        const heap = new IndexedHeap<number>((a, b) => a < b);
        let model: HeapEntry<number>[] = [];
        for (const step of steps) {
          if (step !== 'first' && 'add' in step) {
            model.push(heap.add(step.add));
          } else {
            const least = model.find(({ item }) => item === heap.first());
            const entry = step === 'first' ? least : model[step.remove % Math.max(1, model.length)];
            if (entry === undefined) continue;
            heap.remove(entry);
            heap.remove(entry);
            model = model.filter((other) => other !== entry);
          }
          const items = model.map(({ item }) => item).toSorted((a, b) => a - b);
          expect(heap.size).toBe(items.length);
          expect(heap.first()).toBe(items[0]);
          expect(heap.toArray().toSorted((a, b) => a - b)).toEqual(items);
        }
      }),
    );
  });
});
