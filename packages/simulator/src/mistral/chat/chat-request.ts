import type { AnswerFormat } from '../../answer-format.ts';
import type { ToolRules } from '../../tool-choice.ts';
import {
  dictionary,
  either,
  filledText,
  flag,
  integer,
  list,
  nullable,
  number,
  oneOf,
  optional,
  record,
  readBody,
  text,
} from '../shape.ts';
import { type AnswerOnDemand, METADATA } from './answer-on-demand.ts';
import { checkMessageOrder } from './message-order.ts';
import { type GivenMessage, MESSAGE } from './message-shape.ts';
import { RESPONSE_FORMAT } from './response-format.ts';
import { TOOL, TOOL_CHOICE, toolRules } from './tool-shape.ts';

/** What the simulator heeds of a chat request; all else is checked and has no effect. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly GivenMessage[];
  readonly choices: number;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly format: AnswerFormat;
  readonly toolRules: ToolRules;
  /** Whether the answer shows a thought first. */
  readonly thinks: boolean;
  readonly onDemand: AnswerOnDemand | undefined;
  readonly stream: boolean;
}

const MOST_TOOLS = 128;

const SHAPE = record({
  model: filledText,
  messages: list(MESSAGE, { least: 1 }),
  temperature: nullable(number({ from: 0, to: 1.5 })),
  top_p: nullable(number({ from: 0, to: 1 })),
  max_tokens: nullable(integer({ from: 0 })),
  stream: optional(flag),
  stop: nullable(either(text, list(text))),
  random_seed: nullable(integer({ from: 0 })),
  metadata: METADATA,
  response_format: optional(RESPONSE_FORMAT),
  tools: nullable(list(TOOL, { most: MOST_TOOLS })),
  tool_choice: optional(TOOL_CHOICE),
  presence_penalty: nullable(number({ from: -2, to: 2 })),
  frequency_penalty: nullable(number({ from: -2, to: 2 })),
  n: nullable(integer({ from: 1 })),
  prediction: optional(record({ type: optional(oneOf('content')), content: optional(text) })),
  parallel_tool_calls: optional(flag),
  reasoning_effort: nullable(oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh')),
  prompt_mode: nullable(oneOf('reasoning')),
  guardrails: nullable(list(dictionary)),
  prompt_cache_key: nullable(text),
  service_tier: nullable(oneOf('auto', 'standard_only')),
  safe_prompt: optional(flag),
});

/** Reads and checks the body of a chat request. @throws RequestRefused 422, or 400 for messages in a wrong order */
export function parseChatRequest(body: unknown): ChatRequest {
  const given = readBody(SHAPE, body);
  checkMessageOrder(given.messages);
  const { reasoning_effort: effort = 'none' } = given;
  return {
    model: given.model,
    messages: given.messages,
    choices: given.n ?? 1,
    maxTokens: given.max_tokens ?? Infinity,
    stop: stopsOf(given.stop),
    format: given.response_format ?? { kind: 'text' },
    toolRules: toolRules(given.tools ?? [], given.tool_choice, given.parallel_tool_calls),
    thinks: given.prompt_mode === 'reasoning' || effort !== 'none',
    onDemand: given.metadata?.simulator_answer,
    stream: given.stream ?? false,
  };
}

/** The sequences at which an answer ends, of which an empty one is none. */
export function stopsOf(given: string | readonly string[] | undefined): readonly string[] {
  return [given ?? []].flat().filter((stop) => stop !== '');
}
