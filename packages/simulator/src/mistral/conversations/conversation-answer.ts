import type { JsonObject } from '../../json-value.ts';
import { countTokens } from '../../tokens.ts';
import { chooseCalls, type OfferedTool, type WantedCall } from '../../tool-choice.ts';
import type { AgentStore } from '../agents/agent-store.ts';
import { answerChat, type ChatAnswer } from '../chat/chat-answer.ts';
import type { ChatSettings } from '../chat/chat-reply.ts';
import { type ChatRequest, parseChatRequest } from '../chat/chat-request.ts';
import { type ContentPart, textOf } from '../chat/message-shape.ts';
import { thinkingPart } from '../chat/thinking-part.ts';
import { chatMessages } from './chat-messages.ts';
import { type Entry, toEntry } from './entry.ts';
import type { GivenEntry } from './entry-shape.ts';
import { agentPartner, type Partner } from './partner.ts';

/** What is answered to. */
export interface Question {
  readonly entries: readonly Entry[];
  readonly partner: Partner;
  /** What this answer is generated with besides. */
  readonly args: JsonObject | undefined;
  readonly metadata: JsonObject | undefined;
  /** Whether the answer ends where an agent hands over. */
  readonly stopsAtHandoff: boolean;
}

/** What an answer adds to a conversation. */
export interface ConversationAnswer {
  readonly outputs: readonly Entry[];
  readonly usage: JsonObject & { readonly total_tokens: number };
}

/** What answers are made with. */
export interface AnswerSettings extends ChatSettings {
  readonly agents: AgentStore;
}

/**
 * Answers as a chat is answered. An agent whose message names one that it may hand over to does so; a tool of the API
 * that the message names is run first.
 *
 * @throws RequestRefused 400 or 422 for what a chat is refused for
 */
export function answerConversation(
  question: Question,
  settings: AnswerSettings,
): ConversationAnswer {
  const { identifiers, cache } = settings;
  const asked = lastInput(question.entries);
  const handoff = handoffOf(question.partner, asked, settings.agents);
  const partner = handoff?.next ?? question.partner;
  const request = chatRequest({ ...question, partner });
  const isOver = handoff !== undefined && question.stopsAtHandoff;
  const executions = isOver ? [] : executionsOf(partner, asked);
  const answer = isOver ? undefined : answerChat(request, identifiers);
  const outputs: GivenEntry[] = [
    ...(handoff === undefined ? [] : [handoff.entry]),
    ...executions,
    ...(answer === undefined ? [] : spoken(answer, executions)),
  ].map((entry) => ({ ...entry, ...maker(partner, entry) }));
  const prompt = cache.count(partner.model, request.messages).all;
  return {
    outputs: outputs.map((output) => toEntry(output, identifiers)),
    usage: usageOf(prompt, answer?.tokens ?? 0, executions),
  };
}

function lastInput(entries: readonly GivenEntry[]): string {
  const last = entries.at(-1);
  return last?.type === 'message.input' && last.role === 'user' ? textOf(last.content) : '';
}

/** The history as a chat's request, so that it is refused as a chat would be. */
function chatRequest({ entries, partner, args, metadata }: Question): ChatRequest {
  const { model, instructions, tools } = partner;
  const told = instructions === undefined ? [] : [{ role: 'system', content: instructions }];
  const messages = [...told, ...chatMessages(entries)];
  const onDemand = metadata?.['simulator_answer'];
  const asked = onDemand === undefined ? {} : { metadata: { simulator_answer: onDemand } };
  return parseChatRequest({ ...partner.args, ...args, ...asked, model, tools, messages });
}

interface Handoff {
  readonly next: Partner;
  readonly entry: GivenEntry;
}

function handoffOf(from: Partner, asked: string, agents: AgentStore): Handoff | undefined {
  const others = from.handoffs.map((id) => agentPartner(id, agents.require(id).current));
  const [call] = mentioned(
    others.map(({ name }) => name),
    asked,
  );
  const next = others.find(({ name }) => name === call?.tool.name);
  if (next === undefined) return undefined;
  const entry = {
    type: 'agent.handoff',
    previous_agent_id: from.agentId ?? '',
    previous_agent_name: from.name,
    next_agent_id: next.agentId ?? '',
    next_agent_name: next.name,
  } as const;
  return { next, entry };
}

type Execution = Extract<GivenEntry, { type: 'tool.execution' }>;

function executionsOf({ tools }: Partner, asked: string): Execution[] {
  const names = tools.flatMap(({ type, function: own }) => (own === undefined ? [type ?? ''] : []));
  return mentioned(names, asked).map(({ tool: { name }, input }) => ({
    type: 'tool.execution',
    name,
    arguments: input,
    info: {},
  }));
}

const QUERY = { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] };

/** Those of the names that are mentioned, as calls with a query. */
function mentioned(names: readonly string[], asked: string): WantedCall[] {
  const tools = names.map((name): OfferedTool => ({ kind: 'function', name, parameters: QUERY }));
  return chooseCalls({ tools, mode: 'auto', parallel: true }, asked);
}

function maker({ agentId, model }: Partner, { type }: GivenEntry): JsonObject {
  return type === 'agent.handoff' ? {} : { agent_id: agentId ?? null, model };
}

/** Calls of functions, or a message; what tools of the API found stands after its text. */
function spoken(
  { thought, text, toolCalls }: ChatAnswer,
  executions: readonly Execution[],
): GivenEntry[] {
  if (toolCalls.length > 0) {
    return toolCalls.map(({ id, function: { name, arguments: input } }) => ({
      type: 'function.call',
      tool_call_id: id,
      name,
      arguments: input,
      confirmation_status: null,
    }));
  }
  const parts = [
    ...(thought === undefined ? [] : [thinkingPart(thought, true)]),
    { type: 'text', text },
    ...executions.map(({ name }) => ({
      type: 'tool_reference',
      tool: name,
      title: 'What was found',
      url: 'https://example.com/found',
    })),
  ] as ContentPart[];
  return [
    { type: 'message.output', role: 'assistant', content: parts.length === 1 ? text : parts },
  ];
}

function usageOf(
  prompt: number,
  completion: number,
  executions: readonly Execution[],
): ConversationAnswer['usage'] {
  const used = executions.reduce((sum, { arguments: input }) => sum + countTokens(input), 0);
  const counts = new Map<string, number>();
  for (const { name } of executions) counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion + used,
    connector_tokens: executions.length === 0 ? null : used,
    connectors: executions.length === 0 ? null : Object.fromEntries(counts),
  };
}
