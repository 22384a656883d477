import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { serveHttp, text, until } from './local-servers.test.support.ts';
import { UndiciTransport } from './undici-transport.ts';

const run = promisify(execFile);

/** What a process of its own prints, in which `resolve` sees every import. */
async function output(resolve: string, body: string): Promise<string[]> {
  const transport = new URL('undici-transport.ts', import.meta.url).href;
  const script = `
    import { registerHooks } from 'node:module';
    registerHooks({ resolve(specifier, context, next) { ${resolve} } });
    const { UndiciTransport } = await import(${JSON.stringify(transport)});
    ${body}
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
  return stdout.trimEnd().split('\n');
}

describe('undici', () => {
  it('is loaded by the first request, and by nothing before it', async () => {
    await using server = await serveHttp((_request, response) => response.end('ok'));
    const request = JSON.stringify({ method: 'GET', url: server.origin, headers: {} });
    const lines = await output(
      `if (specifier === 'undici' || specifier === 'node:tls') console.log(specifier);
      return next(specifier, context);`,
      `const unused = new UndiciTransport();
      await unused.close();
      const transport = new UndiciTransport();
      console.log('request');
      await transport.send(${request});
      await transport.close();`,
    );
    expect(lines[0]).toBe('request');
    expect(new Set(lines)).toEqual(new Set(['request', 'undici', 'node:tls']));
  }, 30_000);

  it('missing is a ConfigurationError of each request, and of nothing else', async () => {
    const request = JSON.stringify({ method: 'GET', url: 'https://127.0.0.1/path', headers: {} });
    const lines = await output(
      `if (specifier === 'undici') throw new Error('it is not there');
      return next(specifier, context);`,
      `const transport = new UndiciTransport();
      const failed = [transport.send(${request}), transport.sendStreaming(${request})];
      const closing = transport.close();
      for (const { reason } of await Promise.allSettled(failed)) console.log(String(reason));
      await closing;
      console.log('closed');`,
    );
    const message =
      'ConfigurationError: GET https://127.0.0.1/path: undici, which carries the requests, could not be loaded (it is not there). Install it again, or use a FetchTransport. Nothing was sent.';
    expect(lines).toEqual([message, message, 'closed']);
  }, 30_000);
});

describe('first requests', () => {
  it('made together share their connections', async () => {
    await using server = await serveHttp((_request, response) => response.end('ok'));
    await using transport = new UndiciTransport({ maxConnections: 1 });
    const request = { method: 'GET', url: server.origin, headers: {} } as const;
    const responses = await Promise.all([1, 2, 3].map(() => transport.send(request)));
    expect(responses.map(({ body }) => text(body))).toEqual(['ok', 'ok', 'ok']);
    expect(server.sockets).toHaveLength(1);
  });

  it('are finished by a close that came while undici was loaded', async () => {
    await using server = await serveHttp((_request, response) => response.end('ok'));
    const transport = new UndiciTransport();
    const sent = transport.send({ method: 'GET', url: server.origin, headers: {} });
    await transport.close();
    expect(text((await sent).body)).toBe('ok');
    await until(() => server.openSockets() === 0);
  });
});
