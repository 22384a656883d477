import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError } from '@integrations/errors';
import { Gauge } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMetrics, type PrometheusMetrics } from './create-metrics.ts';
import { parseExposition } from './exposition-parser.test.support.ts';
import type { HandlerOptions } from './metrics-handler.ts';

const PLAIN = 'text/plain; version=0.0.4; charset=utf-8';
const OPEN = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

async function serve(metrics: PrometheusMetrics, options?: HandlerOptions): Promise<string> {
  const server = createServer(metrics.handler(options));
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Without the headers that fetch adds by itself. */
async function ask(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> {
  const request = httpRequest(url, { method, headers, agent: false });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  let body = '';
  for await (const part of response) body += String(part);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function someMetrics(): PrometheusMetrics {
  const metrics = createMetrics({
    exemplar: () => ({ trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) }),
  });
  metrics.counter('calls_total', { labelNames: ['model'] }).add(3, { model: 'gpt-5 "é"' });
  metrics.histogram('seconds', { buckets: [1, 2] }).observe(1.5);
  return metrics;
}

describe('handler', () => {
  it.each([
    [undefined, PLAIN],
    ['*/*', PLAIN],
    ['text/html,application/xhtml+xml,*/*;q=0.8', PLAIN],
    ['application/openmetrics-text', OPEN],
    [
      'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
      OPEN,
    ],
    [
      'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      OPEN,
    ],
    ['text/plain;q=0.9,application/openmetrics-text;q=0.1', PLAIN],
    ['application/openmetrics-text;version=0.0.1', PLAIN],
    ['application/openmetrics-text;q=0', PLAIN],
    ['application/openmetrics-text;q=x', PLAIN],
    ['APPLICATION/OpenMetrics-Text; Version="1.0.0"', OPEN],
  ])('answers Accept %j with %s', async (accept, contentType) => {
    const url = await serve(someMetrics());
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    const answer = await ask(`${url}/metrics`, { headers });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': contentType } });
    const scrape = parseExposition(
      answer.body,
      contentType === OPEN ? 'openmetrics' : 'prometheus',
    );
    expect(scrape.value('calls_total', { model: 'gpt-5 "é"' })).toBe(3);
    expect(answer.body.includes(`# {trace_id="${'a'.repeat(32)}"`)).toBe(contentType === OPEN);
  });

  it('answers HEAD with the headers alone', async () => {
    const url = await serve(someMetrics());
    const full = await ask(`${url}/metrics`);
    const head = await ask(`${url}/metrics`, { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(full.body)));
  });

  it.each(['/', '/metrics/', '/metricsx', '/other?path=/metrics'])(
    'answers 404 at %s',
    async (path) => {
      const url = await serve(someMetrics());
      expect(await ask(`${url}${path}`)).toMatchObject({ status: 404 });
    },
  );

  it.each(['POST', 'DELETE', 'OPTIONS'])('answers 405 to %s', async (method) => {
    const url = await serve(someMetrics());
    expect(await ask(`${url}/metrics`, { method })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it('serves another path, whatever the query', async () => {
    const url = await serve(someMetrics(), { path: '/internal/metrics' });
    expect(await ask(`${url}/internal/metrics?a=b`)).toMatchObject({ status: 200 });
    expect(await ask(`${url}/metrics`)).toMatchObject({ status: 404 });
    expect(() => someMetrics().handler({ path: 'metrics' })).toThrow(ConfigurationError);
  });

  it('gives scrapers of both formats the right one at the same time', async () => {
    const url = await serve(someMetrics());
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ask(`${url}/metrics`, {
          headers: { accept: index % 2 === 0 ? 'text/plain' : 'application/openmetrics-text' },
        }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body)).size).toBe(2);
    for (const [index, { headers, body }] of answers.entries()) {
      expect(headers['content-type']).toBe(index % 2 === 0 ? PLAIN : OPEN);
      parseExposition(body, index % 2 === 0 ? 'prometheus' : 'openmetrics');
    }
  });

  it('answers 500 when a metric cannot be collected, and goes on serving', async () => {
    const problems: Error[] = [];
    const metrics = createMetrics({ onError: (problem) => problems.push(problem) });
    let isBroken = true;
    const gauge = new Gauge({
      name: 'queue',
      help: 'Of the application.',
      registers: [metrics.registry],
      collect: () => {
        if (isBroken) throw new Error('no database');
      },
    });
    const url = await serve(metrics);
    const failed = await ask(`${url}/metrics`);
    expect(failed).toMatchObject({ status: 500 });
    expect(failed.body).not.toContain('database');
    expect(problems).toMatchObject([{ cause: { message: 'no database' } }]);
    isBroken = false;
    gauge.set(4);
    expect((await ask(`${url}/metrics`)).body).toContain('queue 4');
  });
});
