import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { epochSeconds } from '../../wall-time.ts';
import { listPage } from '../list-page.ts';
import { requireChatModel } from '../models.ts';
import { requireObjectBody, requireText, wrongType } from '../request-fields.ts';
import { compact } from './compaction.ts';
import { createResponse, type ResponseSettings } from './create-response.ts';
import { countItemTokens } from './item-text.ts';
import { readContext } from './response-context.ts';
import { streamReply } from './response-stream.ts';
import { parseResponseTools } from './response-tools.ts';
import { countInputTokens, usageOf } from './response-usage.ts';

const ONE = '/v1/responses/{id}';

/** /v1/responses and what is below it. */
export function responseRoutes(settings: ResponseSettings): Route[] {
  const { responses } = settings.memory;
  return [
    {
      method: 'POST',
      path: '/v1/responses',
      handle: ({ body }) => createResponse(body, settings),
    },
    { method: 'POST', path: '/v1/responses/compact', handle: compactRoute(settings) },
    { method: 'POST', path: '/v1/responses/input_tokens', handle: countRoute(settings) },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params, query }) => {
        const stored = responses.require(params['id']);
        if (query.get('stream') !== 'true') return jsonReply(stored.look());
        const events = stored.eventsAfter(startingAfter(query));
        const padded = query.get('include_obfuscation') !== 'false';
        return streamReply(events, { body: stored.body, tokens: 0, padded });
      },
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => {
        const { id } = responses.remove(params['id']);
        return jsonReply({ id, object: 'response', deleted: true });
      },
    },
    {
      method: 'POST',
      path: `${ONE}/cancel`,
      handle: ({ params }) => jsonReply(responses.require(params['id']).cancel()),
    },
    {
      method: 'GET',
      path: `${ONE}/input_items`,
      handle: ({ params, query }) =>
        jsonReply(listPage(responses.require(params['id']).input, query)),
    },
  ];
}

function startingAfter(query: URLSearchParams): number {
  const given = query.get('starting_after');
  if (given === null) return -1;
  if (/^\d+$/.test(given)) return Number(given);
  throw wrongType('starting_after', 'an integer', given);
}

/** The whole conversation goes into one item. */
function compactRoute({ models, memory }: ResponseSettings): Route['handle'] {
  return ({ body: given }) => {
    const body = requireObjectBody(given);
    requireChatModel(models, requireText(body, 'model'), '/v1/responses/compact');
    const context = readContext(body, memory);
    const items = [...context.history, ...context.input];
    const compaction = compact(items, memory.identifiers);
    const outputTokens = countItemTokens([compaction]);
    const usage = usageOf(body, context, { outputTokens, reasoningTokens: 0 });
    const result = {
      id: `resp_${memory.identifiers.nextHex('resp', 48)}`,
      object: 'response.compaction',
      created_at: epochSeconds(),
      output: [compaction],
      usage,
    };
    return { kind: 'json', body: result, tokens: usage.total_tokens };
  };
}

function countRoute({ models, memory }: ResponseSettings): Route['handle'] {
  return ({ body: given }) => {
    const body = requireObjectBody(given);
    const { model } = body;
    if (typeof model === 'string') requireChatModel(models, model, '/v1/responses/input_tokens');
    parseResponseTools(body);
    const tokens = countInputTokens(body, readContext(body, memory));
    return jsonReply({ object: 'response.input_tokens', input_tokens: tokens });
  };
}
