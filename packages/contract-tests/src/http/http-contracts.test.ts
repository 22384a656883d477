import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HTTP_PROVIDERS } from './http-provider.test.support.ts';
import { readRecordings, recordingOf } from './recordings.test.support.ts';
import { beginReplays, endReplays, replay } from './replay-calls.test.support.ts';

beforeAll(beginReplays);

afterAll(endReplays);

/** `GET /v1/files/{file_id}` as a pattern of request lines. */
function linePattern(request: string): RegExp {
  return new RegExp(`^${request.replace(/\{\w+\}/g, '[^/?]+')}(?:\\?|$)`);
}

describe.each(HTTP_PROVIDERS)('the HTTP contracts of $name', (provider) => {
  const { calls, refusals } = readRecordings(provider);
  const named = Object.entries(calls).map(([name, call]) => ({ name, ...call }));

  it('are there for every method that makes one request, and are of that request', () => {
    const listed = provider.listedRequests();
    expect(listed.length).toBeGreaterThan(90);
    const missing = listed.filter(
      ({ method, request }) => !linePattern(request).test(calls[method]?.request.line ?? ''),
    );
    expect(missing).toEqual([]);
  });

  describe('a call sends what was recorded, and makes of the answer what was recorded', () => {
    it.each(named)('$name: $request.line', async ({ refused: _refused, ...call }) => {
      const { name, ids, request, response, ...expected } = call;
      expect(await replay(provider, { name, ids, request, response })).toEqual(expected);
    });
  });

  describe('a refused call throws its typed error', () => {
    it.each(named)('$name: $refused.way $refused.error.name', async (call) => {
      const { name, ids, request, refused } = call;
      const { response } = recordingOf(refusals, refused.way);
      const outcome = await replay(provider, { name, ids, request, response });
      expect(outcome).toEqual({ error: refused.error });
    });
  });

  describe('each refusal has its typed error', () => {
    it.each(Object.entries(refusals))('%s', async (_way, { response, error }) => {
      const { ids, request } = recordingOf(calls, 'models.list');
      const list = { name: 'models.list', ids, request, response };
      expect(await replay(provider, list)).toEqual({ error });
    });
  });
});
