import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookVerifier } from '@integrations/openai';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

let both: BothClients;
let receiver: Server;
let url: string;

beforeAll(async () => {
  receiver = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
});

afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});

beforeEach(async () => {
  both = await connectBoth();
});

afterEach(() => both[Symbol.asyncDispose]());

function compare(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<unknown> {
  return compareCalls(both, { ours, theirs });
}

describe('webhook endpoints', () => {
  const make = async (): Promise<string> => {
    const request = { name: 'a', url, event_types: ['batch.completed' as const] };
    const made = await compare(
      (client) => client.webhooks.create(request),
      (client) => client.webhooks.create(request),
    );
    return (made as { readonly id: string }).id;
  };

  it('are made, changed, listed, tested and deleted', async () => {
    const id = await make();
    await make();
    await compare(
      (client) => client.webhooks.retrieve(id),
      (client) => client.webhooks.retrieve(id),
    );
    await compare(
      (client) => client.webhooks.update(id, { name: 'b' }),
      (client) => client.webhooks.update(id, { name: 'b' }),
    );
    const all = await compare(
      (client) => collectItems(client.webhooks.list({ limit: 1 })),
      (client) => collectItems(client.webhooks.list({ limit: 1 })),
    );
    expect(all).toHaveLength(2);
    for (const request of [undefined, { keep_old_secret_active_for_24_hours: true }]) {
      await compare(
        (client) => client.webhooks.rotateSecret(id, request),
        (client) => client.webhooks.rotateSecret(id, request),
      );
    }
    await compare(
      (client) => client.webhooks.test(id, { event_type: 'batch.completed' }),
      (client) => client.webhooks.test(id, { event_type: 'batch.completed' }),
    );
    await compare(
      (client) => client.webhooks.delete(id),
      (client) => client.webhooks.delete(id),
    );
    await compareFailures(both, {
      ours: (client) => client.webhooks.retrieve(id),
      theirs: (client) => client.webhooks.retrieve(id),
    });
  });

  it('may be told of some events', async () => {
    await compare(
      (client) => client.webhooks.eventTypes.list(),
      (client) => client.webhooks.eventTypes.list(),
    );
  });
});

/** Whether each of three implementations takes a webhook for genuine. */
async function verdicts(
  payload: string,
  headers: Record<string, string>,
  secret: string,
): Promise<boolean[]> {
  const standard = new Webhook(secret);
  const judges: (() => unknown)[] = [
    () => new WebhookVerifier({ secret }).verifySignature(payload, headers),
    () => both.ours.webhooks.verifySignature(payload, headers, secret),
    () => both.theirs.webhooks.verifySignature(payload, headers, secret),
    () => standard.verify(payload, headers, { jsonParse: false }),
  ];
  return Promise.all(
    judges.map(async (judge) => {
      try {
        await judge();
        return true;
      } catch {
        return false;
      }
    }),
  );
}

describe('webhooks.unwrap', () => {
  it('gives the same event', async () => {
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    const now = new Date();
    const payload = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'response.completed',
      created_at: 1,
      data: { id: 'resp_1' },
    });
    const headers = {
      'webhook-id': 'wh_1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('wh_1', now, payload),
    };
    const ours = await both.ours.webhooks.unwrap(payload, headers, secret);
    expect(ours).toEqual(await both.theirs.webhooks.unwrap(payload, headers, secret));
    expect(ours).toMatchObject({ type: 'response.completed' });
  });
});

describe('signatures', () => {
  const NOW_S = Math.floor(Date.now() / 1000);
  const secrets = fc
    .uint8Array({ minLength: 1, maxLength: 64 })
    .map((key) => `whsec_${Buffer.from(key).toString('base64')}`);
  // Peers take the text apart at its dots, or not at all; ids have none.
  const ids = fc.stringMatching(/^[\w-]{1,30}$/);
  const payloads = fc.string({ unit: 'grapheme' });

  it('of the standard library are taken by all', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, ids, payloads, async (secret, id, payload) => {
        const signature = new Webhook(secret).sign(id, new Date(NOW_S * 1000), payload);
        const headers = {
          'webhook-id': id,
          'webhook-timestamp': String(NOW_S),
          'webhook-signature': `v1,${randomBytes(32).toString('base64')} ${signature}`,
        };
        expect(await verdicts(payload, headers, secret)).toEqual([true, true, true, true]);
      }),
    );
  });

  it.each<[string, (signed: Signed) => Signed]>([
    ['another body', (signed) => ({ ...signed, payload: `${signed.payload} ` })],
    ['another id', (signed) => changed(signed, 'webhook-id', 'evt_other')],
    ['another time', (signed) => changed(signed, 'webhook-timestamp', String(NOW_S - 1))],
    ['a time that is no number', (signed) => changed(signed, 'webhook-timestamp', 'soon')],
    ['no signature', (signed) => changed(signed, 'webhook-signature', 'v1,')],
    ['another secret', (signed) => ({ ...signed, secret: 'whsec_b3RoZXI=' })],
  ])('with %s are refused by all', async (_what, change) => {
    const { secret, payload, headers } = change(sign());
    expect(await verdicts(payload, headers, secret)).toEqual([false, false, false, false]);
  });

  it.each([-400, 400])('that are %i s off are refused by all', async (offset) => {
    const { secret, payload, headers } = sign(NOW_S + offset);
    expect(await verdicts(payload, headers, secret)).toEqual([false, false, false, false]);
  });

  interface Signed {
    readonly secret: string;
    readonly payload: string;
    readonly headers: Record<string, string>;
  }

  function sign(timestamp = NOW_S): Signed {
    const secret = `whsec_${Buffer.from('a key for the peers').toString('base64')}`;
    const payload = '{"type":"batch.completed"}';
    const signature = new Webhook(secret).sign('evt_1', new Date(timestamp * 1000), payload);
    const headers = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature,
    };
    return { secret, payload, headers };
  }

  function changed(signed: Signed, name: string, value: string): Signed {
    return { ...signed, headers: { ...signed.headers, [name]: value } };
  }
});
