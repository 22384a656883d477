import { answer } from '../../answer.ts';
import { answerInForm } from '../../answer-in-form.ts';
import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { limitText } from '../../limited-text.ts';
import { countTokens } from '../../tokens.ts';
import { chooseCalls, type WantedCall } from '../../tool-choice.ts';
import type { ChatRequest } from './chat-request.ts';
import { type GivenMessage, textOf } from './message-shape.ts';

/** A tool call as the API writes it. */
export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string | JsonObject };
  readonly index: number;
}

/** Why an answer ended. */
export type FinishReason = 'stop' | 'length' | 'model_length' | 'error' | 'tool_calls';

/** What a request is answered with: a text, perhaps after a thought, or calls of tools. */
export interface ChatAnswer {
  readonly thought: string | undefined;
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  readonly tokens: number;
}

const THOUGHT = 'Okay, I read the question and look for what the given text says about it.';
const TOOL_CALL_ID_LENGTH = 9;

/** Decides on the answer: tools first, then a text. */
export function answerChat(request: ChatRequest, identifiers: Identifiers): ChatAnswer {
  const latest = sinceLastAnswer(request.messages);
  const asked = textsOf(latest, 'user').join('\n\n');
  const told = textsOf(latest, 'tool');
  const calls = chooseCalls(request.toolRules, asked, told.join('\n\n'));
  const thought = request.thinks ? THOUGHT : undefined;
  const rest =
    calls.length > 0
      ? calling(calls, request, identifiers)
      : saying(saidTo(request, told), request);
  return { ...rest, thought, tokens: rest.tokens + countTokens(thought ?? '') };
}

function sinceLastAnswer(messages: readonly GivenMessage[]): readonly GivenMessage[] {
  const answered = messages.findLastIndex(
    ({ role, prefix }) => role === 'assistant' && prefix !== true,
  );
  return messages.slice(answered + 1);
}

function textsOf(messages: readonly GivenMessage[], role: GivenMessage['role']): string[] {
  return messages.filter((message) => message.role === role).map(({ content }) => textOf(content));
}

type Decision = Omit<ChatAnswer, 'thought'>;

function calling(
  calls: readonly WantedCall[],
  { onDemand }: ChatRequest,
  identifiers: Identifiers,
): Decision {
  const toolCalls = calls.map(({ tool, input }, index): ToolCall => ({
    id: identifiers.next('call', TOOL_CALL_ID_LENGTH),
    type: 'function',
    function: {
      name: tool.name,
      arguments: onDemand === 'object_arguments' ? asObject(input) : input,
    },
    index,
  }));
  return {
    text: '',
    toolCalls,
    finishReason: 'tool_calls',
    tokens: countTokens(JSON.stringify(toolCalls)),
  };
}

/** What was wrongly written stays as it is. */
function asObject(json: string): JsonObject | string {
  try {
    const parsed: unknown = JSON.parse(json);
    return isJsonObject(parsed) ? parsed : json;
  } catch {
    return json;
  }
}

function saidTo({ messages, format, onDemand }: ChatRequest, told: readonly string[]): string {
  const said =
    told.length > 0
      ? told.join(' ')
      : answer(messages.map(({ role, content }) => ({ role, text: textOf(content) })));
  return answerInForm(said, format, onDemand);
}

/** What is said begins with the prefix that the last message gives it. */
function saying(said: string, { messages, stop, maxTokens, onDemand }: ChatRequest): Decision {
  const isHalved = onDemand === 'length' || onDemand === 'model_length' || onDemand === 'error';
  const { text, tokens, isCut } = limitText(said, { stop, maxTokens, isHalved });
  const last = messages.at(-1);
  const prefix = last?.prefix === true ? textOf(last.content) : '';
  return {
    text: prefix + text,
    toolCalls: [],
    finishReason: isHalved ? onDemand : isCut ? 'length' : 'stop',
    tokens,
  };
}
