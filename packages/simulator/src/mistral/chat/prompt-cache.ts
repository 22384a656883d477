import { createHash } from 'node:crypto';
import { countTokens } from '../../tokens.ts';
import { type GivenMessage, textOf } from './message-shape.ts';

const TOKENS_PER_MESSAGE = 3;
const TOKENS_PER_ATTACHMENT = 85;
const MOST_PROMPTS = 10_000;

/** What a prompt costs. */
export interface PromptTokens {
  readonly all: number;
  /** Those of the messages it begins with that an earlier prompt began with, too. */
  readonly cached: number;
}

/** Counts prompts, and knows again those it has seen. */
export class PromptCache {
  readonly #seen = new Set<string>();

  /** Counts a prompt and remembers it. */
  count(model: string, messages: readonly GivenMessage[]): PromptTokens {
    let digest = model;
    let all = 0;
    let cached = 0;
    for (const message of messages) {
      digest = createHash('sha256').update(digest).update(JSON.stringify(message)).digest('hex');
      all += tokensOf(message);
      if (this.#seen.has(digest)) cached = all;
      else this.#remember(digest);
    }
    return { all, cached };
  }

  #remember(digest: string): void {
    const [oldest] = this.#seen;
    if (this.#seen.size >= MOST_PROMPTS && oldest !== undefined) this.#seen.delete(oldest);
    this.#seen.add(digest);
  }
}

function tokensOf({ role, content, tool_calls: calls }: GivenMessage): number {
  const attachments = Array.isArray(content)
    ? content.filter(({ type }) => type !== 'text').length
    : 0;
  return (
    TOKENS_PER_MESSAGE +
    countTokens(role) +
    countTokens(textOf(content)) +
    attachments * TOKENS_PER_ATTACHMENT +
    (calls === undefined ? 0 : countTokens(JSON.stringify(calls)))
  );
}
