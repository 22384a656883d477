import type { JsonObject } from '../../json-value.ts';
import { type GivenTool, TOOL } from '../chat/tool-shape.ts';
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
  type Shape,
  text,
  wrong,
} from '../shape.ts';

const ARGS = record({
  stop: nullable(either(text, list(text))),
  presence_penalty: nullable(number({ from: -2, to: 2 })),
  frequency_penalty: nullable(number({ from: -2, to: 2 })),
  temperature: nullable(number({ from: 0, to: 1 })),
  top_p: nullable(number({ from: 0, to: 1 })),
  max_tokens: nullable(integer({ from: 0 })),
  random_seed: nullable(integer({ from: 0 })),
  prediction: nullable(dictionary),
  response_format: nullable(dictionary),
  tool_choice: optional(oneOf('auto', 'none', 'any', 'required')),
  reasoning_effort: nullable(oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh')),
});

/** How answers are generated, as a request says it: fields of a chat's request. */
export const COMPLETION_ARGS: Shape<JsonObject> = (value, at) => {
  const given = Object.entries(ARGS(value, at)).filter(([, each]) => each !== undefined);
  return Object.fromEntries(given);
};

/** Tools as a request offers them, kept as they came. */
export const TOOLS: Shape<readonly (GivenTool & JsonObject)[]> = (value, at) => {
  list(TOOL)(value, at);
  return value as readonly (GivenTool & JsonObject)[];
};

/** What an agent is made of; null and what is left out are the same. */
interface AgentParts {
  readonly instructions: string | undefined;
  readonly tools: readonly (GivenTool & JsonObject)[] | undefined;
  readonly completion_args: JsonObject | undefined;
  readonly guardrails: readonly JsonObject[] | undefined;
  readonly description: string | undefined;
  readonly handoffs: readonly string[] | undefined;
  readonly metadata: JsonObject | undefined;
  readonly version_message: string | undefined;
}

/** An agent to make. */
export interface NewAgent extends AgentParts {
  readonly model: string;
  readonly name: string;
}

/** What to change of an agent. */
export interface AgentChange extends AgentParts {
  readonly model: string | undefined;
  readonly name: string | undefined;
  readonly deployment_chat: boolean | undefined;
}

const LONGEST_VERSION_MESSAGE = 500;

const versionMessage: Shape<string> = (value, at) => {
  const read = text(value, at);
  if (read.length <= LONGEST_VERSION_MESSAGE) return read;
  throw wrong(value, at, 'string_too_long', 'String should have at most 500 characters', {
    max_length: LONGEST_VERSION_MESSAGE,
  });
};

const PARTS = {
  instructions: nullable(text),
  tools: optional(TOOLS),
  completion_args: optional(COMPLETION_ARGS),
  guardrails: nullable(list(dictionary)),
  description: nullable(text),
  handoffs: nullable(list(filledText, { least: 1 })),
  metadata: nullable(dictionary),
  version_message: nullable(versionMessage),
};

export const NEW_AGENT: Shape<NewAgent> = record({ ...PARTS, model: filledText, name: filledText });

export const AGENT_CHANGE: Shape<AgentChange> = record({
  ...PARTS,
  model: nullable(filledText),
  name: nullable(filledText),
  deployment_chat: nullable(flag),
});
