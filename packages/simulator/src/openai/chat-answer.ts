import { answer } from '../answer.ts';
import type { Identifiers } from '../identifiers.ts';
import { splitTokens } from '../tokens.ts';
import { answerInForm } from '../answer-in-form.ts';
import { limitText } from '../limited-text.ts';
import { REFUSAL } from './answer-on-demand.ts';
import type { ChatRequest } from './chat-request.ts';
import { chooseCalls, type WantedCall } from '../tool-choice.ts';

/** A tool call as the API writes it. */
export type ToolCall =
  | {
      readonly id: string;
      readonly type: 'function';
      readonly function: { readonly name: string; readonly arguments: string };
    }
  | {
      readonly id: string;
      readonly type: 'custom';
      readonly custom: { readonly name: string; readonly input: string };
    };

/** What a request is answered with: a text, a refusal, or calls of tools. */
export interface ChatAnswer {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: 'stop' | 'length' | 'tool_calls' | 'content_filter';
  readonly tokens: number;
}

/** Decides on the answer: what was asked for on demand first, then tools, then a text. */
export function answerChat(request: ChatRequest, identifiers: Identifiers): ChatAnswer {
  if (request.onDemand === 'refusal') return refusing();
  const { toolRules, asked, toolResults } = request;
  const calls = chooseCalls(toolRules, asked, toolResults.join('\n\n'));
  if (calls.length > 0) return calling(calls, identifiers);
  return saying(textFor(request), request);
}

function refusing(): ChatAnswer {
  return {
    content: null,
    refusal: REFUSAL,
    toolCalls: [],
    finishReason: 'stop',
    tokens: splitTokens(REFUSAL).length,
  };
}

function calling(calls: readonly WantedCall[], identifiers: Identifiers): ChatAnswer {
  const toolCalls = calls.map((call) => toToolCall(call, identifiers));
  return {
    content: null,
    refusal: null,
    toolCalls,
    finishReason: 'tool_calls',
    tokens: splitTokens(JSON.stringify(toolCalls)).length,
  };
}

function toToolCall({ tool, input }: WantedCall, identifiers: Identifiers): ToolCall {
  const id = `call_${identifiers.next('call', 24)}`;
  const { name } = tool;
  return tool.kind === 'custom'
    ? { id, type: 'custom', custom: { name, input } }
    : { id, type: 'function', function: { name, arguments: input } };
}

function textFor({ format, messages, toolResults, onDemand }: ChatRequest): string {
  const said = toolResults.length > 0 ? toolResults.join(' ') : answer(messages);
  return answerInForm(said, format, onDemand);
}

function saying(text: string, { stop, maxTokens, onDemand }: ChatRequest): ChatAnswer {
  const limits = { stop, maxTokens, isHalved: onDemand === 'length' };
  const { text: said, tokens, isCut } = limitText(text, limits);
  const isFiltered = onDemand === 'content_filter';
  return {
    content: isFiltered ? '' : said,
    refusal: null,
    toolCalls: [],
    finishReason: isFiltered ? 'content_filter' : isCut ? 'length' : 'stop',
    tokens,
  };
}
