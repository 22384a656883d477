import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ConfigurationError, ConnectionError, DeadlineError } from '@integrations/errors';
import type { IntegrationError } from '@integrations/errors';
import { ManualClock, TestLogger } from '@integrations/testing';
import { SecretString } from '@integrations/types';
import { context, metrics, trace, TraceFlags } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracer } from '../create-tracer.ts';
import { propagationHeaders } from '../propagation.ts';
import { OtlpReceiver } from './otlp-receiver.test.support.ts';
import { startTelemetry, type Telemetry } from './start-telemetry.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

let receiver: OtlpReceiver;
let telemetry: Telemetry | undefined;

beforeEach(async () => {
  receiver = await OtlpReceiver.start();
});

afterEach(async () => {
  await telemetry?.shutdown();
  telemetry = undefined;
  await receiver[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

async function start(options: TelemetryOptions = {}): Promise<Telemetry> {
  telemetry = await startTelemetry({
    protocol: 'http/json',
    endpoint: receiver.endpoint,
    exportTimeout: '2s',
    metrics: false,
    ...options,
  });
  return telemetry;
}

/** An address where nobody listens. */
async function closedEndpoint(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

describe('startTelemetry', () => {
  it('sends the spans of concurrent work, each below its own parent', async () => {
    const early = createTracer({ name: 'app', version: '1.0.0' });
    const running = await start();
    const work = async (number: number): Promise<void> => {
      const root = early.startSpan(`root ${number}`, { kind: 'client' });
      await early.withSpan(root, async () => {
        for (let turn = 0; turn <= number % 5; turn += 1) await Promise.resolve();
        const child = early.startSpan(`child ${number}`);
        await early.withSpan(child, async () => {
          await new Promise((resolve) => setImmediate(resolve));
          early.startSpan(`leaf ${number}`).end();
        });
        child.end();
      });
      root.end();
    };
    await Promise.all(Array.from({ length: 40 }, (_, number) => work(number)));
    await running.shutdown();
    const spans = receiver.spans();
    expect(spans).toHaveLength(120);
    const byName = new Map(spans.map((span) => [span.name, span]));
    for (let number = 0; number < 40; number += 1) {
      const [root, child, leaf] = ['root', 'child', 'leaf'].map((name) =>
        byName.get(`${name} ${number}`),
      );
      expect(root?.parentSpanId ?? '').toBe('');
      expect(child).toMatchObject({ traceId: root?.traceId, parentSpanId: root?.spanId });
      expect(leaf).toMatchObject({ traceId: root?.traceId, parentSpanId: child?.spanId });
    }
  });

  it('tells who sends, with the key for the collector', async () => {
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'service.name=other,team=blue');
    const running = await start({
      serviceName: 'shop',
      resource: { 'deployment.environment.name': 'test' },
      headers: { 'x-collector-key': new SecretString('test-key') },
    });
    createTracer().startSpan('call').end();
    await running.flush();
    expect(receiver.requests[0]?.headers).toMatchObject({
      'x-collector-key': 'test-key',
      'content-type': 'application/json',
    });
    const attributes = receiver.traces()[0]?.resourceSpans[0]?.resource.attributes ?? [];
    const told = Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
    expect(told).toMatchObject({
      'service.name': { stringValue: 'shop' },
      team: { stringValue: 'blue' },
      'deployment.environment.name': { stringValue: 'test' },
    });
    expect(Object.keys(told).filter((key) => key.startsWith('process.'))).toEqual([]);
  });

  it('writes protobuf by default', async () => {
    const running = await startTelemetry({ endpoint: `${receiver.endpoint}/`, metrics: false });
    telemetry = running;
    createTracer().startSpan('a span in protobuf').end();
    await running.shutdown();
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/v1/traces']);
    expect(receiver.requests[0]?.headers['content-type']).toBe('application/x-protobuf');
    expect(receiver.requests[0]?.body.includes('a span in protobuf')).toBe(true);
  });

  it('sends what the meter counts', async () => {
    const running = await start({ metrics: { interval: '1h' } });
    metrics.getMeter('app').createCounter('calls').add(3);
    await running.flush();
    const [request] = receiver.requests;
    expect(request?.path).toBe('/v1/metrics');
    expect(JSON.parse(String(request?.body))).toMatchObject({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'calls' }] }] }],
    });
  });

  it('records what the ratio says, and what the caller of this process decided before', async () => {
    const running = await start({ sampleRatio: 0 });
    const tracer = createTracer();
    const span = tracer.startSpan('not sampled');
    expect(propagationHeaders(span)['traceparent']).toMatch(/-00$/);
    tracer.withSpan(span, () => tracer.startSpan('child').end());
    span.end();
    const remote = {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      traceFlags: TraceFlags.SAMPLED,
    };
    context.with(trace.setSpanContext(context.active(), remote), () =>
      tracer.startSpan('sampled by the caller').end(),
    );
    await running.shutdown();
    expect(receiver.spans()).toMatchObject([
      { name: 'sampled by the caller', traceId: remote.traceId, parentSpanId: remote.spanId },
    ]);
  });

  it('leaves the sampler to the environment where that names one', async () => {
    vi.stubEnv('OTEL_TRACES_SAMPLER', 'always_off');
    const running = await start();
    createTracer().startSpan('not sampled').end();
    await running.shutdown();
    expect(receiver.requests).toEqual([]);
  });

  it('prints spans to the console where it is told to', async () => {
    const printed = vi.spyOn(console, 'dir').mockReturnValue(undefined);
    await start({ exporter: 'console' });
    createTracer().startSpan('printed').end();
    expect(printed.mock.calls[0]?.[0]).toMatchObject({ name: 'printed' });
    printed.mockRestore();
    expect(receiver.requests).toEqual([]);
  });

  it('sends nothing anywhere with the exporter none', async () => {
    const running = await start({ exporter: 'none' });
    createTracer().startSpan('call').end();
    await running.flush();
    await running.shutdown();
    expect(receiver.requests).toEqual([]);
  });

  it('refuses to start beside another SDK, and starts anew after that is shut down', async () => {
    const first = await start();
    await expect(startTelemetry({ exporter: 'none' })).rejects.toThrow(ConfigurationError);
    await first.shutdown();
    const second = await start();
    createTracer().startSpan('second').end();
    await second.shutdown();
    expect(receiver.spans().map(({ name }) => name)).toEqual(['second']);
  });
});

