import {
  type AnswerFacts,
  type JsonEndpoint,
  type RequestSchema,
  validateWith,
} from '@integrations/provider';
import * as v from 'valibot';
import type { ClassifierUsage } from './classifier-usage.ts';

/** What all requests for judgements have. */
interface ClassifierRequest {
  readonly model: string;
  readonly input: unknown;
}

/** What all judgements have. */
interface ClassifierAnswer {
  readonly id: string;
  readonly model: string;
  readonly results: unknown;
  readonly usage?: ClassifierUsage;
}

/** What makes one way to ask for judgements different from another. */
interface ClassifierWay {
  /** For spans and log lines: `classifiers.moderate_chat`. */
  readonly operation: string;
  readonly path: string;
  /** What telemetry calls it. */
  readonly kind: 'moderation' | 'classification';
  /** What is judged. */
  readonly input: () => RequestSchema;
}

/** Text has about four characters to a token. */
const CHARACTERS_TO_A_TOKEN = 4;

/** An endpoint whose model judges what it is given. */
export function classifierEndpoint<
  Request extends ClassifierRequest,
  Answer extends ClassifierAnswer,
>({ operation, path, kind, input }: ClassifierWay): JsonEndpoint<Request, Answer> {
  return {
    operation,
    method: 'POST',
    path,
    resultKey: 'results',
    validate: validateWith(`mistral ${operation}`, () =>
      v.object({ model: v.pipe(v.string(), v.minLength(1)), input: input() }),
    ),
    describe: ({ model }) => ({ operation: kind, model }),
    collect,
    estimateTokens: (request) => Math.ceil(lengthOf(request.input) / CHARACTERS_TO_A_TOKEN),
  };
}

function collect({ id, model, usage }: ClassifierAnswer, facts: AnswerFacts): void {
  facts.id = id;
  facts.model = model;
  if (usage?.prompt_tokens === undefined) return;
  facts.usage = {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens ?? 0,
  };
}

/** The characters of texts, of messages and of what holds messages. */
function lengthOf(input: unknown): number {
  if (typeof input === 'string') return input.length;
  if (Array.isArray(input)) return input.reduce<number>((sum, one) => sum + lengthOf(one), 0);
  if (typeof input !== 'object' || input === null) return 0;
  const { messages, content, text } = input as Readonly<Record<string, unknown>>;
  return lengthOf(messages ?? content ?? text);
}
