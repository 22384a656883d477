import type { AsyncSubject, BenchmarkCase, Suite } from '../suite.ts';
import { pathOf } from '../server/behaviour.ts';
import { startServer } from '../server/running-server.ts';
import { CHUNKS, InstantTransport } from './instant-transport.ts';
import {
  everything,
  loggerOnly,
  metricsOnly,
  type Reporting,
  silent,
  tracerOnly,
  withoutMeter,
} from './sinks.ts';

/** A stack with an SDK beneath it is compiled as a whole after so many calls. */
const WARMUP_CALLS = 20_000;

/** Each calls the code of a chunk a hundred times. */
const WARMUP_STREAMS = 500;

type Connect = (reporting: Reporting) => Promise<AsyncSubject>;

/** Nanoseconds that all of it may add to a call that reports nothing. */
const MOST_ADDED_NS = 60_000;

/** A call answered at once. */
async function instantCall({ options, end }: Reporting): Promise<AsyncSubject> {
  const { chat, createClient } = await import('./chat.ts');
  const client = createClient({ ...options, transport: new InstantTransport() });
  return { call: () => chat(client), dispose: end };
}

/** A stream whose chunks are all there. */
async function instantStream({ options, end }: Reporting): Promise<AsyncSubject> {
  const { chatStream, createClient } = await import('./chat.ts');
  const client = createClient({ ...options, transport: new InstantTransport() });
  return { call: () => chatStream(client), dispose: end };
}

/** A call to a server, over the client's own connections. */
async function loopbackCall({ options, end }: Reporting): Promise<AsyncSubject> {
  const { chat, createClient } = await import('./chat.ts');
  const server = await startServer();
  const client = createClient({ ...options, baseURL: `${server.origin}${pathOf()}/v1` });
  return {
    call: () => chat(client),
    dispose: async () => {
      await client.close();
      await server.close();
      await end();
    },
  };
}

function casesOver(connect: Connect, target?: number): readonly BenchmarkCase[] {
  const report = (
    name: string,
    create: () => Promise<Reporting>,
    most?: number,
  ): BenchmarkCase => ({
    name,
    by: 'ours',
    ...(most === undefined ? {} : { target: most }),
    prepare: async () => connect(await create()),
  });
  return [
    report('no more than the floor', silent),
    report('metrics', metricsOnly),
    report('logger', loggerOnly),
    report('tracer', tracerOnly),
    report('all three', withoutMeter, target),
    report('everything', everything, target),
    report('everything, 1 % sampled', () => everything({ sampleRatio: 0.01 }), target),
    report('everything, spans in full', () => everything({ spanDetail: 'full' })),
  ];
}

/** What telemetry adds to the CPU time of a call, and of the client alone. */
export const calls: Suite = {
  name: 'telemetry/answered at once',
  comparison: 'difference',
  warmupCalls: WARMUP_CALLS,
  floor: {
    name: 'chat call that reports nothing, answered at once',
    prepare: async () => instantCall(await silent()),
  },
  groups: [
    { title: 'A call answered at once reports', cases: casesOver(instantCall, MOST_ADDED_NS) },
  ],
};

/** The same where there is a server. */
export const loopbackCalls: Suite = {
  name: 'telemetry/over loopback',
  comparison: 'difference',
  warmupCalls: WARMUP_CALLS,
  floor: {
    name: 'chat call that reports nothing, over loopback',
    prepare: async () => loopbackCall(await silent()),
  },
  groups: [
    { title: 'A call over loopback reports', cases: casesOver(loopbackCall, MOST_ADDED_NS) },
  ],
};

/** What telemetry adds to each chunk of a stream. */
export const streams: Suite = {
  name: 'telemetry/of a stream',
  comparison: 'difference',
  warmupCalls: WARMUP_STREAMS,
  partsPerCall: CHUNKS,
  floor: {
    name: `one chunk of ${CHUNKS} in a stream that reports nothing`,
    prepare: async () => instantStream(await silent()),
  },
  groups: [
    {
      title: `A chunk of a stream of ${CHUNKS} reports`,
      cases: casesOver(instantStream).filter(({ name }) => /^(?:no more|everything)/.test(name)),
    },
  ],
};
