import { describe, expect, it } from 'vitest';
import type { Fault } from '../fault.ts';
import { CHAT, dataOf, post } from '../post.test.support.ts';
import { createSimulator } from '../simulator.ts';
import { ask } from './ask.test.support.ts';

const QUESTION = {
  model: 'mistral-small-latest',
  messages: [{ role: 'user', content: 'What is a breaker?' }],
};

describe('the key', () => {
  it.each(['', 'invalid-key'])('answers 401 to %j in few words', async (key) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { status, body } = await ask(simulator, 'GET', '/v1/models', undefined, key);
    expect([status, body]).toEqual([401, { detail: 'Unauthorized' }]);
  });

  it('accepts the keys it is given, and no others', async () => {
    await using simulator = await createSimulator({ provider: 'mistral', apiKeys: ['one-key'] });
    const get = (key: string): Promise<{ readonly status: number }> =>
      ask(simulator, 'GET', '/v1/models', undefined, key);
    expect((await get('one-key')).status).toBe(200);
    expect((await get('test-key')).status).toBe(401);
  });
});

describe('what is no endpoint', () => {
  it.each(['/', '/v1', '/chat/completions', '/v2/models'])('answers 404 to %s', async (path) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { status, body } = await ask(simulator, 'GET', path);
    expect([status, body]).toEqual([404, { detail: 'Not Found' }]);
  });

  it('answers 405 to a wrong method, and names the right ones', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { status, headers, body } = await ask(simulator, 'GET', CHAT);
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
    expect(body).toHaveProperty('detail');
  });

  it('answers 422 to a body that is no JSON', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { status, body } = await ask(simulator, 'POST', CHAT, '{"model":');
    expect(status).toBe(422);
    expect(body).toMatchObject({ message: { detail: [{ type: 'json_invalid' }] } });
  });
});

describe('the headers', () => {
  it('state the ids, the limits and what the request cost', async () => {
    await using simulator = await createSimulator({
      provider: 'mistral',
      requestsPerMinute: 60,
      tokensPerMinute: 1000,
    });
    const { headers, body } = await ask(simulator, 'POST', CHAT, QUESTION);
    const cost = (body['usage'] as { readonly total_tokens: number }).total_tokens;
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-ratelimit-limit-req-minute': '60',
      'x-ratelimit-remaining-req-minute': '59',
      'x-ratelimit-limit-tokens-minute': '1000',
      'x-ratelimit-remaining-tokens-minute': String(1000 - cost),
      'x-ratelimit-tokens-query-cost': String(cost),
    });
    const id = simulator.requests[0]?.requestId;
    expect(id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(headers.get('mistral-correlation-id')).toBe(id);
    expect(headers.get('x-kong-request-id')).toBe(id);
  });

  it('tell who is over the limit when to come again', async () => {
    await using simulator = await createSimulator({
      provider: 'mistral',
      requestsPerMinute: 1,
      enforceRateLimits: true,
    });
    await ask(simulator, 'POST', CHAT, QUESTION);
    const { status, headers, body } = await ask(simulator, 'POST', CHAT, QUESTION);
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body).toEqual({
      object: 'error',
      message: 'Requests rate limit exceeded',
      type: 'rate_limited',
      param: null,
      code: '1300',
      raw_status_code: 429,
    });
  });

  it('state no allowance at all, of which nobody is told to come again', async () => {
    await using simulator = await createSimulator({
      provider: 'mistral',
      requestsPerMinute: 0,
      enforceRateLimits: true,
    });
    const { status, headers } = await ask(simulator, 'POST', CHAT, QUESTION);
    expect(status).toBe(429);
    expect(headers.get('x-ratelimit-limit-req-minute')).toBe('0');
    expect(headers.get('retry-after')).toBeNull();
  });
});

describe('faults', () => {
  it.each([
    [{ status: 503 }, { object: 'error', code: '3505', raw_status_code: 503 }],
    [{ status: 500 }, { object: 'error', type: 'internal_server_error' }],
    [{ status: 529 }, { object: 'error', type: 'internal_server_error', raw_status_code: 529 }],
    [{ status: 418 }, { object: 'error', type: 'invalid_request_error', raw_status_code: 418 }],
    [{ status: 401 }, { detail: 'Unauthorized' }],
    [{ status: 404, error: { message: 'No file' } }, { detail: 'No file' }],
    [
      { status: 403, error: { type: 'authentication_error' } },
      { object: 'error', type: 'authentication_error', raw_status_code: 403 },
    ],
    [
      { status: 400, error: { message: 'Invalid model: x', type: 'invalid_model', code: '1500' } },
      { object: 'error', message: 'Invalid model: x', type: 'invalid_model', code: '1500' },
    ],
  ] as [Fault, object][])('words %j as the API does', async (fault, expected) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    simulator.inject({ fault });
    const { status, body } = await ask(simulator, 'POST', CHAT, QUESTION);
    expect(status).toBe(fault.status);
    expect(body).toMatchObject(expected);
  });

  const DETAIL = [{ type: 'missing', loc: ['body', 'model'], msg: 'Field required', input: {} }];
  it.each([
    {
      object: 'error',
      message: 'Slow down',
      type: 'rate_limited',
      code: '1300',
      raw_status_code: 429,
    },
    {
      object: 'error',
      message: { detail: DETAIL },
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
    { detail: DETAIL },
    { detail: 'a text' },
    { object: 'Error', detail: DETAIL, message: DETAIL, type: 'invalid_request', code: 3001 },
    { message: 'Unauthorized', request_id: 'a1' },
    { detail: { message: 'No such record', error_code: 'not_found' } },
  ])('sends any body of an error as it is: %j', async (body) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    simulator.inject({ fault: { status: 422, body } });
    expect(await ask(simulator, 'POST', CHAT, QUESTION)).toMatchObject({ status: 422, body });
  });

  it('sends an error as an event, in the words of the API or in its own', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const last = async (fault: Fault): Promise<unknown> => {
      const response = await post(simulator, CHAT, { ...QUESTION, stream: true }, { fault });
      return JSON.parse(dataOf(await response.text()).at(-1) ?? '');
    };
    expect(await last({ errorEvent: { afterEvents: 1 } })).toMatchObject({ object: 'error' });
    const body = { detail: 'gone wrong' };
    expect(await last({ errorEvent: { afterEvents: 1, body } })).toEqual(body);
  });
});
