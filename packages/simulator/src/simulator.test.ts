import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from './journal.ts';
import { CHAT, post, QUESTION, STREAMED_QUESTION } from './post.test.support.ts';
import { RawConnection } from './raw-connection.test.support.ts';
import { createSimulator } from './simulator.ts';
import type { SimulatorOptions } from './simulator-options.ts';

describe('createSimulator', () => {
  it('listens on a free port of the local machine and says where', async () => {
    await using simulator = await createSimulator();
    expect(simulator.port).toBeGreaterThan(0);
    expect(simulator.url).toBe(`http://127.0.0.1:${simulator.port}`);
    expect(simulator.baseURL).toBe(`${simulator.url}/v1`);
  });

  it.each<[SimulatorOptions, string]>([
    [{ port: 70_000 }, 'port'],
    [{ port: 1.5 }, 'port'],
    [{ host: '0.0.0.0' }, 'host'],
    [{ host: 'example.com' }, 'host'],
    [{ apiKeys: [] }, 'apiKeys'],
    [{ apiKeys: [''] }, 'apiKeys'],
    [{ models: [''] }, 'models'],
    [{ latencyMs: -1 }, 'latencyMs'],
    [{ eventGapMs: Number.NaN }, 'eventGapMs'],
    [{ wordsPerEvent: 0 }, 'wordsPerEvent'],
    [JSON.parse('{"provider":"other"}') as SimulatorOptions, 'provider'],
    [{ requestsPerMinute: -1 }, 'requestsPerMinute'],
    [JSON.parse('{"cors":"yes"}') as SimulatorOptions, 'cors'],
    [JSON.parse('{"latency":5}') as SimulatorOptions, '"latency"'],
  ])("refuses %j by the option's name", async (options, name) => {
    await expect(createSimulator(options)).rejects.toMatchObject({
      name: 'SimulatorError',
      code: 'invalid_option',
      message: expect.stringContaining(name),
    });
  });

  it('says that a port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(createSimulator({ port })).rejects.toMatchObject({
      code: 'port_in_use',
      message: `Port ${port} on 127.0.0.1 is in use. Choose another, or 0 for any free one.`,
    });
    other.close();
    await once(other, 'close');
  });

  it('gives the same ids for the same seed, and never one twice', async () => {
    const idsOf = async (seed: number): Promise<string[]> => {
      await using simulator = await createSimulator({ seed });
      const ids: string[] = [];
      for (let count = 0; count < 2; count += 1) {
        const response = await post(simulator, CHAT, QUESTION);
        const text = await response.text();
        ids.push(response.headers.get('x-request-id') ?? '', /chatcmpl-\w+/.exec(text)?.[0] ?? '');
      }
      return ids;
    };
    const ids = await idsOf(7);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
    expect(await idsOf(7)).toEqual(ids);
    expect(await idsOf(8)).not.toEqual(ids);
  });
});

