import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSimulator, type Simulator } from '../../simulator.ts';

interface Delivery {
  readonly headers: Record<string, string>;
  readonly body: string;
}

let simulator: Simulator;
let client: OpenAI;
let receiver: Server;
let url: string;
let deliveries: Delivery[];

beforeEach(async () => {
  simulator = await createSimulator();
  client = new OpenAI({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
  deliveries = [];
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      deliveries.push({ headers: request.headers as Record<string, string>, body });
      if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await simulator.close();
  receiver.closeAllConnections();
  receiver.close();
});

function subscribe(
  ...event_types: OpenAI.Webhooks.WebhookCreateParams['event_types']
): Promise<OpenAI.Webhooks.WebhookEndpointWithSecret> {
  return client.webhooks.create({ name: 'test', url, event_types });
}

async function received(secret: string): Promise<unknown[]> {
  await simulator.waitForIdle();
  return Promise.all(
    deliveries.map(({ body, headers }) => client.webhooks.unwrap(body, headers, secret)),
  );
}

describe('webhooks', () => {
  it('tell how a fine-tuning job ended, once', async () => {
    const { signing_secret: secret } = await subscribe('fine_tuning.job.succeeded');
    const request = { model: 'gpt-4o-mini', training_file: 'file-1' };
    const { id } = await client.fineTuning.jobs.create(request);
    for (let poll = 0; poll < 10; poll += 1) await client.fineTuning.jobs.retrieve(id);
    expect(await received(secret)).toMatchObject([
      { object: 'event', type: 'fine_tuning.job.succeeded', data: { id } },
    ]);
  });

  it('tell how a batch ended', async () => {
    const { signing_secret: secret } = await subscribe('batch.completed', 'batch.failed');
    const line = {
      custom_id: '1',
      method: 'POST',
      url: '/v1/moderations',
      body: { input: 'good morning' },
    };
    const file = await client.files.create({
      purpose: 'batch',
      file: new File([JSON.stringify(line)], 'batch.jsonl'),
    });
    const { id } = await client.batches.create({
      endpoint: '/v1/moderations',
      completion_window: '24h',
      input_file_id: file.id,
    });
    for (let poll = 0; poll < 5; poll += 1) await client.batches.retrieve(id);
    expect(await received(secret)).toMatchObject([{ type: 'batch.completed', data: { id } }]);
  });

  it('tell how a response in the background ended, and of no other', async () => {
    const { signing_secret: secret } = await subscribe('response.completed');
    const request = { model: 'gpt-4o-mini', input: 'What is a breaker?' };
    await client.responses.create(request);
    const { id } = await client.responses.create({ ...request, background: true });
    for (let poll = 0; poll < 5; poll += 1) await client.responses.retrieve(id);
    expect(await received(secret)).toMatchObject([{ type: 'response.completed', data: { id } }]);
  });

  it('go to those who asked for them', async () => {
    const { id } = await subscribe('response.completed');
    const request = { model: 'gpt-4o-mini', training_file: 'file-1' };
    const job = await client.fineTuning.jobs.create(request);
    await client.fineTuning.jobs.cancel(job.id);
    await simulator.waitForIdle();
    expect(deliveries).toEqual([]);
    await client.webhooks.update(id, { event_types: ['fine_tuning.job.cancelled'] });
    const other = await client.fineTuning.jobs.create(request);
    await client.fineTuning.jobs.cancel(other.id);
    await simulator.waitForIdle();
    expect(deliveries).toHaveLength(1);
  });

  it('warn where nobody is there', async () => {
    await subscribe('fine_tuning.job.cancelled');
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const request = { model: 'gpt-4o-mini', training_file: 'file-1' };
    const { id } = await client.fineTuning.jobs.create(request);
    await client.fineTuning.jobs.cancel(id);
    await simulator.waitForIdle();
    expect(warned.mock.calls[0]?.[0]).toContain(`could not be delivered to ${url}`);
    warned.mockRestore();
  });

  it('never lead off this machine', async () => {
    for (const far of [
      'https://example.test/',
      'http://10.0.0.1/',
      'http://127.0.0.1.example.test/',
    ]) {
      const request = { name: 'far', url: far, event_types: ['batch.completed' as const] };
      await expect(client.webhooks.create(request)).rejects.toMatchObject({
        status: 400,
        param: 'url',
      });
    }
    const { id } = await client.webhooks.create({
      name: 'moved',
      url: `${url}/moved`,
      event_types: ['batch.completed'],
    });
    await expect(client.webhooks.test(id, { event_type: 'batch.completed' })).rejects.toThrow(
      /answered 302/,
    );
    expect(deliveries).toHaveLength(1);
  });

  it.each([
    [{ name: 'a', url: 'http://127.0.0.1/' }, 'event_types'],
    [{ name: 'a', event_types: ['batch.completed'] }, 'url'],
    [{ url: 'http://127.0.0.1/', event_types: ['batch.completed'] }, 'name'],
    [{ name: 'a', url: 'http://127.0.0.1/', event_types: ['no.such'] }, 'event_types[0]'],
    [{ name: 'a', url: 'http://127.0.0.1/', event_types: [] }, 'event_types'],
  ])('are refused as %j', async (request, param) => {
    await expect(client.webhooks.create(request as never)).rejects.toMatchObject({
      status: 400,
      param,
    });
  });
});
