import { Writable } from 'node:stream';
import { createLogger } from '@integrations/logging';
import { createMetrics } from '@integrations/metrics';
import type { ClientOptions } from '@integrations/provider';
import { ManualClock, TestMetrics, TestTracer } from '@integrations/testing';
import { FetchTransport } from '@integrations/transport';
import { type Tracer, noopSpan } from '@integrations/types';
import { CockatielCircuitBreaker } from './cockatiel-circuit-breaker.ts';
import { BottleneckBulkhead, BottleneckLimiter } from './second-parts/bottleneck-parts.ts';
import { NodeHttpTransport } from './second-parts/node-http-transport.ts';
import { PRetryExecutor } from './second-parts/p-retry-executor.ts';
import { laterClock, mapConfig, plainLogger } from './second-parts/plain-parts.ts';

/** Retries as all clients here have them. */
export const RETRIES = 2;

/** A part in another form. */
export interface Swapped {
  readonly options: ClientOptions & { readonly baseURL?: string | undefined };
  /** How often it was used; a part that is not used proves nothing. */
  readonly used: () => Promise<number> | number;
  readonly close?: () => unknown;
}

/** Where a client of one test is to call. */
export interface Place {
  readonly baseURL: string;
  readonly apiKey: string;
}

/** Makes a part for one client. */
type Swap = (place: Place) => Swapped;

/** A clock that does what a test says, here: to go on, though not as fast as time does. */
class MovedClock extends ManualClock {
  asked = 0;
  readonly #timer = setInterval(() => void this.advance(1), 2);

  override now(): number {
    this.asked += 1;
    return super.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** A tracer with nothing but what the interface asks for. */
function plainTracer(): { readonly tracer: Tracer; readonly names: string[] } {
  const names: string[] = [];
  const tracer: Tracer = {
    startSpan: (name) => {
      names.push(name);
      return { ...noopSpan };
    },
    currentSpan: () => undefined,
    withSpan: (_span, run) => run(),
  };
  return { tracer, names };
}

const breaker: Swap = () => {
  const circuitBreaker = new CockatielCircuitBreaker({ failureThreshold: 5, openMs: 60_000 });
  let asked = 0;
  const tryAcquire = circuitBreaker.tryAcquire.bind(circuitBreaker);
  circuitBreaker.tryAcquire = () => {
    asked += 1;
    return tryAcquire();
  };
  return { options: { circuitBreaker }, used: () => asked };
};

const retry: Swap = () => {
  const executor = new PRetryExecutor({ retries: RETRIES });
  return { options: { retry: executor }, used: () => executor.executions };
};

const limiter: Swap = () => {
  const rateLimit = new BottleneckLimiter(1000);
  return {
    options: { rateLimit },
    used: () => rateLimit.taken,
    close: () => rateLimit.close(),
  };
};

const bulkhead: Swap = () => {
  const concurrency = new BottleneckBulkhead(2);
  return { options: { concurrency }, used: () => concurrency.taken };
};

const logger: Swap = () => {
  const { logger: plain, lines } = plainLogger();
  return { options: { logger: plain }, used: () => lines.length };
};

const pino: Swap = () => {
  let lines = 0;
  const destination = new Writable({
    write: (_line, _encoding, done) => {
      lines += 1;
      done();
    },
  });
  return {
    options: { logger: createLogger({ destination, level: 'trace' }) },
    used: () => lines,
  };
};

const recordingTracer: Swap = () => {
  const tracer = new TestTracer();
  return { options: { tracer, spanDetail: 'full' }, used: () => tracer.spans.length };
};

const bareTracer: Swap = () => {
  const { tracer, names } = plainTracer();
  return { options: { tracer, spanDetail: 'full' }, used: () => names.length };
};

const metrics: Swap = () => {
  const recorder = new TestMetrics();
  return { options: { metrics: recorder }, used: () => recorder.metrics.length };
};

const prometheus: Swap = () => {
  const recorder = createMetrics();
  return {
    options: { metrics: recorder },
    used: async () => (await recorder.metrics()).length,
  };
};

const config: Swap = ({ baseURL, apiKey }) => {
  const values = mapConfig(
    new Map([
      ['apiKey', apiKey],
      ['baseURL', baseURL],
    ]),
  );
  return {
    options: { config: values, apiKey: undefined, baseURL: undefined },
    used: values.asked,
  };
};

const manualClock: Swap = () => {
  const clock = new MovedClock();
  return { options: { clock }, used: () => clock.asked, close: () => clock.stop() };
};

const laterTime: Swap = () => {
  const clock = laterClock();
  return { options: { clock }, used: clock.asked };
};

const fetching: Swap = () => {
  let sent = 0;
  const transport = new FetchTransport({
    fetch: (...request) => {
      sent += 1;
      return fetch(...request);
    },
  });
  return { options: { transport }, used: () => sent };
};

const nodeHttp: Swap = () => {
  const transport = new NodeHttpTransport();
  return { options: { transport }, used: () => transport.sent, close: () => transport.close() };
};

const SINGLE: Readonly<Record<string, Swap>> = {
  'a breaker over cockatiel': breaker,
  'retries by p-retry': retry,
  'a rate limiter over bottleneck': limiter,
  'a bulkhead over bottleneck': bulkhead,
  'a logger that is a plain object': logger,
  'a logger over pino': pino,
  'a tracer that records': recordingTracer,
  'a tracer with the least that one has': bareTracer,
  'a recorder of metrics': metrics,
  'metrics for Prometheus': prometheus,
  'settings from a map': config,
  'a clock that is moved': manualClock,
  'a clock of another time': laterTime,
  'a transport over fetch': fetching,
  'a transport over node:http': nodeHttp,
};

/** Everything at once that does not stand for the same part. */
const all: Swap = (place) => {
  const swaps = [
    breaker,
    retry,
    limiter,
    bulkhead,
    logger,
    bareTracer,
    metrics,
    config,
    laterTime,
    nodeHttp,
  ];
  const parts = swaps.map((swap) => swap(place));
  const options = Object.assign({}, ...parts.map((part) => part.options)) as Swapped['options'];
  return {
    options,
    used: async () => Math.min(...(await Promise.all(parts.map(async (part) => part.used())))),
    close: () => Promise.all(parts.map((part) => part.close?.())),
  };
};

/** Every part of a client in another form, one by one, and all together. */
export const SWAPS: Readonly<Record<string, Swap>> = { ...SINGLE, 'all of them': all };