describe('failures', () => {
  it('of an export are told, and hurt nobody', async () => {
    const errors: IntegrationError[] = [];
    const running = await start({
      endpoint: await closedEndpoint(),
      exportTimeout: '200ms',
      metrics: { interval: '1h' },
      onError: (error) => errors.push(error),
    });
    metrics.getMeter('app').createCounter('calls').add(1);
    createTracer().startSpan('lost').end();
    await running.flush();
    expect(new Set(errors.map(({ message }) => message.split(' ', 1)[0]))).toEqual(
      new Set(['Metrics', 'Spans']),
    );
    expect(errors).toHaveLength(2);
    for (const error of errors) expect(error).toBeInstanceOf(ConnectionError);
    expect(errors[0]?.message).toContain('ECONNREFUSED');
    createTracer().startSpan('lost as well').end();
    await running.shutdown();
  });

  it('of an export go to the logger, with what the SDK warns of', async () => {
    const logger = new TestLogger();
    receiver.answer = (response) => response.writeHead(400).end('{}');
    const running = await start({ logger, batch: { maxQueueSize: 1, maxBatchSize: 1 } });
    const tracer = createTracer();
    for (let count = 0; count < 4; count += 1) tracer.startSpan('call').end();
    await running.flush();
    tracer.startSpan('call').end();
    await running.shutdown();
    const messages = logger.lines.map(({ level, message }) => `${level}: ${message}`);
    expect(messages).toContain('error: Telemetry failed');
    expect(messages.some((message) => /^warn: Dropped \d spans/.test(message))).toBe(true);
  });

  it('become one warning of the process for each outage, where nobody listens', async () => {
    const warned: Error[] = [];
    const listen = (warning: Error): void => void warned.push(warning);
    process.on('warning', listen);
    receiver.answer = (response) => response.writeHead(400).end('{}');
    const running = await start();
    const send = async (): Promise<void> => {
      createTracer().startSpan('call').end();
      await running.flush();
    };
    await send();
    await send();
    receiver.answer = (response) => response.end('{}');
    await send();
    receiver.answer = (response) => response.writeHead(400).end('{}');
    await send();
    await running.shutdown();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(warned.map(({ message }) => message.startsWith('Spans could not'))).toEqual([
      true,
      true,
    ]);
  });

  it('of the listener are told too', async () => {
    const logger = new TestLogger();
    receiver.answer = (response) => response.writeHead(400).end('{}');
    const warned = once(process, 'warning');
    const running = await start({
      logger,
      onError: () => {
        throw new Error('a fault of the listener');
      },
    });
    createTracer().startSpan('call').end();
    await running.flush();
    expect(logger.lines.map(({ message }) => message)).toContain('`onError` threw');
    expect(String((await warned)[0])).toContain('a fault of the listener');
  });
});

describe('shutdown', () => {
  it('sends what is left, once, and is the same for all who ask', async () => {
    const running = await start();
    const tracer = createTracer();
    const span = tracer.startSpan('call');
    span.end();
    await Promise.all([running.shutdown(), running.shutdown(), running[Symbol.asyncDispose]()]);
    await running.flush();
    tracer.startSpan('late').end();
    expect(receiver.spans().map(({ name }) => name)).toEqual(['call']);
  });

  it('gives up a collector that does not answer, at its deadline', async () => {
    const clock = new ManualClock();
    const errors: IntegrationError[] = [];
    receiver.answer = () => undefined;
    const running = await start({
      clock,
      shutdownTimeout: '3s',
      exportTimeout: '1s',
      onError: (error) => errors.push(error),
    });
    createTracer().startSpan('call').end();
    const asked = receiver.next();
    const stopped = running.shutdown();
    await asked;
    await clock.advance(3000);
    await stopped;
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(DeadlineError);
  });
});
