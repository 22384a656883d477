import { ManualClock } from '@integrations/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AcmeHarness } from './acme.test.support.ts';
import { failure } from './manual-response.test.support.ts';
import { type ResponseHead, ResponsePromise } from './response-promise.ts';

const encoder = new TextEncoder();

interface Calls {
  reads: number;
  rawReads: number;
}

function head(over: Partial<ResponseHead> = {}): ResponseHead {
  return {
    status: 200,
    headers: { 'x-request-id': 'req_1', 'content-type': 'text/plain', 'x-removed': undefined },
    url: 'https://api.test/',
    body: encoder.encode('hello'),
    ...over,
  };
}

/** A promise of 'result', or of the error that `read` throws, and how it was read. */
function make(
  arriving: Promise<ResponseHead>,
  read: () => string = () => 'result',
): { promise: ResponsePromise<string>; calls: Calls } {
  const calls = { reads: 0, rawReads: 0 };
  const promise = ResponsePromise.of(arriving, {
    read: () => {
      calls.reads += 1;
      return read();
    },
    readRaw: () => {
      calls.rawReads += 1;
    },
    requestId: ({ headers }) => headers['x-request-id'],
  });
  return { promise, calls };
}

function settled(): Promise<void> {
  return new ManualClock().advance(0);
}

function throwing(): never {
  throw new Error('not JSON');
}

