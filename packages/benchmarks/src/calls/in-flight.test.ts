import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepInFlight } from './in-flight.ts';

it('makes all calls, and never more at a time than it may', async () => {
  const few = fc.integer({ min: 1, max: 20 });
  await fc.assert(
    fc.asyncProperty(few, few, async (inFlight, calls) => {
      let made = 0;
      let underWay = 0;
      let most = 0;
      await keepInFlight(inFlight, calls, async () => {
        made += 1;
        underWay += 1;
        most = Math.max(most, underWay);
        await Promise.resolve();
        underWay -= 1;
        return made;
      });
      expect(made).toBe(calls);
      expect(most).toBe(Math.min(inFlight, calls));
    }),
  );
});

it('fails with a call that fails, or gives nothing', async () => {
  const refused = keepInFlight(2, 4, () => Promise.reject(new Error('refused')));
  await expect(refused).rejects.toThrow('refused');
  await expect(keepInFlight(1, 1, async () => undefined)).rejects.toThrow('gave nothing');
});
