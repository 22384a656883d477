import type { Suite } from '../suite.ts';

/** Nanoseconds that a record which nobody reads may add to a call. */
const MOST_ADDED_NS = 3000;

/** Calls until all of their code is compiled. */
const WARMUP_CALLS = 20_000;

/** What is left of telemetry in a call that reports nothing. */
export const noOp: Suite = {
  name: 'telemetry/none',
  comparison: 'difference',
  warmupCalls: WARMUP_CALLS,
  floor: {
    name: 'chat call without a record, answered at once',
    prepare: async () => {
      const { createSilentReporter } = await import('@integrations/provider');
      const { callWith } = await import('./bench-provider.ts');
      return callWith(createSilentReporter('openai'));
    },
  },
  groups: [
    {
      title: 'The record of a call is read by',
      cases: [
        {
          name: 'nobody',
          by: 'ours',
          target: MOST_ADDED_NS,
          prepare: async () => {
            const { callWith, createSilentTelemetry } = await import('./bench-provider.ts');
            return callWith(createSilentTelemetry());
          },
        },
      ],
    },
  ],
};
