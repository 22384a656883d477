import { describe, expect, it } from 'vitest';
import { CHAT, post, QUESTION } from '../post.test.support.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

function get(simulator: Simulator, path: string, method = 'GET'): Promise<Response> {
  return fetch(`${simulator.url}${path}`, {
    method,
    headers: { authorization: 'Bearer test-key' },
  });
}

describe('GET /v1/models', () => {
  it('lists the models, and gives each alone', async () => {
    await using simulator = await createSimulator();
    const list = (await get(simulator, '/v1/models').then((response) => response.json())) as {
      readonly data: readonly { readonly id: string }[];
    };
    expect(list).toMatchObject({ object: 'list' });
    expect(list.data.map(({ id }) => id)).toContain('gpt-4o-mini');
    const one: unknown = await get(simulator, '/v1/models/gpt-4o-mini').then((response) =>
      response.json(),
    );
    expect(one).toEqual({
      id: 'gpt-4o-mini',
      object: 'model',
      created: 1_721_172_741,
      owned_by: 'system',
      shutdown_date: null,
    });
    expect(list.data).toContainEqual(one);
  });

  it('offers the models it is given, and no others', async () => {
    const models = [
      'ft:gpt-4o:own/1',
      { id: 'vectors', kind: 'embedding', dimensions: 8, shutdownDate: '2027-01-01' },
    ] as const;
    await using simulator = await createSimulator({ models });
    expect((await get(simulator, '/v1/models/gpt-4o')).status).toBe(404);
    const one: unknown = await get(
      simulator,
      `/v1/models/${encodeURIComponent('ft:gpt-4o:own/1')}`,
    ).then((response) => response.json());
    expect(one).toMatchObject({ id: 'ft:gpt-4o:own/1' });
    const embedded: unknown = await post(simulator, '/v1/embeddings', {
      model: 'vectors',
      input: 'x',
    }).then((response) => response.json());
    expect(
      (embedded as { readonly data: readonly { readonly embedding: unknown }[] }).data[0]
        ?.embedding,
    ).toHaveLength(8);
  });

  it.each(['/v1/models/none', '/v1/models/%', '/v1/models/'])('answers 404 to %s', async (path) => {
    await using simulator = await createSimulator();
    const response = await get(simulator, path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });
});

describe('what is no endpoint', () => {
  it.each([
    '/',
    '/v1',
    '/chat/completions',
    '/v1/chat/completions/',
    '/v2/models',
    '/v1/constructor',
  ])('answers 404 to %s', async (path) => {
    await using simulator = await createSimulator();
    const response = await get(simulator, path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: {
        message: `Invalid URL (GET ${path})`,
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
    });
  });

  it('answers 405 to a wrong method, and says which are right', async () => {
    await using simulator = await createSimulator();
    const response = await get(simulator, '/v1/embeddings');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({ error: { code: 'method_not_supported' } });
    expect((await get(simulator, '/v1/models', 'DELETE')).headers.get('allow')).toBe('GET');
  });
});

describe('keys', () => {
  const invalid = {
    error: { type: 'invalid_request_error', code: 'invalid_api_key', param: null },
  };

  it('accepts any but those that begin with invalid', async () => {
    await using simulator = await createSimulator();
    expect((await post(simulator, CHAT, QUESTION, { key: 'whatever' })).status).toBe(200);
    const response = await post(simulator, CHAT, QUESTION, { key: 'invalid-test-key' });
    const text = await response.text();
    expect(response.status).toBe(401);
    expect(JSON.parse(text)).toMatchObject(invalid);
    expect(text).not.toContain('invalid-test-key');
  });

  it('accepts only those it is given', async () => {
    await using simulator = await createSimulator({ apiKeys: ['one-key', 'other-key'] });
    const statuses = await Promise.all(
      ['one-key', 'other-key', 'test-key'].map((key) =>
        post(simulator, CHAT, QUESTION, { key }).then(({ status }) => status),
      ),
    );
    expect(statuses).toEqual([200, 200, 401]);
  });

  it.each<Record<string, string>>([
    {},
    { authorization: 'Bearer ' },
    { authorization: 'Basic dGVzdA==' },
  ])('refuses %j', async (headers) => {
    await using simulator = await createSimulator();
    const response = await fetch(`${simulator.url}/v1/models`, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject(invalid);
  });
});

describe('bodies', () => {
  it.each(['{"model":', 'hello', '', '[]', '"text"'])('answers 400 to %j', async (body) => {
    await using simulator = await createSimulator();
    const response = await post(simulator, CHAT, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { type: 'invalid_request_error', param: null },
    });
  });

  it('answers 413 to one that is too large, and serves the next on the same connection', async () => {
    await using simulator = await createSimulator({ maxBodyBytes: 1000 });
    const response = await post(simulator, CHAT, { ...QUESTION, user: 'x'.repeat(500_000) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'request_too_large' } });
    expect((await post(simulator, CHAT, QUESTION)).status).toBe(200);
  });
});

