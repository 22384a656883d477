import { answer } from '../../answer.ts';
import type { Identifiers } from '../../identifiers.ts';
import { splitTokens } from '../../tokens.ts';
import { answerInForm } from '../../answer-in-form.ts';
import { cutInHalf } from '../../limited-text.ts';
import { REFUSAL } from '../answer-on-demand.ts';
import { chooseCalls, type WantedCall } from '../../tool-choice.ts';
import { isToolOutput, messagesOf, textOf } from './item-text.ts';
import { nextItemId, type ResponseItem } from './response-item.ts';
import type { ResponseRequest } from './response-request.ts';

/** How a response ends. */
export interface ResponseAnswer {
  readonly status: 'completed' | 'incomplete' | 'failed';
  readonly incompleteReason: 'max_output_tokens' | 'content_filter' | null;
  readonly failure: string | undefined;
  readonly output: readonly ResponseItem[];
  readonly reasoningTokens: number;
  readonly outputTokens: number;
}

const THOUGHT = '**Reading the question**\n\nI look for what the given text says about it.';

/** Decides on the answer: what was asked for on demand first, then tools, then a text. */
export function answerResponse(
  request: ResponseRequest,
  items: readonly ResponseItem[],
  identifiers: Identifiers,
): ResponseAnswer {
  if (request.failure !== undefined) return failing(request.failure);
  const thoughts = request.thinks ? [thought(identifiers)] : [];
  const reasoningTokens = request.thinks ? splitTokens(THOUGHT).length : 0;
  const rest = decide(request, items, identifiers);
  return {
    failure: undefined,
    ...rest,
    output: [...thoughts, ...rest.output],
    reasoningTokens,
    outputTokens: rest.outputTokens + reasoningTokens,
  };
}

type Decision = Omit<ResponseAnswer, 'reasoningTokens' | 'failure'>;

function decide(
  request: ResponseRequest,
  items: readonly ResponseItem[],
  identifiers: Identifiers,
): Decision {
  if (request.onDemand === 'refusal') return refusing(identifiers);
  const { asked, told } = turnOf(items);
  const calls = chooseCalls(request.toolRules, asked, told.join('\n\n'));
  if (calls.length > 0) return calling(calls, identifiers);
  const said =
    told.length > 0 ? told.join(' ') : answer([...instructionsOf(request), ...messagesOf(items)]);
  return saying(answerInForm(said, request.format, request.onDemand), request, identifiers);
}

function failing(code: string): ResponseAnswer {
  return {
    status: 'failed',
    incompleteReason: null,
    failure: code,
    output: [],
    reasoningTokens: 0,
    outputTokens: 0,
  };
}

function thought(identifiers: Identifiers): ResponseItem {
  const summary = [{ type: 'summary_text', text: THOUGHT }];
  return { id: nextItemId('reasoning', identifiers), type: 'reasoning', summary };
}

/** What has come since the model last answered, by a text or by a call. */
interface Turn {
  /** What the user said. */
  readonly asked: string;
  /** What tools gave back. */
  readonly told: readonly string[];
}

function isAnswer({ type, role }: ResponseItem): boolean {
  return role === 'assistant' || type === 'function_call' || type === 'custom_tool_call';
}

function turnOf(items: readonly ResponseItem[]): Turn {
  const latest = items.slice(items.findLastIndex(isAnswer) + 1);
  const asked = latest.filter((item) => item['role'] === 'user').map(textOf);
  return { asked: asked.join('\n\n'), told: latest.filter(isToolOutput).map(textOf) };
}

function instructionsOf({ body }: ResponseRequest): { role: string; text: string }[] {
  const { instructions } = body;
  return typeof instructions === 'string' ? [{ role: 'system', text: instructions }] : [];
}

function message(
  part: Readonly<Record<string, unknown>>,
  status: string,
  identifiers: Identifiers,
): ResponseItem {
  const id = nextItemId('message', identifiers);
  return { id, type: 'message', status, content: [part], role: 'assistant' };
}

function refusing(identifiers: Identifiers): Decision {
  return {
    status: 'completed',
    incompleteReason: null,
    output: [message({ type: 'refusal', refusal: REFUSAL }, 'completed', identifiers)],
    outputTokens: splitTokens(REFUSAL).length,
  };
}

function calling(calls: readonly WantedCall[], identifiers: Identifiers): Decision {
  const output = calls.map((call) => toItem(call, identifiers));
  return {
    status: 'completed',
    incompleteReason: null,
    output,
    outputTokens: calls.reduce((sum, { input }) => sum + splitTokens(input).length, 0),
  };
}

function toItem({ tool, input }: WantedCall, identifiers: Identifiers): ResponseItem {
  const type = tool.kind === 'custom' ? 'custom_tool_call' : 'function_call';
  return {
    id: nextItemId(type, identifiers),
    type,
    status: 'completed',
    call_id: `call_${identifiers.next('call', 24)}`,
    name: tool.name,
    ...(tool.kind === 'custom' ? { input } : { arguments: input }),
  };
}

function saying(
  text: string,
  { maxTokens, onDemand }: ResponseRequest,
  identifiers: Identifiers,
): Decision {
  const tokens = splitTokens(text);
  const isFiltered = onDemand === 'content_filter';
  const isHalved = onDemand === 'length' || isFiltered;
  const kept = splitTokens(isHalved ? cutInHalf(text) : text).slice(0, maxTokens);
  const isCut = isHalved || kept.length < tokens.length;
  const status = isCut ? 'incomplete' : 'completed';
  const part = { type: 'output_text', annotations: [], logprobs: [], text: kept.join('') };
  return {
    status,
    incompleteReason: isFiltered ? 'content_filter' : isCut ? 'max_output_tokens' : null,
    output: [message(part, status, identifiers)],
    outputTokens: kept.length,
  };
}
