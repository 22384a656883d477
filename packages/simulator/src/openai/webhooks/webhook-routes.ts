import { createHash } from 'node:crypto';
import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import { jsonReply } from '../../reply.ts';
import { epochSeconds } from '../../wall-time.ts';
import { listPage } from '../list-page.ts';
import { optionalFlag, requireObjectBody, requireText } from '../request-fields.ts';
import {
  endpointObject,
  parseEndpoint,
  requireEventType,
  requireWhole,
  type WebhookEndpoint,
} from './webhook-endpoint.ts';
import { WEBHOOK_EVENT_TYPES } from './webhook-event-types.ts';
import type { WebhookHub } from './webhook-hub.ts';

const PATH = '/v1/webhook_endpoints';
const ONE = `${PATH}/{id}`;

/** The routes of /v1/webhook_endpoints, and GET /v1/webhook_event_types. */
export function webhookRoutes(hub: WebhookHub, identifiers: Identifiers): Route[] {
  const { endpoints } = hub;
  const newSecret = (): string => {
    const seed = identifiers.nextHex('webhook secret', 64);
    return `whsec_${createHash('sha256').update(seed).digest('base64')}`;
  };
  return [
    {
      method: 'POST',
      path: PATH,
      handle: ({ body }) => {
        const endpoint = endpoints.add({
          ...requireWhole(parseEndpoint(requireObjectBody(body))),
          id: `whe_${identifiers.nextHex('webhook endpoint', 24)}`,
          createdAt: epochSeconds(),
          secret: newSecret(),
          oldSecret: undefined,
        });
        return jsonReply(withSecret(endpoint));
      },
    },
    {
      method: 'GET',
      path: PATH,
      handle: ({ query }) => jsonReply(listPage(endpoints.all.map(endpointObject), query)),
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params }) => jsonReply(endpointObject(endpoints.require(params['id']))),
    },
    {
      method: 'POST',
      path: ONE,
      handle: ({ params, body }) => {
        const known = endpoints.require(params['id']);
        const changes = parseEndpoint(requireObjectBody(body));
        return jsonReply(endpointObject(endpoints.add({ ...known, ...changes })));
      },
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => {
        const { id } = endpoints.remove(params['id']);
        return jsonReply({ id, object: 'webhook_endpoint.deleted', deleted: true });
      },
    },
    {
      method: 'POST',
      path: `${ONE}/rotate_secret`,
      handle: ({ params, body }) => {
        const known = endpoints.require(params['id']);
        const keepsOld =
          optionalFlag(requireObjectBody(body), 'keep_old_secret_active_for_24_hours') ?? false;
        const oldSecret = keepsOld ? known.secret : undefined;
        return jsonReply(withSecret(endpoints.add({ ...known, secret: newSecret(), oldSecret })));
      },
    },
    {
      method: 'POST',
      path: `${ONE}/test`,
      handle: async ({ params, body }) => {
        const endpoint = endpoints.require(params['id']);
        const given = requireText(requireObjectBody(body), 'event_type');
        const type = requireEventType(given, 'event_type');
        return jsonReply(await testResult(hub, endpoint, type));
      },
    },
    {
      method: 'GET',
      path: '/v1/webhook_event_types',
      handle: () => jsonReply({ object: 'list', data: WEBHOOK_EVENT_TYPES }),
    },
  ];
}

function withSecret(endpoint: WebhookEndpoint): unknown {
  return { ...endpointObject(endpoint), signing_secret: endpoint.secret };
}

async function testResult(
  hub: WebhookHub,
  endpoint: WebhookEndpoint,
  type: string,
): Promise<unknown> {
  const status = await hub.test(endpoint, type).catch(() => undefined);
  if (status !== undefined && status >= 200 && status < 300) {
    return {
      object: 'webhook_endpoint.test',
      webhook_endpoint_id: endpoint.id,
      event_type: type,
      success: true,
      status_code: status,
    };
  }
  const answer = status === undefined ? 'cannot be reached' : `answered ${status}`;
  throw new RequestRefused({
    status: 400,
    message: `The endpoint ${answer}.`,
    code: 'webhook_test_failed',
  });
}