describe('close', () => {
  it('ends stalled streams and idle connections, and may be called again', async () => {
    const simulator = await createSimulator();
    const stalled = new RawConnection(simulator, CHAT, STREAMED_QUESTION, { stallAfterEvents: 1 });
    await stalled.received('data: ');
    await post(simulator, CHAT, QUESTION).then((response) => response.text());
    expect(simulator.openSockets).toBe(2);
    await Promise.all([simulator.close(), simulator.close()]);
    await simulator.close();
    await stalled.ended;
    expect(simulator.openSockets).toBe(0);
    expect(simulator.requests.map((entry) => entry.endedAt === undefined)).toEqual([false, false]);
    expect(simulator.requests[0]).toMatchObject({ status: 200, aborted: false });
    await expect(post(simulator, CHAT, QUESTION)).rejects.toThrow('fetch failed');
  });

  it('does not wait for a client that keeps its side open', async () => {
    const simulator = await createSimulator();
    const client = connect({ port: simulator.port, host: '127.0.0.1', allowHalfOpen: true });
    client.resume();
    await once(client, 'connect');
    while (simulator.openSockets === 0) await new Promise((resolve) => setImmediate(resolve));
    await simulator.close();
    expect(simulator.openSockets).toBe(0);
    client.destroy();
  });

  it('ends a request that waits for its latency', async () => {
    const simulator = await createSimulator({ latencyMs: 600_000 });
    const request = new RawConnection(simulator, CHAT, QUESTION);
    while (simulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await simulator.close();
    await request.ended;
    expect(request.text).toBe('');
    expect(simulator.requests[0]).toMatchObject({ status: undefined, aborted: false });
  });
});

describe('the journal', () => {
  it('keeps what was asked and answered, without the key', async () => {
    await using simulator = await createSimulator();
    await post(simulator, `${CHAT}?trace=1`, QUESTION, { key: 'test-key-of-the-journal' }).then(
      (response) => response.text(),
    );
    await simulator.waitForIdle();
    const [entry] = simulator.requests;
    expect(entry).toMatchObject({
      method: 'POST',
      path: CHAT,
      query: '?trace=1',
      body: QUESTION,
      status: 200,
      fault: undefined,
      aborted: false,
      headers: { authorization: '[REDACTED]', 'content-type': 'application/json' },
    });
    expect(entry?.endedAt).toBeGreaterThanOrEqual(entry?.startedAt ?? Infinity);
    expect(JSON.stringify(simulator.requests)).not.toContain('test-key-of-the-journal');
    simulator.clearRequests();
    expect(simulator.requests).toHaveLength(0);
  });

  it('tells that a client went away', async () => {
    await using simulator = await createSimulator();
    const client = new RawConnection(simulator, CHAT, STREAMED_QUESTION, { stallAfterEvents: 2 });
    await client.received('data: ');
    client.destroy();
    await simulator.waitForIdle();
    expect(simulator.requests[0]).toMatchObject({ status: 200, aborted: true });
  });

  it('tells that a client went away while it sent its body', async () => {
    await using simulator = await createSimulator();
    const client = connect(simulator.port, '127.0.0.1');
    client.write(
      `POST ${CHAT} HTTP/1.1\r\nhost: simulator\r\ncontent-length: 100\r\n\r\n{"model":`,
    );
    while (simulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    client.destroy();
    await simulator.waitForIdle();
    expect(simulator.requests[0]).toMatchObject({ status: undefined, aborted: true });
  });

  it('keeps no bodies if told so, and only the latest entries', async () => {
    await using simulator = await createSimulator({ recordBodies: false, maxJournalEntries: 2 });
    for (let count = 0; count < 5; count += 1) {
      await post(simulator, `${CHAT}?${count}`, QUESTION).then((response) => response.text());
    }
    await simulator.waitForIdle();
    expect(simulator.requests.map((entry) => entry.query)).toEqual(
      ['?2', '?3', '?4'].slice(-simulator.requests.length),
    );
    expect(simulator.requests.length).toBeLessThan(4);
    expect(simulator.requests.every((entry) => entry.body === undefined)).toBe(true);
  });

  it('reports each request at its end', async () => {
    const reported: JournalEntry[] = [];
    await using simulator = await createSimulator({
      onRequestEnd: (entry) => reported.push(entry),
    });
    await post(simulator, CHAT, QUESTION).then((response) => response.text());
    await simulator.waitForIdle();
    expect(reported).toEqual(simulator.requests);
    expect(reported[0]?.durationMs).toBeGreaterThan(0);
  });
});

describe('waitForIdle', () => {
  it("waits for a request under way, and gives up with the signal's reason", async () => {
    await using simulator = await createSimulator();
    const stalled = new RawConnection(simulator, CHAT, STREAMED_QUESTION, { stallAfterEvents: 1 });
    await stalled.received('data: ');
    await expect(
      simulator.waitForIdle({ signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
    const controller = new AbortController();
    const waiting = simulator.waitForIdle({ signal: controller.signal });
    controller.abort(new Error('enough waiting'));
    await expect(waiting).rejects.toThrow('enough waiting');
    const idle = simulator.waitForIdle();
    stalled.destroy();
    await idle;
    expect(simulator.requests[0]?.endedAt).toBeDefined();
  });
});

describe('cors', () => {
  const preflight = {
    method: 'OPTIONS',
    headers: { origin: 'http://page.test', 'access-control-request-headers': 'authorization' },
  };

  it('answers preflight requests and lets pages read the headers, if asked to', async () => {
    await using simulator = await createSimulator({ cors: true });
    const allowed = await fetch(`${simulator.url}${CHAT}`, preflight);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('*');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('authorization');
    const response = await post(simulator, CHAT, QUESTION);
    expect(response.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  it('knows nothing of pages otherwise', async () => {
    await using simulator = await createSimulator();
    const refused = await fetch(`${simulator.url}${CHAT}`, preflight);
    expect(refused.status).toBe(405);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });
});
