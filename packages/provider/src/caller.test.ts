import { getEventListeners } from 'node:events';
import {
  AbortedError,
  AttemptTimeoutError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  type IntegrationError,
  InvalidJsonError,
  ProtocolError,
  RateLimitError,
  SerializationError,
  ServerError,
  TotalTimeoutError,
  UnexpectedContentTypeError,
  UnexpectedStatusError,
  ValidationError,
} from '@integrations/errors';
import { type MockResponse, TestLogger } from '@integrations/testing';
import type { HttpRequest, HttpTransport } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { type AcmeAnswer, AcmeHarness, CREATE, RETRIEVE } from './acme.test.support.ts';
import type { CallOptions } from './call-options.ts';
import { failure } from './manual-response.test.support.ts';

const ANSWER = { output: 'hi', usage: { inputTokens: 3, outputTokens: 5 } };

/** What every failed call leaves behind: one closed record, and nothing else. */
function expectClosed(h: AcmeHarness, ending: string): void {
  expect(h.endings).toEqual([ending]);
  expect(h.tracer.open).toEqual([]);
  expect(h.tracer.spans.flatMap(({ lateCalls }) => lateCalls)).toEqual([]);
  expect(h.clock.pending).toBe(0);
}

describe('call', () => {
  describe('the request on the wire', () => {
    it('has method, address, headers and body', async () => {
      const h = new AcmeHarness();
      h.transport.respond({ json: ANSWER });
      await h.create({ model: 'small', input: { snake_case: ['ü', 1] } });
      const [request] = h.transport.requests;
      expect(request).toMatchObject({
        method: 'POST',
        url: 'https://api.acme.test/v1/answers',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          authorization: 'Bearer test-key-1',
        },
        body: '{"model":"small","input":{"snake_case":["ü",1]}}',
      });
      expect(request?.signal).toBeInstanceOf(AbortSignal);
    });

    it('has neither body nor content type where there is nothing to send', async () => {
      const h = new AcmeHarness();
      h.transport.respond({ json: ANSWER });
      await h.caller.call(RETRIEVE, { params: { answer_id: 'a/b' } });
      const [request] = h.transport.requests;
      expect(request?.url).toBe('https://api.acme.test/v1/answers/a%2Fb');
      expect(request).not.toHaveProperty('body');
      expect(request?.headers).not.toHaveProperty('content-type');
    });

    it('merges headers: those of the call win in any case, undefined removes', async () => {
      const h = new AcmeHarness({
        defaults: {
          baseURL: 'https://api.acme.test/v1',
          headers: { 'user-agent': 'acme', 'x-team': 'red', 'x-trace': '1' },
          query: {},
        },
      });
      h.transport.respond({ json: ANSWER });
      await h.create(undefined, {
        headers: {
          'X-Team': 'blue',
          'X-TRACE': undefined,
          Authorization: undefined,
          'x-new': 'yes',
        },
        idempotencyKey: 'key-1',
      });
      const sent = Object.entries(h.transport.requests[0]?.headers ?? {});
      expect(Object.fromEntries(sent.filter(([, value]) => value !== undefined))).toEqual({
        accept: 'application/json',
        'content-type': 'application/json',
        traceparent: expect.stringMatching(/^00-/),
        'user-agent': 'acme',
        'x-team': 'blue',
        'x-new': 'yes',
        'idempotency-key': 'key-1',
      });
    });

    it('merges queries: call over request over client, undefined removes', async () => {
      const h = new AcmeHarness({
        defaults: {
          baseURL: 'https://api.acme.test/v1',
          headers: {},
          query: { a: 'client', b: 'client', c: 'client', d: 'client' },
        },
      });
      h.transport.respond({ json: ANSWER });
      await h.caller.call(
        CREATE,
        { query: { b: 'request', c: 'request' }, body: {} },
        { query: { c: ['call', 'twice'], d: undefined } },
      );
      expect(h.transport.requests[0]?.url).toBe(
        'https://api.acme.test/v1/answers?a=client&b=request&c=call&c=twice',
      );
    });

    it('asks for credentials at every attempt, and sends the same otherwise', async () => {
      const h = new AcmeHarness({ attempts: 3 });
      h.transport.respond({ status: 500 }).respond({ status: 500 }).respond({ json: ANSWER });
      await h.create(undefined, { idempotencyKey: 'key-1' });
      const [first, second, third] = h.transport.requests;
      expect(h.transport.requests.map(({ headers }) => headers['authorization'])).toEqual([
        'Bearer test-key-1',
        'Bearer test-key-2',
        'Bearer test-key-3',
      ]);
      for (const request of [second, third]) {
        expect(request?.headers['idempotency-key']).toBe('key-1');
        expect(request?.body).toBe(first?.body);
        expect(request?.url).toBe(first?.url);
      }
    });
  });

  describe('what is wrong before anything is sent', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;

    it.each<[string, (h: AcmeHarness) => PromiseLike<unknown>, unknown, RegExp]>([
      [
        'an invalid body',
        (h) => h.create({ input: 'forbidden' }),
        ValidationError,
        /^acme answers\.create: .*not sent\. input: is forbidden/,
      ],
      ['a cycle', (h) => h.create({ input: cyclic }), SerializationError, /nothing was sent/],
      ['a bigint', (h) => h.create({ input: 1n }), SerializationError, /nothing was sent/],
      [
        'a body that JSON has no word for',
        (h) => h.caller.call(CREATE, { body: (() => 1) as never }),
        SerializationError,
        /it is a function\); nothing was sent/,
      ],
      [
        'a path parameter that is missing',
        (h) => h.caller.call(RETRIEVE, {}),
        ValidationError,
        /`answer_id`.*nothing was sent/,
      ],
      [
        'a path parameter that leads elsewhere',
        (h) => h.caller.call(RETRIEVE, { params: { answer_id: '..' } }),
        ValidationError,
        /Nothing was sent/,
      ],
      [
        'a query value that is none',
        (h) => h.create(undefined, { query: { a: Number.NaN } }),
        ValidationError,
        /"a"/,
      ],
      [
        'a timeout that is none',
        (h) => h.create(undefined, { timeout: 'soon' as never }),
        ConfigurationError,
        /`timeout` must be a duration .*not "soon"\./,
      ],
      [
        'a timeout of null',
        (h) => h.create(undefined, { timeout: null as never }),
        ConfigurationError,
        /`timeout` must be .*not null/,
      ],
      [
        'a negative totalTimeout',
        (h) => h.create(undefined, { totalTimeout: -1 }),
        ConfigurationError,
        /`totalTimeout` must be a duration .*not -1\./,
      ],
      [
        'a streamIdleTimeout that is none',
        (h) => h.stream({ streamIdleTimeout: '1 day' as never }),
        ConfigurationError,
        /`streamIdleTimeout` must be a duration .*not "1 day"\./,
      ],
      [
        'a signal that is aborted already',
        (h) => h.create(undefined, { signal: AbortSignal.abort() }),
        AbortedError,
        /^acme answers\.create/,
      ],
    ])('is %s', async (_name, call, type, message) => {
      const h = new AcmeHarness();
      const error = await failure(call(h));
      expect(error).toBeInstanceOf(type);
      expect((error as Error).message).toMatch(message);
      expect(h.transport.requests).toEqual([]);
      expect(h.asked).toBe(0);
      expectClosed(h, 'error');
    });

    it('is a failing source of credentials, raw or typed', async () => {
      const cause = new Error('vault is sealed');
      const raw = new AcmeHarness({ authenticate: () => Promise.reject(cause) });
      const error = await failure(raw.create());
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ cause, message: expect.stringContaining('credentials') });
      const typed = new ConnectionError('vault is away');
      const other = new AcmeHarness({
        authenticate: () => {
          throw typed;
        },
      });
      expect(await failure(other.create())).toBe(typed);
      expect([...raw.transport.requests, ...other.transport.requests]).toEqual([]);
      expectClosed(raw, 'error');
    });

    it('is an abort while the credentials are fetched, whatever the transport heeds', async () => {
      const sent: HttpRequest[] = [];
      const heedless: HttpTransport = {
        send: async (request) => {
          sent.push(request);
          return { status: 200, headers: {}, url: request.url, body: new Uint8Array() };
        },
        sendStreaming: () => Promise.reject(new Error('not used')),
      };
      let give = (): void => undefined;
      const credentials = new Promise<Record<string, string>>((resolve) => {
        give = () => resolve({});
      });
      const h = new AcmeHarness({ transport: heedless, authenticate: () => credentials });
      const controller = new AbortController();
      const failed = failure(h.create(undefined, { signal: controller.signal }));
      await h.clock.advance(0);
      controller.abort();
      expect(await failed).toBeInstanceOf(AbortedError);
      give();
      await h.clock.advance(0);
      expect(sent).toEqual([]);
    });
  });

  describe('the result', () => {
    it('is the body as it came, with the request id beside it', async () => {
      const h = new AcmeHarness();
      h.transport.respond({
        json: { ...ANSWER, unknown_field: { kept: true } },
        headers: { 'cf-ray': 'ray-1' },
      });
      const result = await h.create();
      expect(result).toEqual({ ...ANSWER, unknown_field: { kept: true } });
      expect(result.requestId).toBe('ray-1');
      expect(Object.keys(result)).not.toContain('requestId');
      expect(JSON.stringify(result)).not.toContain('ray-1');
      expectClosed(h, 'ok');
    });

    it('keeps a requestId that the API itself sent', async () => {
      const h = new AcmeHarness();
      h.transport.respond({
        json: { ...ANSWER, requestId: 'theirs' },
        headers: { 'x-request-id': 'req_1' },
      });
      expect(await h.create()).toEqual({ ...ANSWER, requestId: 'theirs' });
    });

    it('is what the endpoint makes of the body', async () => {
      const h = new AcmeHarness();
      h.transport.respond({ json: ANSWER, headers: { 'x-request-id': 'req_1' } });
      const endpoint = {
        ...CREATE,
        toResult: ({ output }: AcmeAnswer): AcmeAnswer => ({ output: `${output}!` }),
      };
      const result = await h.caller.call(endpoint, { body: {} });
      expect(result).toEqual({ output: 'hi!' });
      expect(result.requestId).toBe('req_1');
    });

    it('is typed when an endpoint cannot make sense of the body', async () => {
      const h = new AcmeHarness();
      h.transport.respond({ json: { output: null }, headers: { 'x-request-id': 'req_1' } });
      const endpoint = {
        ...CREATE,
        toResult: ({ output }: AcmeAnswer): AcmeAnswer => ({ output: output.trim() }),
      };
      const error = await failure(h.caller.call(endpoint, { body: {} }));
      expect(error).toBeInstanceOf(ProtocolError);
      expect(error).toMatchObject({
        requestId: 'req_1',
        status: 200,
        cause: expect.any(TypeError),
      });
      expectClosed(h, 'error');
    });
  });

  describe('an answer that is an error', () => {
    it('becomes the provider’s own error, with request id and the wait asked for', async () => {
      const h = new AcmeHarness();
      h.transport.respond({
        status: 429,
        headers: { 'x-request-id': 'req_9', 'retry-after': '7' },
        json: { error: { message: 'slow down' } },
      });
      const error = await failure(h.create());
      expect(error).toBeInstanceOf(RateLimitError);
      expect(error).toMatchObject({
        status: 429,
        requestId: 'req_9',
        retryAfterMs: 7000,
        context: { body: { error: { message: 'slow down' } } },
        message: expect.stringMatching(/^acme answers\.create/),
      });
      expectClosed(h, 'error');
    });

    it('reads a date to wait for by the clock', async () => {
      const h = new AcmeHarness();
      h.transport.respond({
        status: 503,
        headers: { 'retry-after': new Date(h.clock.epoch() + 90_000).toUTCString() },
      });
      expect(await failure(h.create())).toMatchObject({ retryAfterMs: 90_000 });
    });

    it.each<[string, MockResponse, string]>([
      ['HTML', { text: '<html>502</html>' }, '<html>502</html>'],
      ['an empty body', {}, ''],
      ['half of a JSON body', { text: '{"error":', headers: {} }, '{"error":'],
    ])('may have %s for its body', async (_name, response, body) => {
      const h = new AcmeHarness();
      h.transport.respond({ ...response, status: 502 });
      const error = await failure(h.create());
      expect(error).toBeInstanceOf(ServerError);
      expect(error).toMatchObject({ status: 502, context: { body } });
    });

    it('may come with a success status', async () => {
      const h = new AcmeHarness();
      h.transport.respond({
        json: { error: { message: 'no' } },
        headers: { 'x-request-id': 'req_9' },
      });
      const error = await failure(h.create());
      expect(error).toBeInstanceOf(UnexpectedStatusError);
      expect(error).toMatchObject({
        requestId: 'req_9',
        context: { body: { error: { message: 'no' } } },
      });
      expectClosed(h, 'error');
    });

    it('is not seen in a member named error that says nothing', async () => {
      const h = new AcmeHarness();
      h.transport.respond({ json: { ...ANSWER, error: null } });
      expect(await h.create()).toEqual({ ...ANSWER, error: null });
    });
  });

  describe('an answer that is none', () => {
    it.each<[string, MockResponse, unknown, RegExp]>([
      [
        'HTML',
        { text: '<html>\n  <b>log in</b>', headers: { 'content-type': 'text/html' } },
        UnexpectedContentTypeError,
        /200 with text\/html: "<html> <b>log in<\/b>"/,
      ],
      ['an empty body', {}, ProtocolError, /200 with an empty body/],
      ['blanks', { text: ' \n', headers: {} }, ProtocolError, /empty body/],
      ['no content', { status: 204 }, ProtocolError, /204 with an empty body/],
      [
        'broken JSON',
        { text: '{"output":', headers: { 'content-type': 'application/json' } },
        InvalidJsonError,
        /not valid JSON/,
      ],
      ['JSON without its result', { json: { id: 1 } }, ProtocolError, /no `output`: .*id/],
      ['JSON that is no object', { json: 'hello' }, ProtocolError, /no `output`/],
      [
        'JSON that is null',
        { text: 'null', headers: { 'content-type': 'application/json' } },
        ProtocolError,
        /no `output`/,
      ],
    ])('is %s', async (_name, response, type, message) => {
      const h = new AcmeHarness();
      h.transport.respond({
        ...response,
        headers: { ...response.headers, 'x-request-id': 'req_9' },
      });
      const error = await failure(h.create());
      expect(error).toBeInstanceOf(type);
      expect((error as Error).message).toMatch(message);
      expect(error).toMatchObject({ requestId: 'req_9', status: response.status ?? 200 });
      expectClosed(h, 'error');
    });

    it('quotes no more than the start of a long body', async () => {
      const h = new AcmeHarness();
      h.transport.respond({
        text: `<html>${'x'.repeat(1e6)}`,
        headers: { 'content-type': 'text/html' },
      });
      expect(((await failure(h.create())) as Error).message.length).toBeLessThan(400);
    });

    it.each(['application/json; charset=utf-8', 'application/vnd.acme+json', 'APPLICATION/JSON'])(
      'is not %s',
      async (contentType) => {
        const h = new AcmeHarness();
        h.transport.respond({ json: ANSWER, headers: { 'content-type': contentType } });
        expect(await h.create()).toEqual(ANSWER);
      },
    );
  });

  describe('the way there', () => {
    it('makes a connection error of what a transport throws, with its cause', async () => {
      const cause = new TypeError('fetch failed');
      const h = new AcmeHarness();
      h.transport.fail(cause);
      const error = await failure(h.create());
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ cause, message: expect.stringContaining('fetch failed') });
      expectClosed(h, 'error');
    });

    it('passes on a typed error', async () => {
      const typed = new AuthenticationError('no');
      const h = new AcmeHarness();
      h.transport.fail(typed);
      expect(await failure(h.create())).toBe(typed);
    });

    it('takes what is no error for a failure too', async () => {
      const h = new AcmeHarness();
      h.transport.fail('a string');
      expect(await failure(h.create())).toMatchObject({ cause: 'a string', code: 'connection' });
    });

    it('types what an orchestrator throws', async () => {
      const cause = new Error('circuit is open');
      const h = new AcmeHarness({
        protection: { orchestrator: { execute: () => Promise.reject(cause) } },
      });
      expect(await failure(h.create())).toMatchObject({ code: 'connection', cause });
      expectClosed(h, 'error');
    });
  });

  describe('limits', () => {
    it.each<[string, CallOptions, unknown]>([
      ['timeout', { timeout: '2s' }, AttemptTimeoutError],
      ['totalTimeout', { totalTimeout: '2s' }, TotalTimeoutError],
    ])('of the call: %s', async (_name, options, type) => {
      const h = new AcmeHarness();
      h.transport.hang();
      const failed = failure(h.create(undefined, options));
      await h.clock.advance(1999);
      expect(h.clock.pending).toBeGreaterThan(0);
      await h.clock.advance(1);
      expect(await failed).toBeInstanceOf(type);
      expect(await failed).toMatchObject({
        message: expect.stringMatching(/^acme answers\.create/),
      });
      expectClosed(h, 'error');
    });

    it('of the call may be none', async () => {
      const h = new AcmeHarness();
      h.transport.respond({ json: ANSWER });
      const running = h.create(undefined, { timeout: 0 });
      expect(h.clock.pending).toBe(0);
      await running;
      expect(h.transport.requests[0]?.signal?.aborted).toBe(false);
      expect(h.clock.pending).toBe(0);
    });

    it('end with the caller’s abort, and leave no listener', async () => {
      const h = new AcmeHarness();
      h.transport.hang();
      const controller = new AbortController();
      const { signal } = controller;
      const failed = failure(h.create(undefined, { signal }));
      await h.clock.advance(0);
      controller.abort('enough');
      expect(await failed).toBeInstanceOf(AbortedError);
      expect(await failed).toMatchObject({ cause: 'enough' });
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      expectClosed(h, 'error');
    });
  });

  it('never shows credentials in an error or a log line', async () => {
    const logger = new TestLogger();
    const h = new AcmeHarness();
    h.transport.fail(new Error('sent Authorization: Bearer test-key-1'));
    const error = (await failure(h.create())) as IntegrationError;
    const shown = JSON.stringify([error, error.message, h.logger.lines, logger.lines]);
    expect(shown).not.toContain('test-key');
  });
});
