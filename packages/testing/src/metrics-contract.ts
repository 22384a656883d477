import { equal } from 'node:assert/strict';
import type { Labels, MetricsRecorder } from '@integrations/types';
import {
  type ContractCase,
  type ContractOptions,
  describeContract,
  withSubject,
} from './contract.ts';

/** A recorder, and what it has recorded. */
export interface ReadableMetrics {
  readonly metrics: MetricsRecorder;
  /**
   * A counter's sum, a gauge's value, or how many values a histogram has counted, for
   * exactly these labels; undefined, or 0, when nothing was recorded.
   */
  read(name: string, labels?: Labels): number | undefined | Promise<number | undefined>;
}

/** Options of `describeMetricsContract`. */
export interface MetricsContractOptions extends ContractOptions<void, ReadableMetrics> {
  /** Whether it records at all; false for one that discards everything. @default true */
  readonly records?: boolean;
}

type MetricsCase = ContractCase<ReadableMetrics>;

const LABELLED = { help: 'Of the contract suite.', labelNames: ['model'] } as const;

async function reads(
  readable: ReadableMetrics,
  name: string,
  expected: number,
  labels?: Labels,
): Promise<void> {
  const value = (await readable.read(name, labels)) ?? 0;
  const which = labels === undefined ? name : `${name} of ${JSON.stringify(labels)}`;
  equal(value, expected, `${which} is ${value}, not ${expected}`);
}

const recordingCases: readonly MetricsCase[] = [
  {
    promise: 'a counter adds up',
    check: async (readable) => {
      const counter = readable.metrics.counter('contract_calls_total', { help: 'Calls.' });
      for (const value of [1, 2.5, 0]) counter.add(value);
      await reads(readable, 'contract_calls_total', 3.5);
    },
  },
  {
    promise: 'a counter only grows',
    check: async (readable) => {
      const counter = readable.metrics.counter('contract_growing_total', { help: 'Calls.' });
      counter.add(5);
      const refusal = { wasThrown: false };
      try {
        counter.add(-2);
      } catch {
        refusal.wasThrown = true;
      }
      const value = (await readable.read('contract_growing_total')) ?? 0;
      const how = refusal.wasThrown ? 'refused' : 'taken';
      equal(value, 5, `after add(5) and add(-2), which was ${how}, the counter is ${value}`);
    },
  },
  {
    promise: 'a gauge goes up and down',
    check: async (readable) => {
      const gauge = readable.metrics.gauge('contract_in_flight', { help: 'Calls.' });
      for (const value of [3, 7, -1]) {
        gauge.set(value);
        await reads(readable, 'contract_in_flight', value);
      }
    },
  },
  {
    promise: 'a histogram counts every value, those beyond its buckets too',
    check: async (readable) => {
      const options = { help: 'Seconds.', buckets: [0.1, 1, 10] };
      const histogram = readable.metrics.histogram('contract_seconds', options);
      for (const value of [0.05, 0.1, 5, 1000]) histogram.observe(value);
      await reads(readable, 'contract_seconds', 4);
    },
  },
  {
    promise: 'values are split by their labels',
    check: async (readable) => {
      const { metrics } = readable;
      const counter = metrics.counter('contract_split_total', LABELLED);
      const gauge = metrics.gauge('contract_split', LABELLED);
      const histogram = metrics.histogram('contract_split_seconds', LABELLED);
      for (const [model, value] of [
        ['large', 2],
        ['small', 3],
      ] as const) {
        counter.add(value, { model });
        gauge.set(value, { model });
        for (let count = 0; count < value; count += 1) histogram.observe(1, { model });
      }
      for (const name of ['contract_split_total', 'contract_split', 'contract_split_seconds']) {
        await reads(readable, name, 2, { model: 'large' });
        await reads(readable, name, 3, { model: 'small' });
      }
    },
  },
  {
    promise: 'asked twice for one name, it gives the same metric',
    check: async (readable) => {
      const { metrics } = readable;
      for (let times = 0; times < 2; times += 1) {
        metrics.counter('contract_same_total', LABELLED).add(1, { model: 'large' });
        metrics.histogram('contract_same_seconds', LABELLED).observe(1, { model: 'large' });
        metrics.gauge('contract_same', LABELLED).set(2, { model: 'large' });
      }
      for (const name of ['contract_same_total', 'contract_same_seconds', 'contract_same']) {
        await reads(readable, name, 2, { model: 'large' });
      }
    },
  },
];

const silentCases: readonly MetricsCase[] = [
  {
    promise: 'a recorder that records nothing takes every value',
    check: async (readable) => {
      const { metrics } = readable;
      metrics.counter('contract_calls_total', LABELLED).add(1, { model: 'large' });
      metrics.gauge('contract_in_flight').set(1);
      metrics.histogram('contract_seconds', { buckets: [1] }).observe(1);
      await reads(readable, 'contract_calls_total', 0, { model: 'large' });
      await reads(readable, 'contract_in_flight', 0);
      await reads(readable, 'contract_seconds', 0);
    },
  },
];

/** Checks what `MetricsRecorder` promises: counters, gauges and histograms, split by labels, one a name. */
export function describeMetricsContract(options: MetricsContractOptions): void {
  describeContract(options, {
    interfaceName: 'MetricsRecorder',
    cases: options.records === false ? silentCases : recordingCases,
    attempt: (check) => withSubject(options, undefined, check),
  });
}
