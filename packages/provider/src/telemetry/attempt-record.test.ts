import {
  AbortedError,
  ConnectionError,
  QueueFullError,
  SerializationError,
} from '@integrations/errors';
import { TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { type MetricsRecorder, noopMetrics, type Tracer } from '@integrations/types';
import { describe, expect, it, vi } from 'vitest';
import { ACME_TELEMETRY } from '../acme.test.support.ts';
import { failure } from '../manual-response.test.support.ts';
import { AttemptRecord } from './attempt-record.ts';
import { CallLog } from './call-log.ts';
import { CallSpans } from './call-spans.ts';
import { ProviderMetrics } from './provider-metrics.ts';
import { RecordedUrls } from './recorded-urls.ts';
import type { SpanDetail } from './span-detail.ts';

const SERVER = { serverAddress: 'api.acme.test', serverPort: 443 };
const URL = 'https://api.acme.test/v1/answers';
const ANSWER = { status: 200, headers: {}, body: new Uint8Array(7) };

/** The fourth attempt of a call, and where it is reported. */
class Attempt {
  readonly tracer: TestTracer = new TestTracer();
  readonly metrics: TestMetrics = new TestMetrics();
  readonly logger: TestLogger = new TestLogger();
  readonly record: AttemptRecord;

  constructor(detail: SpanDetail = 'full', recorder: MetricsRecorder = this.metrics) {
    const tracer: Tracer = this.tracer;
    const settings = { tracer, detail, genAiProfile: '1.41', profile: ACME_TELEMETRY } as const;
    const spans = new CallSpans({ ...settings, server: SERVER }, 'acme.create', 'small', undefined);
    spans.execute(() => undefined);
    const log = new CallLog(
      {
        levels: ACME_TELEMETRY.logLevels,
        fields: ACME_TELEMETRY.logFields,
        requests: false,
        responses: false,
      },
      this.logger,
      { correlationId: 'c-1', operation: 'answers.create', path: '/answers', model: 'small' },
    );
    this.record = new AttemptRecord(4, {
      spans,
      metrics: new ProviderMetrics('acme', ACME_TELEMETRY.metrics, recorder),
      log,
      profile: ACME_TELEMETRY,
      server: SERVER,
      urls: new RecordedUrls(),
      labels: { endpoint: 'answers', method: 'POST', model: 'small' },
    });
  }

  begun(): this {
    this.record.begin('POST', URL, undefined);
    return this;
  }
}

describe('what stands before an attempt', () => {
  it.each([
    [true, 'ok'],
    [false, 'error'],
  ] as const)('is the breaker, which lets it through: %s', (allowed, status) => {
    const { record, tracer } = new Attempt();
    record.breakerChecked('half_open', allowed);
    expect(record.circuitState).toBe('half_open');
    expect(tracer.span('acme.breaker')).toMatchObject({
      status,
      ended: true,
      attributes: { state: 'half_open', allowed },
    });
  });

  it.each([[true], [false]])('is the rate limit, waited for: %s', (waits) => {
    const { record, tracer, metrics } = new Attempt();
    if (waits) record.waiting('rate_limiter');
    expect(tracer.open.map(({ name }) => name).includes('acme.limiter')).toBe(waits);
    record.admitted('rate_limiter', waits ? 250 : 0);
    const wait_time_ms = waits ? 250 : 0;
    expect(tracer.span('acme.limiter')).toMatchObject({
      ended: true,
      attributes: { wait_time_ms },
    });
    expect(metrics.values('acme_rate_limit_wait_seconds')).toEqual([wait_time_ms / 1000]);
  });

  it('is a limit that turns it away', () => {
    const { record, tracer, metrics } = new Attempt();
    const error = new QueueFullError('full');
    record.refused('rate_limiter', error);
    expect(tracer.span('acme.limiter')).toMatchObject({ status: 'error', errors: [error] });
    expect(metrics.value('acme_rate_limit_rejections_total')).toBe(1);
  });

  it('is no limit that turned it away where the caller stopped it', () => {
    const { record, tracer, metrics } = new Attempt();
    record.waiting('rate_limiter');
    record.refused('rate_limiter', new AbortedError('enough'));
    expect(tracer.span('acme.limiter')).toMatchObject({ status: 'error', ended: true });
    expect(metrics.value('acme_rate_limit_rejections_total')).toBeUndefined();
  });

  it('is a place among the calls in flight, told only where it was waited for', () => {
    const { record, tracer, metrics } = new Attempt();
    record.waiting('bulkhead');
    record.admitted('bulkhead', 0);
    record.admitted('bulkhead', 30);
    record.refused('bulkhead', new QueueFullError('full'));
    expect(tracer.span('acme.execute').events).toEqual([
      { name: 'bulkhead_acquired', attributes: { wait_time_ms: 30 } },
    ]);
    expect(metrics.value('acme_rate_limit_rejections_total')).toBeUndefined();
    expect(metrics.value('acme_rate_limit_wait_seconds')).toBeUndefined();
  });
});

describe('the request of an attempt', () => {
  it('tells where it goes, without secrets, and how often it went before', () => {
    const { record, tracer } = new Attempt();
    record.begin('POST', 'https://user:pass@api.acme.test/v1?api_key=k-1&limit=2', undefined);
    const url = 'https://[REDACTED]@api.acme.test/v1?api_key=[REDACTED]&limit=2';
    expect(tracer.span('acme.http')).toMatchObject({
      kind: 'client',
      parent: tracer.span('acme.execute'),
      attributes: { 'url.full': url, url, 'http.request.resend_count': 3 },
    });
  });

  it('is the current span while it is sent, and tells of what came back', async () => {
    const { record, tracer, metrics } = new Attempt().begun();
    const current = await record.send(async () => {
      await Promise.resolve();
      return { ...ANSWER, span: tracer.currentSpan() };
    });
    const http = tracer.span('acme.http');
    expect(current.span).toBe(http);
    expect(http.events.map(({ name }) => name)).toEqual(['request_sent', 'response_received']);
    expect(http.attributes).toMatchObject({ status_code: 200, 'http.response.body.size': 7 });
    expect(tracer.span('http.send')).toMatchObject({ ended: true, parent: http });
    expect(metrics.values('acme_response_size_bytes')).toEqual([7]);
  });

  it('knows no size of a stream', async () => {
    const { record, metrics, tracer } = new Attempt().begun();
    await record.send(async () => ({ status: 200, headers: {} }));
    expect(metrics.value('acme_response_size_bytes')).toBeUndefined();
    expect(tracer.span('acme.http').attributes).not.toHaveProperty('http.response.body.size');
  });

  it.each([
    [
      'written',
      'acme.serialize',
      (record: AttemptRecord, run: () => never) => record.serialize(run),
    ],
    [
      'read',
      'acme.deserialize',
      (record: AttemptRecord, run: () => never) => record.deserialize(7, run),
    ],
  ])('ends the step with the error of a body that cannot be %s', async (_what, step, run) => {
    const { record, tracer } = new Attempt().begun();
    const error = new SerializationError('x');
    const thrown = await failure(
      Promise.resolve().then(() =>
        run(record, () => {
          throw error;
        }),
      ),
    );
    expect(thrown).toBe(error);
    expect(tracer.span(step)).toMatchObject({ status: 'error', ended: true, errors: [error] });
    expect(tracer.span('acme.http').ended).toBe(false);
  });

  it('ends with the error of the transport, and so does its sending', async () => {
    const { record, tracer } = new Attempt().begun();
    const error = new ConnectionError('x');
    expect(await failure(record.send(() => Promise.reject(error)))).toBe(error);
    record.failed(error);
    for (const name of ['http.send', 'acme.http']) {
      expect(tracer.span(name)).toMatchObject({ status: 'error', ended: true, errors: [error] });
    }
  });

  it('ends with the call where the transport never answers', () => {
    const { record, tracer } = new Attempt().begun();
    void record.send(() => new Promise<never>(() => undefined));
    record.close('error');
    for (const name of ['http.send', 'acme.http']) {
      expect(tracer.span(name)).toMatchObject({ status: 'unset', ended: true, errors: [] });
    }
  });

  it('measures a body for whoever wants to know, and for nobody else', () => {
    const { record, tracer, metrics } = new Attempt().begun();
    expect(record.serialize(() => 'aé')).toBe('aé');
    expect(tracer.span('acme.serialize').attributes).toEqual({ body_size_bytes: 3 });
    expect(metrics.values('acme_request_size_bytes')).toEqual([3]);
    const size = vi.fn<() => number>(() => 9);
    const body = Object.defineProperty({}, 'size', { get: size });
    new Attempt('standard', noopMetrics).begun().record.serialize(() => body);
    expect(size).not.toHaveBeenCalled();
  });

  it('gives the headers of its own span, or of the call where it has none', () => {
    const full = new Attempt().begun();
    const minimal = new Attempt('minimal').begun();
    expect(full.record.propagationHeaders).toEqual(
      full.tracer.propagationHeaders(full.tracer.span('acme.http')),
    );
    expect(minimal.record.propagationHeaders).toEqual(
      minimal.tracer.propagationHeaders(minimal.tracer.span('acme.create')),
    );
  });
});

describe('the end of an attempt', () => {
  it.each([
    ['ok', (record: AttemptRecord) => record.answered(), 'ok'],
    ['error', (record: AttemptRecord) => record.answered(), 'error'],
    ['ok', () => undefined, 'unset'],
    ['error', () => undefined, 'unset'],
  ] as const)('in a call that ends in %s', (end, before, status) => {
    const { record, tracer } = new Attempt().begun();
    before(record);
    record.close(end);
    expect(tracer.span('acme.http')).toMatchObject({ status, ended: true });
  });

  it('comes once, with what failed first', () => {
    const { record, tracer } = new Attempt().begun();
    const error = new Error('first');
    record.failed(error);
    record.failed(new Error('second'));
    record.close('ok');
    expect(record.error).toBe(error);
    expect(tracer.span('acme.http')).toMatchObject({
      status: 'error',
      errors: [error],
      lateCalls: [],
    });
  });

  it('comes to one that never began, too', () => {
    const { record, tracer } = new Attempt();
    record.close('ok');
    expect(tracer.spans.map(({ name }) => name)).toEqual(['acme.create', 'acme.execute']);
  });
});
