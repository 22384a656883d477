import { measureInChild } from './child.ts';
import type { Measurement } from './measure.ts';
import type { RunPlan } from './plan.ts';
import type { Failure, Result } from './report.ts';
import { type PlacedCase, planFor } from './suite.ts';

/** Every case as often as there are processes for it, in an order that no case has a place of its own in. */
export function shuffledRuns(
  cases: readonly PlacedCase[],
  processesFor: (placed: PlacedCase) => number,
  random: () => number = Math.random,
): PlacedCase[] {
  const rounds = Math.max(0, ...cases.map(processesFor));
  const left = Array.from({ length: rounds }, (_, round) =>
    cases.filter((placed) => processesFor(placed) > round),
  ).flat();
  const order: PlacedCase[] = [];
  while (left.length > 0) order.push(...left.splice(Math.floor(random() * left.length), 1));
  return order;
}

/** Measures one process after the other. A case that fails is not tried again. */
export async function measureAll(
  cases: readonly PlacedCase[],
  plan: RunPlan,
  onProgress: (done: number, all: number, id: string) => void,
): Promise<{ readonly results: readonly Result[]; readonly failures: readonly Failure[] }> {
  const found = new Map<PlacedCase, Measurement[]>(cases.map((placed) => [placed, []]));
  const failures = new Map<PlacedCase, Failure>();
  const order = shuffledRuns(cases, ({ suite }) => planFor(suite, plan).processes);
  for (const [done, placed] of order.entries()) {
    onProgress(done, order.length, placed.id);
    if (failures.has(placed)) continue;
    try {
      found.get(placed)?.push(await measureInChild(placed.id, planFor(placed.suite, plan)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.set(placed, { placed, message });
    }
  }
  const results = [...found]
    .filter(([placed]) => !failures.has(placed))
    .map(([placed, measurements]) => ({ placed, measurements }));
  return { results, failures: [...failures.values()] };
}
