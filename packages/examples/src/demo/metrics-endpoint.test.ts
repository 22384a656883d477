import { describe, expect, it } from 'vitest';
import { DemoFailure } from './failure.ts';
import { openMetricsEndpoint } from './metrics-endpoint.ts';

describe('openMetricsEndpoint', () => {
  it('serves what its recorder is told, until it is closed', async () => {
    const endpoint = await openMetricsEndpoint(0);
    endpoint.recorder.counter('calls_total').add(2);
    const response = await fetch(endpoint.url);
    expect(await response.text()).toContain('calls_total 2\n');
    await endpoint[Symbol.asyncDispose]();
    await expect(fetch(endpoint.url)).rejects.toThrow('fetch failed');
  });

  it('says what to do when its port is taken', async () => {
    await using endpoint = await openMetricsEndpoint(0);
    const port = Number(new URL(endpoint.url).port);
    await expect(openMetricsEndpoint(port)).rejects.toThrow(DemoFailure);
    await expect(openMetricsEndpoint(port)).rejects.toThrow(
      `The metrics cannot be served on port ${port} of 127.0.0.1 (EADDRINUSE). Give --metrics another port`,
    );
  });
});
