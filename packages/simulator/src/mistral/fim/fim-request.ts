import { METADATA } from '../chat/answer-on-demand.ts';
import { type ChatRequest, stopsOf } from '../chat/chat-request.ts';
import type { GivenMessage } from '../chat/message-shape.ts';
import {
  either,
  filledText,
  flag,
  integer,
  list,
  nullable,
  number,
  optional,
  readBody,
  record,
  text,
} from '../shape.ts';

const SHAPE = record({
  model: filledText,
  prompt: text,
  suffix: nullable(text),
  temperature: nullable(number({ from: 0, to: 1.5 })),
  top_p: nullable(number({ from: 0, to: 1 })),
  max_tokens: nullable(integer({ from: 0 })),
  min_tokens: nullable(integer({ from: 0 })),
  stream: optional(flag),
  stop: nullable(either(text, list(text))),
  random_seed: nullable(integer({ from: 0 })),
  metadata: METADATA,
  prompt_cache_key: nullable(text),
});

/** Reads and checks the body of a request for what is missing in a code, as the chat that it stands for. @throws RequestRefused 422 */
export function parseFimRequest(body: unknown): ChatRequest {
  const given = readBody(SHAPE, body);
  const after: GivenMessage[] = [{ role: 'system', content: given.suffix ?? '' }];
  return {
    model: given.model,
    messages: [
      ...(given.suffix === undefined ? [] : after),
      { role: 'user', content: given.prompt },
    ],
    choices: 1,
    maxTokens: given.max_tokens ?? Infinity,
    stop: stopsOf(given.stop),
    format: { kind: 'text' },
    toolRules: { tools: [], mode: 'none', parallel: false },
    thinks: false,
    onDemand: given.metadata?.simulator_answer,
    stream: given.stream ?? false,
  };
}
