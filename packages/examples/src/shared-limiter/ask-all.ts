import { DeadlineError } from '@integrations/errors';
import type { OpenAIClient } from '@integrations/openai';

/** What became of many questions. */
export interface Tally {
  readonly answered: number;
  /** Held back by the limiter; nothing was sent. */
  readonly heldBack: number;
}

/** Asks as often as told, all at once, by one client after the other. @throws whatever else a call throws. */
export async function askAll(
  clients: readonly Pick<OpenAIClient, 'chat'>[],
  times: number,
  signal?: AbortSignal,
): Promise<Tally> {
  const calls = Array.from({ length: times }, async (_, at) => {
    const messages = [{ role: 'user', content: `What is entry ${at} of a ledger?` }] as const;
    const client = clients[at % clients.length];
    await client?.chat.create({ model: 'gpt-5-mini', messages }, { signal });
  });
  let heldBack = 0;
  for (const outcome of await Promise.allSettled(calls)) {
    if (outcome.status === 'fulfilled') continue;
    if (!(outcome.reason instanceof DeadlineError)) throw outcome.reason;
    heldBack += 1;
  }
  return { answered: times - heldBack, heldBack };
}
