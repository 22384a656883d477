import type { BenchmarkCase, Suite } from '../suite.ts';
import { TIMES } from '../measures.ts';
import { importing } from './import-cost.ts';

function importCase(name: string, by: string, url: string, target?: number): BenchmarkCase {
  return {
    name: `import ${name}`,
    by,
    prepare: async () => importing(url),
    ...(target === undefined ? {} : { target }),
  };
}

function ours(name: string, url: string, target?: number): BenchmarkCase {
  return importCase(name, 'ours', url, target);
}

/** What a process pays for a package before it uses it, as a multiple of what undici alone takes. */
export const imports: Suite = {
  name: 'import',
  measures: [
    ...TIMES,
    { key: 'resident', title: 'RSS', unit: 'bytes' },
    { key: 'heap', title: 'heap', unit: 'bytes' },
  ],
  reportsFigures: true,
  plans: { quick: { rounds: 2 } },
  chart: true,
  floor: {
    name: 'import undici',
    prepare: async () => importing(import.meta.resolve('undici')),
  },
  groups: [
    {
      title: 'Import',
      cases: [
        ours('openai', import.meta.resolve('@integrations/openai'), 1.1),
        ours('mistral', import.meta.resolve('@integrations/mistral'), 1.1),
        ours('provider', import.meta.resolve('@integrations/provider')),
        ours('transport', import.meta.resolve('@integrations/transport')),
        ours('retry', import.meta.resolve('@integrations/retry')),
        ours('circuit-breaker', import.meta.resolve('@integrations/circuit-breaker')),
        ours('rate-limits', import.meta.resolve('@integrations/rate-limits')),
        ours('tracing', import.meta.resolve('@integrations/tracing')),
        ours('metrics', import.meta.resolve('@integrations/metrics')),
        ours('logging', import.meta.resolve('@integrations/logging')),
        ours('config', import.meta.resolve('@integrations/config')),
        importCase("OpenAI's own client", 'openai', import.meta.resolve('openai')),
        importCase(
          "Mistral's own client",
          '@mistralai/mistralai',
          import.meta.resolve('@mistralai/mistralai'),
        ),
        importCase('the AI SDK', 'ai', import.meta.resolve('ai')),
      ],
    },
  ],
};
