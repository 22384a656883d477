import type { Client } from 'undici';
import { expect, it, vi } from 'vitest';
import { serveHttp } from './local-servers.test.support.ts';
import { UndiciTransport } from './undici-transport.ts';

const made = vi.hoisted(() => ({ options: [] as unknown[] }));

vi.mock('undici', async (load) => {
  const undici = await load<{
    Client: new (...given: ConstructorParameters<typeof Client>) => Client;
  }>();
  class WatchedClient extends undici.Client {
    constructor(...given: ConstructorParameters<typeof Client>) {
      super(...given);
      made.options.push(given[1]);
    }
  }
  return { ...undici, Client: WatchedClient };
});

// undici's own limits are five minutes each, and would end calls that may take longer.
it('leaves no limit of undici in force', async () => {
  await using server = await serveHttp((_request, response) => response.end());
  await using transport = new UndiciTransport();
  await transport.send({ method: 'GET', url: server.origin, headers: {} });
  expect(made.options).toEqual([expect.objectContaining({ headersTimeout: 0, bodyTimeout: 0 })]);
});
