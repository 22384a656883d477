import type { JsonObject } from '../../json-value.ts';
import { COMPLETION_ARGS, TOOLS } from '../agents/agent-shape.ts';
import type { GivenTool } from '../chat/tool-shape.ts';
import {
  dictionary,
  either,
  filledText,
  flag,
  integer,
  list,
  nullable,
  oneOf,
  optional,
  record,
  type Shape,
  text,
} from '../shape.ts';
import { type GivenEntry, INPUTS } from './entry-shape.ts';

/** What every request for an answer says. */
export interface AnswerRequest {
  readonly inputs: readonly GivenEntry[] | undefined;
  readonly stream: boolean | undefined;
  readonly store: boolean | undefined;
  readonly handoff_execution: 'client' | 'server' | undefined;
  readonly completion_args: JsonObject | undefined;
}

/** A conversation to begin. */
export interface StartRequest extends AnswerRequest {
  readonly inputs: readonly GivenEntry[];
  readonly model: string | undefined;
  readonly agent_id: string | undefined;
  readonly agent_version: number | string | undefined;
  readonly instructions: string | undefined;
  readonly tools: readonly (GivenTool & JsonObject)[] | undefined;
  readonly guardrails: readonly JsonObject[] | undefined;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly metadata: JsonObject | undefined;
}

/** How a conversation begins anew. */
export interface RestartRequest extends AnswerRequest {
  readonly from_entry_id: string;
  readonly agent_version: number | string | undefined;
  readonly metadata: JsonObject | undefined;
}

const ANSWER = {
  inputs: optional(INPUTS),
  stream: nullable(flag),
  store: nullable(flag),
  handoff_execution: nullable(oneOf('client', 'server')),
  completion_args: nullable(COMPLETION_ARGS),
};
const VERSION = nullable(either(integer(), text));

export const START: Shape<StartRequest> = record({
  ...ANSWER,
  inputs: INPUTS,
  model: nullable(filledText),
  agent_id: nullable(filledText),
  agent_version: VERSION,
  instructions: nullable(text),
  tools: nullable(TOOLS),
  guardrails: nullable(list(dictionary)),
  name: nullable(text),
  description: nullable(text),
  metadata: nullable(dictionary),
});

export const APPEND: Shape<AnswerRequest> = record({
  ...ANSWER,
  tool_confirmations: nullable(
    list(record({ tool_call_id: filledText, confirmation: oneOf('allow', 'deny') })),
  ),
});

export const RESTART: Shape<RestartRequest> = record({
  ...ANSWER,
  from_entry_id: filledText,
  agent_version: VERSION,
  guardrails: nullable(list(dictionary)),
  metadata: nullable(dictionary),
});
