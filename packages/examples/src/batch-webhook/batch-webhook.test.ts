import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AbortedError, JobFailedError } from '@integrations/errors';
import {
  createOpenAIClient,
  type OpenAIClient,
  type WebhookEvent,
  WebhookVerifier,
} from '@integrations/openai';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EndedBatches } from './ended-batches.ts';
import { runBatch, type RunBatchOptions } from './run-batch.ts';
import { webhookListener } from './webhook-listener.ts';

const QUESTIONS = ['What is a ledger?', 'What is a journal?', 'What is a voucher?'];

let simulator: Simulator;
let client: OpenAIClient;
let server: Server;
let url: string;
let ended: EndedBatches;
let events: WebhookEvent[];
let stop: AbortController;

beforeEach(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  ended = new EndedBatches();
  events = [];
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await client.close();
  await simulator.close();
  server.closeAllConnections();
  server.close();
});

async function receiveWebhooks(): Promise<string> {
  const { signing_secret: secret } = await client.webhooks.create({
    name: 'batches',
    url,
    event_types: ['batch.completed', 'batch.expired', 'batch.failed'],
  });
  const onEvent = (event: WebhookEvent): void => {
    if (event.id === 'evt_unlucky') throw new Error('The database is away.');
    events.push(event);
    if ('id' in event.data) ended.add(event.data.id);
  };
  server.on('request', webhookListener(new WebhookVerifier({ secret }), onEvent));
  return secret;
}

function run(changes: Partial<RunBatchOptions> = {}): ReturnType<typeof runBatch> {
  const { signal } = stop;
  const options = { client, model: 'gpt-5-mini', questions: QUESTIONS, ended, signal };
  return runBatch({ ...options, ...changes });
}

/** Looks at a batch until it has ended, as time does with a real one. */
async function letEnd(id: string): Promise<void> {
  const looks = { pollInterval: 5, maxPollInterval: 5 };
  await client.batches.waitFor(id, looks).catch(() => undefined);
}

describe('runBatch', () => {
  it('waits for the webhook, and gives an answer to each question', async () => {
    await receiveWebhooks();
    // Without the webhook, this would wait for ten minutes.
    const items = await run({ onStarted: (id) => void letEnd(id) });
    expect(items.map(({ custom_id }) => custom_id).toSorted()).toEqual(QUESTIONS.toSorted());
    expect(items.every(({ answer }) => answer?.choices[0]?.message.content)).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(['batch.completed']);
  });

  it('finds out by itself when no webhook comes', async () => {
    const items = await run({ lookEvery: 5 });
    expect(items).toHaveLength(QUESTIONS.length);
    expect(events).toEqual([]);
  });

  it('gives what there is of a batch that ran out of time', async () => {
    await receiveWebhooks();
    const batches = expiring(client);
    const items = await run({ client: batches, onStarted: (id) => void letEnd(id) });
    expect(items).toHaveLength(QUESTIONS.length);
    expect(items.filter(({ answer }) => answer !== undefined).length).toBeGreaterThan(0);
    const failed = items.filter(({ error }) => error !== undefined);
    expect(failed.length).toBeGreaterThan(0);
    for (const { error } of failed) expect(error).toBeInstanceOf(JobFailedError);
    expect(events.map(({ type }) => type)).toEqual(['batch.expired']);
  });

  it('fails where the batch cannot be run at all', async () => {
    const questions = ['What is a ledger?', 'What is a ledger?'];
    await expect(run({ questions, lookEvery: 5 })).rejects.toBeInstanceOf(JobFailedError);
  });

  it('stops waiting when it is aborted', async () => {
    const running = run({ onStarted: () => stop.abort() });
    await expect(running).rejects.toBeInstanceOf(AbortedError);
  });
});

/** The same client, whose batches run out of time. */
function expiring({ batches, files }: OpenAIClient): Pick<OpenAIClient, 'batches' | 'files'> {
  const create: typeof batches.create = (request, options) =>
    batches.create({ ...request, metadata: { simulator_outcome: 'expired' } }, options);
  const changed = Object.assign(Object.create(null) as object, {
    create,
    waitFor: batches.waitFor.bind(batches),
    results: batches.results.bind(batches),
  });
  return { files, batches: changed as unknown as OpenAIClient['batches'] };
}

describe('EndedBatches', () => {
  it('remembers what was told before somebody waited, and tells each of those who wait', async () => {
    ended.add('b');
    const { signal } = new AbortController();
    await ended.waitFor('b', signal);
    const waiting = Promise.all(Array.from({ length: 20 }, () => ended.waitFor('a', signal)));
    let isOver = false;
    void waiting.then(() => (isOver = true));
    ended.add('c');
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    ended.add('a');
    ended.add('a');
    await waiting;
  });
});

describe('webhookListener', () => {
  const BODY = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'batch.completed',
    created_at: 1,
    data: { id: 'batch_forged' },
  });

  function post(body: string, secret: string, id = 'evt_1'): Promise<Response> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signature = createHmac('sha256', key)
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
    return fetch(url, {
      method: 'POST',
      body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
    });
  }

  it('takes what is signed with the secret, again too', async () => {
    const secret = await receiveWebhooks();
    expect((await post(BODY, secret)).status).toBe(204);
    expect((await post(BODY, secret)).status).toBe(204);
    expect(events.map(({ id }) => id)).toEqual(['evt_1', 'evt_1']);
  });

  it('refuses what anybody may send', async () => {
    await receiveWebhooks();
    expect((await post(BODY, 'whsec_b3RoZXI=')).status).toBe(400);
    expect((await fetch(url, { method: 'POST', body: BODY })).status).toBe(400);
    expect((await fetch(url)).status).toBe(400);
    expect(events).toEqual([]);
  });

  it('asks for a webhook again that could not be handled', async () => {
    const secret = await receiveWebhooks();
    const unlucky = BODY.replace('evt_1', 'evt_unlucky');
    expect((await post(unlucky, secret)).status).toBe(500);
  });

  it('reads no more of a body than any webhook has', async () => {
    await receiveWebhooks();
    const body = 'x'.repeat(300 * 1024);
    const answer = await post(body, 'whsec_b3RoZXI=').catch(() => undefined);
    expect(answer?.status ?? 500).toBe(500);
    expect(events).toEqual([]);
    expect((await fetch(url)).status).toBe(400);
  });
});