describe('headers', () => {
  it('says on every response whose it is and what is left', async () => {
    await using simulator = await createSimulator({ requestsPerMinute: 60, tokensPerMinute: 1000 });
    const headersOf = (response: Response): Record<string, string> =>
      Object.fromEntries(response.headers);
    const first = headersOf(await post(simulator, CHAT, QUESTION));
    expect(first).toMatchObject({
      'x-request-id': expect.stringMatching(/^req_[0-9a-f]{32}$/),
      'openai-processing-ms': expect.stringMatching(/^\d+$/),
      'openai-version': '2020-10-01',
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-remaining-tokens': '970',
      'x-ratelimit-reset-requests': expect.stringMatching(/^(1m0s|59(\.\d+)?s)$/),
      'x-ratelimit-reset-tokens': expect.stringMatching(/^(1m0s|59(\.\d+)?s)$/),
    });
    const second = headersOf(await post(simulator, CHAT, { ...QUESTION, stream: true }));
    expect(second).toMatchObject({
      'x-ratelimit-remaining-requests': '58',
      'x-ratelimit-remaining-tokens': '940',
    });
    const other = headersOf(await post(simulator, CHAT, QUESTION, { key: 'other-key' }));
    expect(other).toMatchObject({ 'x-ratelimit-remaining-requests': '59' });
    const failed = headersOf(await post(simulator, CHAT, QUESTION, { key: 'invalid' }));
    expect(failed).toMatchObject({
      'x-ratelimit-remaining-requests': '60',
      'x-ratelimit-reset-requests': '0s',
    });
    const ids = [first, second, other, failed].map((headers) => headers['x-request-id']);
    expect(new Set(ids).size).toBe(4);
  });

  it('enforces the limits of each key if asked to', async () => {
    await using simulator = await createSimulator({
      requestsPerMinute: 2,
      tokensPerMinute: 1000,
      enforceRateLimits: true,
    });
    const statuses = [];
    for (let count = 0; count < 2; count += 1)
      statuses.push((await post(simulator, CHAT, QUESTION)).status);
    const refused = await post(simulator, CHAT, QUESTION);
    expect([...statuses, refused.status]).toEqual([200, 200, 429]);
    expect(await refused.json()).toMatchObject({
      error: { type: 'requests', code: 'rate_limit_exceeded', param: null },
    });
    const waitMs = Number(refused.headers.get('retry-after-ms'));
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(60_000);
    expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(waitMs / 1000)));
    expect((await post(simulator, CHAT, QUESTION, { key: 'other-key' })).status).toBe(200);
  });

  it('changes nothing for a request too many', async () => {
    await using simulator = await createSimulator({
      requestsPerMinute: 1,
      enforceRateLimits: true,
    });
    const stored = { ...QUESTION, store: true };
    await post(simulator, CHAT, QUESTION);
    expect((await post(simulator, CHAT, stored)).status).toBe(429);
    const listed = await fetch(`${simulator.url}${CHAT}`, {
      headers: { authorization: 'Bearer other-key' },
    });
    expect(await listed.json()).toMatchObject({ object: 'list', data: [] });
  });

  it('refuses what exceeds the tokens, for good if it is larger than the limit', async () => {
    await using simulator = await createSimulator({ tokensPerMinute: 20, enforceRateLimits: true });
    const refused = await post(simulator, CHAT, QUESTION);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      error: { type: 'tokens', message: expect.stringContaining('requested 30') },
    });
    expect(refused.headers.get('retry-after')).toBeNull();
  });

  it('only states the limits otherwise', async () => {
    await using simulator = await createSimulator({ requestsPerMinute: 1 });
    await post(simulator, CHAT, QUESTION);
    const response = await post(simulator, CHAT, QUESTION);
    expect([response.status, response.headers.get('x-ratelimit-remaining-requests')]).toEqual([
      200,
      '0',
    ]);
  });
});
