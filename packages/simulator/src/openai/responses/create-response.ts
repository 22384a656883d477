import type { Reply } from '../../reply.ts';
import { epochSeconds } from '../../wall-time.ts';
import type { ModelDescription } from '../../model-description.ts';
import { requireChatModel } from '../models.ts';
import { answerResponse } from './response-answer.ts';
import type { ResponseIdentity } from './response-body.ts';
import { readContext, type ResponseContext, type ResponseMemory } from './response-context.ts';
import { responseEvents } from './response-events.ts';
import { parseResponseRequest, type ResponseRequest } from './response-request.ts';
import { streamReply } from './response-stream.ts';
import { usageOf } from './response-usage.ts';
import { StoredResponse } from './stored-response.ts';
import { checkToolCalls } from './tool-calls.ts';

/** What responses are made with. */
export interface ResponseSettings {
  readonly models: readonly ModelDescription[];
  readonly wordsPerEvent: number;
  readonly memory: ResponseMemory;
}

/** Answers a request, and keeps what it asks to keep. @throws RequestRefused */
export function createResponse(given: unknown, settings: ResponseSettings): Reply {
  const { memory } = settings;
  const request = parseResponseRequest(given);
  const context = readContext(request.body, memory);
  checkToolCalls([...context.history, ...context.input]);
  const made = makeResponse(request, context, settings);
  if (request.store) memory.responses.add(made.stored);
  context.conversation?.add(made.stored.context.slice(context.history.length));
  const { tokens } = made;
  const { body } = made.stored;
  if (!request.stream) return { kind: 'json', body, tokens };
  return streamReply(made.events, { body, tokens, padded: request.includeObfuscation });
}

interface MadeResponse {
  readonly stored: StoredResponse;
  readonly events: ReturnType<typeof responseEvents>;
  readonly tokens: number;
}

function makeResponse(
  request: ResponseRequest,
  context: ResponseContext,
  { models, wordsPerEvent, memory }: ResponseSettings,
): MadeResponse {
  const model = requireChatModel(models, request.model, '/v1/responses');
  const { history, input, conversation } = context;
  const answer = answerResponse(request, [...history, ...input], memory.identifiers);
  const usage = usageOf(request.body, context, answer);
  const identity: ResponseIdentity = {
    id: `resp_${memory.identifiers.nextHex('resp', 48)}`,
    createdAt: epochSeconds(),
    model: model.snapshot ?? model.id,
    request,
    conversationId: conversation?.id,
    usage,
  };
  const events = responseEvents(identity, answer, wordsPerEvent);
  const stored = new StoredResponse({ identity, input, history, answer, events });
  return { stored, events, tokens: usage.total_tokens };
}
