import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRetryExecutor, ExponentialBackoff } from '@integrations/retry';
import type { IntegrationError } from '@integrations/errors';
import { ResilienceOrchestrator } from '@integrations/resilience';
import { type UploadProgress, UndiciTransport } from '@integrations/transport';
import { systemClock } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { AcmeHarness } from './acme.test.support.ts';
import type { CallerOptions } from './caller-options.ts';
import type { JsonEndpoint } from './endpoint.ts';
import { FORM_BODY, REPEATING_FORM_BODY } from './form-body.ts';
import { failure } from './manual-response.test.support.ts';
import { toStreamingFile } from './to-file.ts';
import type { Uploadable } from './uploadable.ts';

interface FileRequest {
  readonly file: Uploadable;
  readonly purpose?: string;
  readonly expires_after?: { readonly seconds: number };
}

interface FileObject {
  readonly id: string;
}

const CREATE: JsonEndpoint<FileRequest, FileObject> = {
  operation: 'files.create',
  method: 'POST',
  path: '/files',
  encoding: FORM_BODY,
  resultKey: 'id',
};

/** The form of a request that a mock transport has kept. */
async function formOf(h: AcmeHarness, index = 0): Promise<[string, unknown][]> {
  const request = h.transport.requests[index];
  const headers = { 'content-type': request?.headers['content-type'] ?? '' };
  const form = await new Response(request?.body as Uint8Array<ArrayBuffer>, { headers }).formData();
  return Promise.all(
    [...form].map(async ([name, value]): Promise<[string, unknown]> => [
      name,
      typeof value === 'string' ? value : [value.name, await value.text()],
    ]),
  );
}

async function* pieces(): AsyncGenerator<string> {
  yield 'ab';
  yield 'c';
}

describe('a call with a form', () => {
  it('sends fields and files', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { id: 'file_1' } });
    const body = {
      purpose: 'batch',
      file: new File(['abc'], 'a.jsonl'),
      expires_after: { seconds: 60 },
    };
    const headers = { 'content-type': 'text/plain', 'x-team': 'red' };
    expect(await h.caller.call(CREATE, { body }, { headers })).toEqual({ id: 'file_1' });
    expect(h.transport.requests[0]?.headers).toMatchObject({
      'x-team': 'red',
      'content-type': expect.stringContaining('multipart/form-data; boundary='),
    });
    expect(await formOf(h)).toEqual([
      ['purpose', 'batch'],
      ['file', ['a.jsonl', 'abc']],
      ['expires_after[seconds]', '60'],
    ]);
  });

  it('names the items of a list as the API reads them', async () => {
    const h = new AcmeHarness();
    const body = { file: new Blob(['abc']), words: ['a', 'b'] };
    const { file: _file, ...lists } = body;
    for (const encoding of [FORM_BODY, REPEATING_FORM_BODY]) {
      h.transport.respond({ json: { id: 'file_1' } });
      await h.caller.call({ ...CREATE, encoding }, { body: lists as typeof body });
    }
    expect((await formOf(h)).map(([name]) => name)).toEqual(['words[]', 'words[]']);
    expect((await formOf(h, 1)).map(([name]) => name)).toEqual(['words', 'words']);
  });

  it('sends the same form again', async () => {
    const h = new AcmeHarness({ attempts: 2 });
    h.transport.respond({ status: 500 }).respond({ json: { id: 'file_1' } });
    await h.caller.call(CREATE, { body: { file: new Blob(['abc']) } });
    expect(await formOf(h, 1)).toEqual(await formOf(h, 0));
  });

  it('tells how far it has come', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { id: 'file_1' } });
    const seen: UploadProgress[] = [];
    const onUploadProgress = (progress: UploadProgress): void => void seen.push(progress);
    await h.caller.call(CREATE, { body: { file: new Blob(['abc']) } }, { onUploadProgress });
    const sent = h.transport.requests[0]?.body as Uint8Array;
    expect(seen.at(-1)).toEqual({ sentBytes: sent.length, totalBytes: sent.length });
  });

  it('is not sent where a field cannot be', async () => {
    const h = new AcmeHarness();
    const body = { file: new Blob([]), purpose: null as unknown as string };
    expect(await failure(h.caller.call(CREATE, { body }))).toMatchObject({ code: 'validation' });
    expect(h.transport.requests).toEqual([]);
  });

  it('shows no file in logs', async () => {
    const h = new AcmeHarness({ settings: { logRequests: true } });
    h.transport.respond({ json: { id: 'file_1' } });
    const body = { purpose: 'batch', file: new Uint8Array([7, 7, 7]) };
    await h.caller.call(CREATE, { body });
    const lines = JSON.stringify(h.logger.lines);
    expect(lines).toContain('[file]');
    expect(lines).toContain('batch');
    expect(lines).not.toContain('7');
  });

  describe('whose file can be read once', () => {
    function withRetries(options: Partial<CallerOptions> = {}): AcmeHarness {
      const policy = new ExponentialBackoff({ maxAttempts: 3, initialDelay: 0 });
      const retry = createRetryExecutor(policy, { clock: systemClock });
      const h: AcmeHarness = new AcmeHarness({
        protections: () => ({
          orchestrator: new ResilienceOrchestrator({ retry, attemptTimeout: 1000, clock: h.clock }),
          circuitBreaker: undefined,
          rateLimiter: undefined,
        }),
        ...options,
      });
      return h;
    }

    it.each<[string, () => Uploadable, number]>([
      ['is not made again once its first byte was read', pieces, 1],
      ['is made again where the file is opened anew', () => toStreamingFile(pieces, 'a'), 3],
    ])('%s', async (_name, file, requests) => {
      const h = withRetries();
      for (let count = 0; count < 3; count += 1) h.transport.respond({ status: 503 });
      const error = (await failure(
        h.caller.call(CREATE, { body: { file: file() } }),
      )) as IntegrationError;
      expect(h.transport.requests).toHaveLength(requests);
      expect(error).toMatchObject({ code: 'overloaded', status: 503, retryable: requests > 1 });
      expect(error.message.includes('can be read once only')).toBe(requests === 1);
    });

    it('is not made again after its time was up', async () => {
      let requests = 0;
      let arrived: (() => void) | undefined;
      const begun = new Promise<void>((resolve) => (arrived = resolve));
      const server = createServer((request) => {
        requests += 1;
        request.once('data', () => arrived?.());
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      await using transport = new UndiciTransport();
      const h = withRetries({
        transport,
        defaults: { baseURL: `http://127.0.0.1:${port}`, headers: {}, query: {} },
      });
      const call = failure(h.caller.call(CREATE, { body: { file: pieces() } }));
      await begun;
      await h.clock.advance(1000);
      expect(await call).toMatchObject({ code: 'attempt_timeout', retryable: false });
      expect(requests).toBe(1);
      server.closeAllConnections();
      server.close();
    });
  });
});
