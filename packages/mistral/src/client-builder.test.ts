import { AuthenticationError, ConfigurationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { FetchTransport } from '@integrations/transport';
import { createConfig, fromObject } from '@integrations/config';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MistralClient } from './client.ts';
import { MistralClientBuilder } from './client-builder.ts';
import type { MistralClientOptions } from './options.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await createSimulator({ provider: 'mistral', apiKeys: ['test-key'] });
});

afterEach(async () => {
  await simulator.close();
});

describe('MistralClient.builder()', () => {
  it('makes a client that works', async () => {
    await using client = MistralClient.builder()
      .apiKey('test-key')
      .baseURL(simulator.baseURL)
      .timeout('5s')
      .maxRetries(1)
      .build();
    expect(client).toBeInstanceOf(MistralClient);
    const models = await client.models.list();
    expect(models.data.length).toBeGreaterThan(0);
    expect(simulator.requests.map(({ path }) => path)).toEqual(['/v1/models']);
  });

  it('passes every option on, under its own name', () => {
    const built: MistralClientOptions[] = [];
    const builder = new MistralClientBuilder((options) => {
      built.push(options);
      return new MistralClient({ apiKey: 'test-key' });
    });
    const given = {
      apiKey: 'test-key',
      baseURL: 'https://proxy.test',
      timeout: '3s',
      maxRetries: 4,
      retry: { initialDelay: 1 },
      circuitBreaker: false,
      rateLimit: { requestsPerMinute: 3 },
      tracer: new TestTracer(),
      logger: new TestLogger(),
      metrics: new TestMetrics(),
      transport: new FetchTransport(),
      config: createConfig([fromObject({})]),
    } as const;
    builder
      .apiKey(given.apiKey)
      .baseURL(given.baseURL)
      .timeout(given.timeout)
      .maxRetries(given.maxRetries)
      .retry(given.retry)
      .circuitBreaker(given.circuitBreaker)
      .rateLimit(given.rateLimit)
      .tracer(given.tracer)
      .logger(given.logger)
      .metrics(given.metrics)
      .transport(given.transport)
      .config(given.config)
      .options({ concurrency: 2 })
      .build();
    expect(built).toEqual([{ ...given, concurrency: 2 }]);
  });

  it('leaves a builder as it was, so that it can begin several clients', async () => {
    const base = MistralClient.builder().baseURL(simulator.baseURL);
    await using client = base.apiKey('test-key').build();
    await using other = base.apiKey('other-key').build();
    await client.models.list();
    await expect(other.models.list()).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('refuses what cannot be right only when it builds', () => {
    const builder = MistralClient.builder().apiKey('test-key').timeout(-1);
    expect(() => builder.build()).toThrow(ConfigurationError);
    expect(() => builder.build()).toThrow('timeout');
  });
});
