import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMetrics } from '@integrations/metrics';
import type { MetricsRecorder } from '@integrations/types';
import { DemoFailure } from './failure.ts';

/** Metrics that a Prometheus can read. */
export interface MetricsEndpoint extends AsyncDisposable {
  /** For the client's option `metrics`. */
  readonly recorder: MetricsRecorder;
  /** Where to read them: `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
}

const HOST = '127.0.0.1';

/**
 * Opens `/metrics` on a port of this machine; 0 takes a free one.
 *
 * @throws DemoFailure when the port cannot be had.
 */
export async function openMetricsEndpoint(port: number): Promise<MetricsEndpoint> {
  const recorder = createMetrics();
  const server = createServer(recorder.handler());
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    recorder,
    url: `http://${HOST}:${taken}/metrics`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new DemoFailure(
      `The metrics cannot be served on port ${port} of ${HOST} (${code}). Give --metrics another port, or none to take a free one.`,
      { cause: error },
    );
  }
}
