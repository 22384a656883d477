import type { AnswerFormat } from '../answer-format.ts';
import type { ConversationMessage } from '../conversation.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import { countTokens } from '../tokens.ts';
import { type AnswerOnDemand, parseAnswerOnDemand } from './answer-on-demand.ts';
import { checkToolMessages } from './chat-tool-messages.ts';
import { parseToolRules } from './chat-tools.ts';
import {
  missing,
  optionalFlag,
  optionalInteger,
  optionalNumber,
  requireObjectBody,
  requireText,
  wrongType,
  wrongValue,
} from './request-fields.ts';
import { parseResponseFormat } from './response-format.ts';
import type { ToolRules } from '../tool-choice.ts';

/** What the simulator heeds of a chat request; all else is accepted and has no effect. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ConversationMessage[];
  readonly promptTokens: number;
  readonly choices: number;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly format: AnswerFormat;
  readonly toolRules: ToolRules;
  /** What the user said since the last answer, which may ask for tools. */
  readonly asked: string;
  /** What tools gave back since the last answer. */
  readonly toolResults: readonly string[];
  readonly onDemand: AnswerOnDemand | undefined;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly includeObfuscation: boolean;
}

const ROLES: ReadonlySet<unknown> = new Set([
  'developer',
  'system',
  'user',
  'assistant',
  'tool',
  'function',
]);
const TOKENS_PER_MESSAGE = 3;
const TOKENS_OF_REPLY_PRIMER = 3;
const TOKENS_PER_ATTACHMENT = 85;

/** Reads and checks the body of a chat request. @throws RequestRefused 400 that names the parameter */
export function parseChatRequest(given: unknown): ChatRequest {
  const body = requireObjectBody(given);
  const model = requireText(body, 'model');
  const messages = parseMessages(body['messages']);
  const latest = sinceLastAnswer(messages);
  const textsOf = (role: string): string[] =>
    latest.filter((message) => message.role === role).map(({ text }) => text);
  checkSampling(body);
  const anyTokens = { from: 1, to: Number.MAX_SAFE_INTEGER };
  const maxTokens = optionalInteger(body, 'max_tokens', anyTokens);
  const maxCompletionTokens = optionalInteger(body, 'max_completion_tokens', anyTokens);
  if (maxTokens !== undefined && maxCompletionTokens !== undefined) {
    throw wrongValue('max_tokens', "'max_tokens' and 'max_completion_tokens' cannot both be set.");
  }
  const stream = optionalFlag(body, 'stream') ?? false;
  return {
    model,
    messages,
    promptTokens: messages.reduce((sum, message) => sum + message.tokens, TOKENS_OF_REPLY_PRIMER),
    choices: optionalInteger(body, 'n', { from: 1, to: 128 }) ?? 1,
    maxTokens: maxCompletionTokens ?? maxTokens ?? Infinity,
    stop: parseStop(body['stop']),
    format: parseResponseFormat(body['response_format']),
    toolRules: parseToolRules(body),
    asked: textsOf('user').join('\n\n'),
    toolResults: textsOf('tool'),
    onDemand: parseAnswerOnDemand(body),
    stream,
    ...parseStreamOptions(body['stream_options'], stream),
  };
}

interface CountedMessage extends ConversationMessage {
  readonly tokens: number;
}

function parseMessages(given: unknown): CountedMessage[] {
  if (given === undefined || given === null) throw missing('messages');
  if (!Array.isArray(given)) throw wrongType('messages', 'an array of objects', given);
  if (given.length === 0)
    throw wrongValue('messages', "'messages' must have at least one message.", 'empty_array');
  const messages = given.map((message: unknown, index) =>
    parseMessage(message, `messages[${index}]`),
  );
  checkToolMessages(given);
  return messages;
}

function sinceLastAnswer(messages: readonly ConversationMessage[]): readonly ConversationMessage[] {
  const answered = messages.findLastIndex(({ role }) => role === 'assistant');
  return messages.slice(answered + 1);
}

function parseMessage(given: unknown, param: string): CountedMessage {
  if (!isJsonObject(given)) throw wrongType(param, 'an object', given);
  const { role, content } = given;
  if (role === undefined) throw missing(`${param}.role`);
  if (typeof role !== 'string' || !ROLES.has(role)) {
    throw wrongValue(`${param}.role`, `'${param}.role' must be one of ${[...ROLES].join(', ')}.`);
  }
  if (role === 'tool' && typeof given['tool_call_id'] !== 'string')
    throw missing(`${param}.tool_call_id`);
  const mayLackContent = role === 'assistant' || role === 'function';
  if ((content === undefined || content === null) && !mayLackContent)
    throw missing(`${param}.content`);
  const { text, attachments } = parseContent(content ?? '', `${param}.content`);
  const extra =
    given['tool_calls'] === undefined ? 0 : countTokens(JSON.stringify(given['tool_calls']));
  const tokens =
    TOKENS_PER_MESSAGE +
    countTokens(role) +
    countTokens(text) +
    attachments * TOKENS_PER_ATTACHMENT +
    extra;
  return { role, text, tokens };
}

function parseContent(
  content: unknown,
  param: string,
): { readonly text: string; readonly attachments: number } {
  if (typeof content === 'string') return { text: content, attachments: 0 };
  if (!Array.isArray(content))
    throw wrongType(param, 'a string or an array of content parts', content);
  const texts: string[] = [];
  for (const [index, part] of content.entries()) {
    const at = `${param}[${index}]`;
    if (!isJsonObject(part)) throw wrongType(at, 'an object', part);
    if (typeof part['type'] !== 'string') throw missing(`${at}.type`);
    if (part['type'] !== 'text') continue;
    if (typeof part['text'] !== 'string') throw missing(`${at}.text`);
    texts.push(part['text']);
  }
  return { text: texts.join('\n\n'), attachments: content.length - texts.length };
}

function checkSampling(body: JsonObject): void {
  optionalNumber(body, 'temperature', { from: 0, to: 2 });
  optionalNumber(body, 'top_p', { from: 0, to: 1 });
  optionalNumber(body, 'presence_penalty', { from: -2, to: 2 });
  optionalNumber(body, 'frequency_penalty', { from: -2, to: 2 });
  optionalInteger(body, 'top_logprobs', { from: 0, to: 20 });
  optionalFlag(body, 'logprobs');
}

/** One to four sequences at which an answer ends. @throws RequestRefused 400 */
export function parseStop(given: unknown): readonly string[] {
  if (given === undefined || given === null) return [];
  const stops: unknown[] = Array.isArray(given) ? given : [given];
  if (stops.length > 4)
    throw wrongValue('stop', "'stop' may have 4 sequences at most.", 'array_above_max_length');
  return stops.map((stop) => {
    if (typeof stop !== 'string') throw wrongType('stop', 'a string or an array of strings', given);
    if (stop === '') throw wrongValue('stop', "'stop' must not have an empty sequence.");
    return stop;
  });
}

function parseStreamOptions(
  given: unknown,
  stream: boolean,
): { readonly includeUsage: boolean; readonly includeObfuscation: boolean } {
  if (given === undefined || given === null)
    return { includeUsage: false, includeObfuscation: true };
  if (!isJsonObject(given)) throw wrongType('stream_options', 'an object', given);
  if (!stream)
    throw wrongValue('stream_options', "'stream_options' is only allowed when 'stream' is true.");
  return {
    includeUsage: optionalFlag(given, 'include_usage') ?? false,
    includeObfuscation: optionalFlag(given, 'include_obfuscation') ?? true,
  };
}
