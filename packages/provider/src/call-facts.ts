import type { GenAiRequestFacts } from '@integrations/semantic-conventions';
import type { TokenUsage } from './token-usage.ts';

/** What telemetry tells of a request to a model; what is undefined is not told. */
export interface RequestFacts extends Omit<
  GenAiRequestFacts,
  'provider' | 'serverAddress' | 'serverPort'
> {
  readonly messageCount?: number | undefined;
}

/**
 * What telemetry and limits learn from an answer. An endpoint fills it in: at once
 * from a whole answer, bit by bit from the items of a stream.
 */
export interface AnswerFacts {
  id?: string | undefined;
  /** The model that answered. */
  model?: string | undefined;
  /** Why each answer ended, in the order of their ends. */
  finishReasons?: string[] | undefined;
  /** As the provider reported it; the last report counts. */
  usage?: TokenUsage | undefined;
  /** The conversation that the answer is a part of, where the provider keeps them. */
  conversationId?: string | undefined;
  serviceTier?: string | undefined;
  systemFingerprint?: string | undefined;
}
