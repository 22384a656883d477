import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { createOpenAIClient, type OpenAIClient } from '@integrations/openai';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chatListener } from './chat-listener.ts';

let simulator: Simulator;
let client: OpenAIClient;
let server: Server;
let origin: string;
let errors: unknown[];

async function listen(chat: Pick<OpenAIClient, 'chat'>): Promise<void> {
  const onError = (error: unknown): void => void errors.push(error);
  server = createServer(chatListener({ client: chat, model: 'gpt-5-mini', onError }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  errors = [];
  simulator = await createSimulator();
  client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
  });
  await listen(client);
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await client.close();
  await simulator.close();
});

const QUESTION = '/chat?question=The+harbour+opens+at+six.+When+does+the+harbour+open%3F';

function ask(signal?: AbortSignal): Promise<Response> {
  return fetch(`${origin}${QUESTION}`, signal === undefined ? {} : { signal });
}

/** What a page would see: the names of the events, and the text. */
function read(events: string): { readonly names: string[]; readonly text: string } {
  const parsed = [...events.matchAll(/event: (.+)\ndata: (.+)\n\n/g)].map(
    ([, name = '', data = '']) => ({ name, data: JSON.parse(data) as { readonly text?: string } }),
  );
  return {
    names: parsed.map(({ name }) => name),
    text: parsed.map(({ data }) => data.text ?? '').join(''),
  };
}

describe('chatListener', () => {
  it('passes an answer on as server-sent events', async () => {
    const response = await ask();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const { names, text } = read(await response.text());
    expect(text).toContain('"The harbour opens at six."');
    expect(names.length).toBeGreaterThan(3);
    expect(names.at(-1)).toBe('done');
    expect(errors).toEqual([]);
  });

  it('ends the call when its asker leaves in the middle', async () => {
    simulator.inject({ fault: { stallAfterEvents: 3 } });
    const page = new AbortController();
    const response = await ask(page.signal);
    await response.body?.getReader().read();
    expect(simulator.requests[0]).toMatchObject({ aborted: false, endedAt: undefined });
    page.abort();
    await simulator.waitForIdle();
    expect(simulator.requests).toHaveLength(1);
    expect(simulator.requests[0]).toMatchObject({ aborted: true });
    expect(errors).toEqual([]);
  });

  it('ends the call when its asker leaves before there is an answer', async () => {
    simulator.inject({ fault: { headersThenStall: true } });
    const page = new AbortController();
    const response = ask(page.signal);
    await vi.waitFor(() => expect(simulator.requests).toHaveLength(1));
    page.abort();
    await expect(response).rejects.toThrow('aborted');
    await simulator.waitForIdle();
    expect(simulator.requests[0]).toMatchObject({ aborted: true });
    expect(errors).toEqual([]);
  });

  it('reads no further than its asker does', async () => {
    server.close();
    const pulled = { count: 0, ended: false };
    const endless = async function* (): AsyncGenerator<object> {
      try {
        const content = 'x'.repeat(10_000);
        for (; ; pulled.count += 1) {
          await turn();
          yield { choices: [{ delta: { content } }] };
        }
      } finally {
        pulled.ended = true;
      }
    };
    const chat = { createStream: async () => endless() } as unknown as OpenAIClient['chat'];
    await listen({ chat });
    const request = get(`${origin}${QUESTION}`);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.pause();
    const stopped = await settledCount(() => pulled.count);
    for (let more = 0; more < 20_000_000; more += (response.read() as Buffer | null)?.length ?? 0) {
      if (response.readableLength === 0) await once(response, 'readable');
    }
    expect(pulled.count).toBeGreaterThan(stopped);
    request.destroy();
    await vi.waitFor(() => expect(pulled.ended).toBe(true));
  });

  it.each([
    [{ status: 429, retryAfterMs: 2500 }, 503, '3'],
    [{ status: 503 }, 503, null],
    [{ status: 401 }, 502, null],
  ])('tells of %j before the answer with a status', async (fault, status, retryAfter) => {
    simulator.inject({ fault });
    const response = await ask();
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await response.text()).toBe('There is no answer now.\n');
    expect(errors).toHaveLength(1);
  });

  it.each([{ cutAfterEvents: 4 }, { resetAfterEvents: 4 }])(
    'tells of %j within the answer with an event',
    async (fault) => {
      simulator.inject({ fault });
      const response = await ask();
      expect(response.status).toBe(200);
      const { names } = read(await response.text());
      expect(names[0]).toBe('text');
      expect(names.at(-1)).toBe('failed');
      expect(names).not.toContain('done');
      expect(errors).toHaveLength(1);
    },
  );

  it.each(['/', '/chat', '/chat?question=', '//'])('asks nothing for GET %s', async (path) => {
    const request = get({ port: new URL(origin).port, host: '127.0.0.1', path });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(404);
    response.resume();
    expect(simulator.requests).toEqual([]);
  });
});

/** The number at which something that counts has stopped. */
async function settledCount(count: () => number): Promise<number> {
  let last = -1;
  await vi.waitFor(
    () => {
      const now = count();
      const isStill = now === last && now > 0;
      last = now;
      if (!isStill) throw new Error(`still counting at ${now}`);
    },
    { interval: 200, timeout: 20_000 },
  );
  return last;
}
