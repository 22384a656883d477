import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import type { Reply } from '../../reply.ts';
import { countTokens } from '../../tokens.ts';
import { type GivenMessage, MESSAGE, textOf } from '../chat/message-shape.ts';
import { usageOf } from '../chat/usage.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import {
  dictionary,
  either,
  filledText,
  list,
  nullable,
  readBody,
  record,
  text,
} from '../shape.ts';
import { classify, TARGET } from './classifier-target.ts';
import { moderate } from './moderation.ts';

const CHAT = list(MESSAGE, { least: 1 });
const INSTRUCTION = record({ messages: CHAT });

const OF_TEXTS = record({
  model: filledText,
  metadata: nullable(dictionary),
  input: either(text, list(text)),
});
const OF_CHATS = record({ model: filledText, input: either(list(CHAT), CHAT) });
const OF_INSTRUCTIONS = record({
  model: filledText,
  input: either(list(INSTRUCTION), INSTRUCTION),
});

/** /v1/moderations and /v1/classifications, and the same of chats. */
export function classifierRoutes(models: ModelShelf, identifiers: Identifiers): Route[] {
  const reply = (
    model: string,
    texts: readonly string[],
    judge: (text: string) => unknown,
  ): Reply => {
    const usage = usageOf(
      texts.reduce((sum, each) => sum + countTokens(each), 0),
      0,
    );
    const id = identifiers.nextHex('classification', 32);
    const body = { id, model, usage, results: texts.map(judge) };
    return { kind: 'json', tokens: usage.total_tokens, body };
  };
  const moderations = (model: string, texts: readonly string[]): Reply => {
    models.requireAble(model, 'moderation');
    return reply(model, texts, moderate);
  };
  const classifications = (model: string, texts: readonly string[]): Reply => {
    models.requireAble(model, 'classification');
    return reply(model, texts, (each) => ({ [TARGET]: { scores: classify(each) } }));
  };
  return [
    post('/v1/moderations', (body) => {
      const { model, input } = readBody(OF_TEXTS, body);
      return moderations(model, [input].flat());
    }),
    post('/v1/chat/moderations', (body) => {
      const { model, input } = readBody(OF_CHATS, body);
      return moderations(model, chatsOf(input).map(latestText));
    }),
    post('/v1/classifications', (body) => {
      const { model, input } = readBody(OF_TEXTS, body);
      return classifications(model, [input].flat());
    }),
    post('/v1/chat/classifications', (body) => {
      const { model, input } = readBody(OF_INSTRUCTIONS, body);
      const chats = [input].flat().map(({ messages }) => messages);
      return classifications(model, chats.map(latestText));
    }),
  ];
}

function post(path: string, answer: (body: unknown) => Reply): Route {
  return { method: 'POST', path, handle: ({ body }) => answer(body) };
}

/** One chat, or several. */
function chatsOf(
  input: readonly (GivenMessage | readonly GivenMessage[])[],
): (readonly GivenMessage[])[] {
  const chats = input.filter((item): item is readonly GivenMessage[] => Array.isArray(item));
  const messages = input.filter((item): item is GivenMessage => !Array.isArray(item));
  return messages.length > 0 ? [messages] : chats;
}

/** What of a chat is judged: the last message. */
function latestText(messages: readonly GivenMessage[]): string {
  return textOf(messages.at(-1)?.content);
}