describe('ResponsePromise', () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown): void => void unhandled.push(error);
  let others: NodeJS.UnhandledRejectionListener[] = [];

  beforeEach(() => {
    unhandled.length = 0;
    // The test runner has a listener too, and would fail the run.
    others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', onUnhandled);
  });

  afterEach(() => {
    process.off('unhandledRejection', onUnhandled);
    for (const other of others) process.on('unhandledRejection', other);
  });

  it('can be made to promise something else of the same response, and is read once', async () => {
    const { promise, calls } = make(Promise.resolve(head()));
    const mapped = promise.map((text) => text.length);
    expect(await mapped).toBe(6);
    const { data, response, requestId } = await mapped.withResponse();
    expect([data, response.status, requestId]).toEqual([6, 200, 'req_1']);
    expect(calls).toEqual({ reads: 1, rawReads: 0 });
  });

  it('gives the raw response alone after it was mapped', async () => {
    const { promise, calls } = make(Promise.resolve(head()), throwing);
    const response = await promise.map((text) => text.length).asResponse();
    expect(await response.text()).toBe('hello');
    await settled();
    expect(calls).toEqual({ reads: 0, rawReads: 1 });
    expect(unhandled).toEqual([]);
  });

  it('reports a failure once where a mapped promise is not handled', async () => {
    const { promise } = make(Promise.resolve(head()));
    promise.map(throwing);
    await settled();
    expect(unhandled).toHaveLength(1);
    const failing = make(Promise.reject(new Error('no connection')));
    failing.promise.map((text) => text.length).catch(() => undefined);
    await settled();
    expect(unhandled).toHaveLength(1);
  });

  it('is awaited like any promise, and read once', async () => {
    const { promise, calls } = make(Promise.resolve(head()));
    expect(await promise).toBe('result');
    expect(await promise).toBe('result');
    expect(await Promise.all([promise, promise.then((text) => text.length)])).toEqual([
      'result',
      6,
    ]);
    expect(promise[Symbol.toStringTag]).toBe('ResponsePromise');
    expect(calls).toEqual({ reads: 1, rawReads: 0 });
  });

  it('has catch and finally', async () => {
    const { promise } = make(Promise.resolve(head()), throwing);
    expect(await promise.catch((error: unknown) => (error as Error).message)).toBe('not JSON');
    let ran = 0;
    expect(await failure(promise.finally(() => (ran += 1)))).toMatchObject({ message: 'not JSON' });
    expect(ran).toBe(1);
    expect(unhandled).toEqual([]);
  });

  it('gives result, response and request id together', async () => {
    const { promise, calls } = make(Promise.resolve(head()));
    const { data, response, requestId } = await promise.withResponse();
    expect(data).toBe('result');
    expect(requestId).toBe('req_1');
    expect(response.status).toBe(200);
    expect([...response.headers]).toEqual([
      ['content-type', 'text/plain'],
      ['x-request-id', 'req_1'],
    ]);
    expect(await response.text()).toBe('hello');
    expect(calls.reads).toBe(1);
  });

  it('fails withResponse as it fails itself', async () => {
    const { promise } = make(Promise.resolve(head()), throwing);
    const error = await failure(promise.withResponse());
    expect(error).toBe(await failure(promise));
    await settled();
    expect(unhandled).toEqual([]);
  });

  it('gives the raw response alone without reading the result', async () => {
    const { promise, calls } = make(Promise.resolve(head()), throwing);
    const response = await promise.asResponse();
    expect(await response.text()).toBe('hello');
    await settled();
    expect(calls).toEqual({ reads: 0, rawReads: 1 });
    expect(unhandled).toEqual([]);
  });

  it('gives a response of its own each time', async () => {
    const { promise } = make(Promise.resolve(head()));
    const [first, second] = await Promise.all([promise.asResponse(), promise.asResponse()]);
    expect(await first.text()).toBe('hello');
    expect(await second.text()).toBe('hello');
  });

  it('gives both to who wants both', async () => {
    const { promise, calls } = make(settled().then(() => head()));
    const [response, result] = await Promise.all([promise.asResponse(), promise]);
    expect([response.status, result]).toEqual([200, 'result']);
    expect(calls).toEqual({ reads: 1, rawReads: 0 });
  });

  it('gives the result after the raw response too', async () => {
    const { promise, calls } = make(Promise.resolve(head()));
    await promise.asResponse();
    expect(await promise).toBe('result');
    expect(calls).toEqual({ reads: 1, rawReads: 1 });
  });

  it.each([204, 205])('makes a response of status %s, which may have no body', async (status) => {
    const { promise } = make(Promise.resolve(head({ status, body: new Uint8Array() })));
    const response = await promise.asResponse();
    expect(response.status).toBe(status);
    expect(response.body).toBeNull();
  });

  it('reads the result that nobody awaits, so that the call is recorded', async () => {
    const { calls } = make(Promise.resolve(head()));
    await settled();
    expect(calls).toEqual({ reads: 1, rawReads: 0 });
    expect(unhandled).toEqual([]);
  });

  it.each<[string, () => ResponsePromise<string>]>([
    ['a call', () => make(Promise.reject(new Error('no way there'))).promise],
    ['a result', () => make(Promise.resolve(head()), throwing).promise],
  ])('reports the failure of %s that nobody awaits exactly once', async (_name, start) => {
    start();
    await settled();
    await settled();
    expect(unhandled).toHaveLength(1);
  });

  it.each<[string, (promise: ResponsePromise<string>) => PromiseLike<unknown>]>([
    ['await', (promise) => promise],
    ['withResponse', (promise) => promise.withResponse()],
    ['asResponse', (promise) => promise.asResponse()],
  ])('reports no failure that %s handles', async (_name, use) => {
    const { promise } = make(Promise.reject(new Error('no way there')));
    expect(await failure(use(promise))).toMatchObject({ message: 'no way there' });
    await settled();
    expect(unhandled).toEqual([]);
  });

  it('makes the call at once, and once however it is used', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { output: 'hi' } });
    const promise = h.create();
    await h.clock.advance(0);
    expect(h.transport.requests).toHaveLength(1);
    await Promise.all([promise, promise.withResponse(), promise.asResponse(), promise]);
    expect(h.transport.requests).toHaveLength(1);
    expect(h.endings).toEqual(['ok']);
  });

  it('records a call of which only the response is wanted, whatever it holds', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ text: '<html>', headers: { 'content-type': 'text/html' } });
    expect(await (await h.create().asResponse()).text()).toBe('<html>');
    await h.clock.advance(0);
    expect(h.endings).toEqual(['ok']);
    expect(h.tracer.open).toEqual([]);
    expect(unhandled).toEqual([]);
  });
});
