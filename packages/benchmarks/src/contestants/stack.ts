import type { Span } from '@opentelemetry/api';
import { createDiscardingSdk } from '../telemetry/sinks.ts';
import { type Connection, type Contestant, KEY } from './contestant.ts';
import { callsOf } from './openai.ts';
import { REQUEST } from './requests.ts';

type Work<T> = (signal: AbortSignal) => Promise<T>;

/** Runs work within all that surrounds a call. */
type Surroundings = <T>(name: string, work: Work<T>) => Promise<T>;

const TIMEOUT_MS = 60_000;
const MOST_IN_FLIGHT = 100_000;

/** Retries, a breaker, a limit of calls in flight and a time limit, as cockatiel has them. */
async function protections(): Promise<<T>(work: Work<T>) => Promise<T>> {
  const {
    bulkhead,
    circuitBreaker,
    ConsecutiveBreaker,
    ExponentialBackoff,
    handleAll,
    retry,
    timeout,
    TimeoutStrategy,
    wrap,
  } = await import('cockatiel');
  const policy = wrap(
    retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() }),
    circuitBreaker(handleAll, { halfOpenAfter: TIMEOUT_MS, breaker: new ConsecutiveBreaker(5) }),
    bulkhead(MOST_IN_FLIGHT),
    timeout(TIMEOUT_MS, TimeoutStrategy.Cooperative),
  );
  return (work) => policy.execute(({ signal }) => work(signal));
}

/** bottleneck, or nothing in its place. */
async function limiter(isLimited: boolean): Promise<<T>(work: () => Promise<T>) => Promise<T>> {
  if (!isLimited) return (work) => work();
  const { default: Bottleneck } = await import('bottleneck');
  const bottleneck = new Bottleneck({ maxConcurrent: MOST_IN_FLIGHT });
  return (work) => bottleneck.schedule(work);
}

/** A span, two metrics and a log line for each call. */
async function telemetry(): Promise<{ around: Surroundings; end: () => Promise<void> }> {
  const { context, SpanKind, trace } = await import('@opentelemetry/api');
  const { Counter, Histogram, Registry } = await import('prom-client');
  const { pino } = await import('pino');
  const { tracer, end } = await createDiscardingSdk(1);
  const registers = [new Registry()];
  const labelNames = ['operation', 'model', 'status'];
  const calls = new Counter({ name: 'calls_total', help: 'Calls.', labelNames, registers });
  const seconds = new Histogram({ name: 'call_seconds', help: 'Time.', labelNames, registers });
  const log = pino({ level: 'info' }, { write: () => undefined });
  const { model } = REQUEST;

  const finish = (span: Span, operation: string, status: string, startedAt: number): void => {
    const durationMs = performance.now() - startedAt;
    span.setAttribute('status', status);
    span.end();
    calls.inc({ operation, model, status });
    seconds.observe({ operation, model, status }, durationMs / 1000);
    log.info({ operation, model, status, durationMs }, 'call finished');
  };

  const around: Surroundings = async (operation, work) => {
    const startedAt = performance.now();
    const attributes = { 'gen_ai.operation.name': operation, 'gen_ai.request.model': model };
    const span = tracer.startSpan(operation, { kind: SpanKind.CLIENT, attributes });
    try {
      const result = await context.with(trace.setSpan(context.active(), span), () =>
        work(AbortSignal.timeout(TIMEOUT_MS)),
      );
      finish(span, operation, 'ok', startedAt);
      return result;
    } catch (error) {
      finish(span, operation, 'error', startedAt);
      throw error;
    }
  };
  return { around, end };
}

async function connect(base: string, isLimited: boolean): Promise<Connection> {
  const { OpenAI } = await import('openai');
  const client = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 0 });
  const protect = await protections();
  const limit = await limiter(isLimited);
  const { around, end } = await telemetry();
  const surround: Surroundings = (name, work) => around(name, () => limit(() => protect(work)));
  return {
    chat: () => surround('chat', (signal) => callsOf(client, signal).chat()),
    stream: (onText) => surround('stream', (signal) => callsOf(client, signal).stream(onText)),
    embed: () => surround('embeddings', (signal) => callsOf(client, signal).embed()),
    close: end,
  };
}

/** What a team builds that has all of it, and no limits of its own. */
export const stack: Contestant = {
  name: 'stack',
  by: 'by hand',
  connect: (base) => connect(base, false),
};

export const stackWithBottleneck: Contestant = {
  name: 'stack, bottleneck',
  by: 'by hand',
  connect: (base) => connect(base, true),
};
