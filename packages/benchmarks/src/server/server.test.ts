import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamEvents } from './answers.ts';
import { type Behaviour, behaviourOf, pathOf } from './behaviour.ts';
import { DIMENSIONS, VECTORS } from './embedding-answers.ts';
import { createBenchmarkServer } from './server.ts';

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createBenchmarkServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function post(
  path: string,
  body: object,
  behaviour: Partial<Behaviour> = {},
): Promise<Response> {
  const url = `${origin}${pathOf(behaviour)}/v1${path}`;
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

const ask = (path: string): Promise<unknown> => fetch(`${origin}${path}`).then((r) => r.json());

describe('the behaviour in a path', () => {
  it('comes back as it went in', () => {
    const behaviour = { delay: 'hold', chunks: 64, eventsPerWrite: 32, paceMs: 5 } as const;
    expect(behaviourOf(`${pathOf(behaviour)}/v1/x`)).toEqual(behaviour);
    expect(behaviourOf(`${pathOf({ delay: 300 })}/v1/x`).delay).toBe(300);
  });

  it('is missed where there is none', () => {
    expect(() => behaviourOf('/v1/chat/completions')).toThrow('does not say how to answer');
  });
});

describe('the server', () => {
  it('answers each call with ids of its own', async () => {
    const ids = new Set<unknown>();
    for (let call = 0; call < 3; call += 1) {
      const response = await post('/chat/completions', {});
      const { id, usage } = (await response.json()) as { id: string; usage: object };
      expect(usage).toHaveProperty('total_tokens', 142);
      ids.add(id).add(response.headers.get('x-request-id'));
    }
    expect(ids.size).toBe(6);
  });

  it.each([1, 32])('streams all events, %d per write', async (eventsPerWrite) => {
    const response = await post(
      '/chat/completions',
      { stream: true },
      { chunks: 70, eventsPerWrite },
    );
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = (await response.text()).split('\n\n').filter((event) => event !== '');
    expect(events).toHaveLength(71);
    expect(events.at(-1)).toBe('data: [DONE]');
    const last = JSON.parse(events.at(-2)?.slice('data: '.length) ?? '') as { usage: object };
    expect(last.usage).toHaveProperty('total_tokens');
  });

  it('makes events as large as those of the API', () => {
    const [, second] = streamEvents(10);
    expect(second?.length).toBeGreaterThan(200);
    expect(second?.length).toBeLessThan(400);
  });

  it('sends the same vectors in both forms', async () => {
    const vectorsOf = async (body: object): Promise<unknown[]> => {
      const { data } = (await (await post('/embeddings', body)).json()) as {
        data: { embedding: unknown }[];
      };
      return data.map(({ embedding }) => embedding);
    };
    const floats = (await vectorsOf({})) as number[][];
    const texts = (await vectorsOf({ encoding_format: 'base64' })) as string[];
    expect(floats).toHaveLength(VECTORS);
    const bytes = Buffer.from(texts[7] ?? '', 'base64');
    expect(bytes).toHaveLength(DIMENSIONS * 4);
    expect(bytes.readFloatLE(4)).toBeCloseTo(floats[7]?.[1] ?? NaN, 6);
  });

  it('holds answers back until they are released', async () => {
    let answered = 0;
    const calls = [1, 2].map(() =>
      post('/chat/completions', {}, { delay: 'hold' }).then(() => (answered += 1)),
    );
    while (((await ask('/held')) as { held: number }).held < 2);
    expect(answered).toBe(0);
    await ask('/release');
    await Promise.all(calls);
    expect(answered).toBe(2);
    expect(await ask('/held')).toEqual({ held: 0 });
  });

  it('refuses what it does not know', async () => {
    expect((await post('/moderations', {})).status).toBe(400);
    expect((await fetch(`${origin}/v1/chat/completions`)).status).toBe(400);
  });
});
