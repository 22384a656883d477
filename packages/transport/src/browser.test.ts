import { ConfigurationError, ConnectionError, ProtocolError } from '@integrations/errors';
import { expect, it } from 'vitest';
import * as browser from './browser.ts';
import * as node from './index.ts';
import { readText, rejection, serveHttp, text } from './local-servers.test.support.ts';

it('has every name that the entry for Node.js has', () => {
  expect(Object.keys(browser).toSorted()).toEqual(Object.keys(node).toSorted());
});

it('carries requests over fetch', () => {
  expect(browser.createPlatformTransport()).toBeInstanceOf(browser.FetchTransport);
  expect(node.createPlatformTransport()).toBeInstanceOf(node.UndiciTransport);
});

it('refuses what only Node.js has, and says what to use', () => {
  expect(() => browser.createPlatformTransport({ proxy: 'http://127.0.0.1:8080' })).toThrow(
    ConfigurationError,
  );
  const construct = (): unknown => Reflect.construct(browser.UndiciTransport, []);
  expect(construct).toThrow(ConfigurationError);
  expect(construct).toThrow(/Use a FetchTransport/);
});

it('sends and streams as the transport of Node.js does', async () => {
  await using server = await serveHttp((_request, response) => response.end('hello'));
  await using transport = new browser.FetchTransport();
  const request = { method: 'GET', url: server.origin, headers: {} } as const;
  expect(text((await transport.send(request)).body)).toBe('hello');
  expect(await readText((await transport.sendStreaming(request)).body)).toBe('hello');
});

it('sends a streaming body whole, where HTTP/2 may be missing', async () => {
  let init: RequestInit | undefined;
  const transport = new browser.FetchTransport({
    fetch: async (_input, given) => {
      init = given;
      return new Response('ok');
    },
  });
  const body = new browser.MultipartBody([{ name: 'purpose', value: 'batch' }]);
  await transport.send({ method: 'POST', url: 'https://api.acme.test', headers: {}, body });
  expect(init?.body).toBeInstanceOf(Blob);
  expect(init).not.toHaveProperty('duplex');
});

it('follows no redirect, and says what to do', async () => {
  await using server = await serveHttp((_request, response) => {
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  await using transport = new browser.FetchTransport();
  const failed = await rejection(
    transport.send({ method: 'GET', url: server.origin, headers: {} }),
  );
  expect(failed).toBeInstanceOf(ProtocolError);
  expect(failed).toMatchObject({ message: expect.stringContaining('as the base URL') });
});

it('tells what browsers hide: the host may not let pages call it', async () => {
  const transport = new browser.FetchTransport({
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
  });
  const request = { method: 'GET', url: 'https://api.acme.test', headers: {} } as const;
  const failed = await rejection(transport.send(request));
  expect(failed).toBeInstanceOf(ConnectionError);
  expect(failed).toMatchObject({ message: expect.stringMatching(/Failed to fetch.*CORS/) });
});
