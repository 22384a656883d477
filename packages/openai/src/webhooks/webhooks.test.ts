import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  BadRequestError,
  ConfigurationError,
  NotFoundError,
  redactText,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { ManualClock } from '@integrations/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let simulator: Simulator;
let client: OpenAIClient;
let receiver: Server;
let url: string;
let status: number;
let deliveries: Delivery[];

beforeEach(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
  status = 204;
  deliveries = [];
  receiver = createServer((request, response) => {
    void buffer(request).then((body) => {
      deliveries.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
});

afterEach(async () => {
  await client.close();
  await simulator.close();
  receiver.closeAllConnections();
  receiver.close();
});

const EVENT_TYPES = ['fine_tuning.job.succeeded', 'fine_tuning.job.cancelled'] as const;

function endpoint(): { name: string; url: string; event_types: typeof EVENT_TYPES } {
  return { name: 'jobs', url, event_types: EVENT_TYPES };
}

async function cancelJob(): Promise<string> {
  const request = { model: 'gpt-4o-mini', training_file: 'file-1' };
  const { id } = await client.fineTuning.jobs.create(request);
  await client.fineTuning.jobs.cancel(id);
  await simulator.waitForIdle();
  return id;
}

function delivered(index: number): Delivery {
  const delivery = deliveries[index];
  if (delivery === undefined) throw new Error('nothing was delivered');
  return delivery;
}

describe('webhooks', () => {
  it('are told of what happened, signed so that they can be unwrapped', async () => {
    const { signing_secret: secret } = await client.webhooks.create(endpoint());
    const id = await cancelJob();
    const { body, headers } = delivered(0);
    const event = await client.webhooks.unwrap(body, headers, secret);
    expect(event).toMatchObject({ type: 'fine_tuning.job.cancelled', data: { id } });
    expect(event.id).toBe(headers['webhook-id']);
    await expect(
      client.webhooks.verifySignature(body, headers, 'whsec_b3RoZXI='),
    ).rejects.toMatchObject({ code: 'webhook_signature', problem: 'wrong_signature' });
  });

  it('are signed with both secrets while one is replaced', async () => {
    const made = await client.webhooks.create(endpoint());
    const rotated = await client.webhooks.rotateSecret(made.id, {
      keep_old_secret_active_for_24_hours: true,
    });
    expect(rotated.signing_secret).not.toBe(made.signing_secret);
    await cancelJob();
    const { body, headers } = delivered(0);
    for (const secret of [made.signing_secret, rotated.signing_secret]) {
      await client.webhooks.verifySignature(body, headers, secret);
    }
    await client.webhooks.rotateSecret(made.id);
    await cancelJob();
    const next = delivered(1);
    await expect(
      client.webhooks.verifySignature(next.body, next.headers, rotated.signing_secret),
    ).rejects.toMatchObject({ problem: 'wrong_signature' });
  });

  it('are verified with the secret and by the clock of the client', async () => {
    const { signing_secret: secret } = await client.webhooks.create(endpoint());
    await cancelJob();
    const { body, headers } = delivered(0);
    const sentAt = Number(headers['webhook-timestamp']) * 1000;
    const clock = new ManualClock({ epoch: sentAt });
    await using other = createOpenAIClient({ apiKey: 'test-key', webhookSecret: secret, clock });
    await other.webhooks.verifySignature(body, headers);
    await clock.advance(301_000);
    await expect(other.webhooks.verifySignature(body, headers)).rejects.toMatchObject({
      problem: 'too_old',
    });
    await other.webhooks.verifySignature(body, headers, null, 400);
  });

  it('take the secret from the environment, and keep it out of messages', async () => {
    const secret = 'quiet-meadow-words';
    vi.stubEnv('OPENAI_WEBHOOK_SECRET', secret);
    await using other = createOpenAIClient({ apiKey: 'test-key' });
    vi.unstubAllEnvs();
    await expect(other.webhooks.unwrap('{}', {})).rejects.toMatchObject({
      problem: 'missing_header',
    });
    expect(redactText(`it is ${secret}`)).not.toContain(secret);
  });

  it('need a secret', async () => {
    await expect(client.webhooks.unwrap('{}', {})).rejects.toBeInstanceOf(ConfigurationError);
  });
});

describe('webhook endpoints', () => {
  it('are changed, listed, and deleted', async () => {
    const { signing_secret: _secret, ...made } = await client.webhooks.create(endpoint());
    expect(await client.webhooks.retrieve(made.id)).toEqual(made);
    const changed = await client.webhooks.update(made.id, { name: 'other' });
    expect(changed).toEqual({ ...made, name: 'other' });
    const { data } = await client.webhooks.list({ limit: 1, after: null });
    expect(data).toEqual([changed]);
    expect(await client.webhooks.delete(made.id)).toMatchObject({ id: made.id, deleted: true });
    await expect(client.webhooks.retrieve(made.id)).rejects.toBeInstanceOf(NotFoundError);
    await cancelJob();
    expect(deliveries).toEqual([]);
  });

  it('are tested with an event', async () => {
    const { id, signing_secret: secret } = await client.webhooks.create(endpoint());
    const request = { event_type: 'batch.completed' } as const;
    expect(await client.webhooks.test(id, request)).toMatchObject({ status_code: 204 });
    const { body, headers } = delivered(0);
    expect(await client.webhooks.unwrap(body, headers, secret)).toMatchObject({
      type: 'batch.completed',
    });
    status = 500;
    await expect(client.webhooks.test(id, request)).rejects.toBeInstanceOf(BadRequestError);
  });

  it('are told which events there are', async () => {
    const { data } = await client.webhooks.eventTypes.list();
    expect(data).toContain('response.completed');
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ url: 'nowhere' }, 'url'],
    [{ event_types: [] }, 'event_types'],
  ])('are not made with %j', async (wrong, path) => {
    for (const call of [
      client.webhooks.create({ ...endpoint(), ...wrong }),
      client.webhooks.update('whe_1', wrong),
    ]) {
      const error: unknown = await call.then(undefined, (reason: unknown) => reason);
      expect(error).toBeInstanceOf(ValidationError);
      expect((error as ValidationError).issues[0]?.path).toBe(path);
    }
    expect(simulator.requests).toHaveLength(0);
  });

  it('are not tested with nothing', async () => {
    await expect(client.webhooks.test('whe_1', {} as never)).rejects.toBeInstanceOf(
      ValidationError,
    );
  });
});
