import { expect } from 'vitest';
import type { TestFramework } from './contract.ts';

/** A suite's cases, as a framework that only collects was given them. */
interface Collected {
  readonly suites: string[];
  readonly cases: { readonly title: string; readonly test: () => Promise<void> }[];
}

type Register = (framework: TestFramework) => void;

function collect(register: Register): Collected {
  const collected: Collected = { suites: [], cases: [] };
  register({
    describe: (name, suite) => {
      collected.suites.push(name);
      suite();
    },
    it: (title, test) => collected.cases.push({ title, test }),
  });
  return collected;
}

/**
 * The titles of the cases that fail; each must say what the interface promises.
 *
 * @param about runs only the cases whose title holds this.
 */
export async function brokenPromises(register: Register, about = ''): Promise<string[]> {
  const { suites, cases } = collect(register);
  const broken: string[] = [];
  for (const { title, test } of cases.filter((one) => one.title.includes(about))) {
    const [outcome] = await Promise.allSettled([test()]);
    if (outcome.status === 'fulfilled') continue;
    expect((outcome.reason as Error).message).toMatch(`${suites[0]} promises: ${title}. Here: `);
    broken.push(title);
  }
  return broken;
}
