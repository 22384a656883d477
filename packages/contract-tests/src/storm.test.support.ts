import type { OpenAIClient } from '@integrations/openai';
import type { Clock } from '@integrations/types';

const QUESTION = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'Are you there?' }],
} as const;

/** One call of a caller, from its own point of view. */
export interface OwnCall {
  readonly begunAt: number;
  readonly succeeded: boolean;
}

export interface CrowdOptions {
  readonly client: OpenAIClient;
  readonly clock: Clock;
  readonly callers: number;
  /** How long a caller waits after a failure before it calls again. */
  readonly paceMs: number;
}

/** Callers who each call again, at their own pace, until they have had an answer. */
export class Crowd {
  readonly calls: OwnCall[] = [];
  /** When each caller had its answer. */
  readonly servedAt: number[] = [];
  readonly #options: CrowdOptions;

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  /** Resolves when everybody has had an answer. */
  async persist(): Promise<void> {
    const { callers } = this.#options;
    await Promise.all(Array.from({ length: callers }, (_, caller) => this.#persist(caller)));
  }

  async #persist(caller: number): Promise<void> {
    const { clock, paceMs, callers } = this.#options;
    // Nobody keeps step with the others.
    await clock.sleep((paceMs * caller) / callers);
    while (!(await this.#call())) await clock.sleep(paceMs);
    this.servedAt.push(clock.now());
  }

  async #call(): Promise<boolean> {
    const { client, clock } = this.#options;
    const begunAt = clock.now();
    const succeeded = await client.chat.create(QUESTION).then(
      () => true,
      () => false,
    );
    this.calls.push({ begunAt, succeeded });
    return succeeded;
  }
}
