import { createSimulator, type ProviderName } from '@integrations/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  BEHAVIOURS,
  type Behaviour,
  type Outcome,
  outcomeOf,
} from './swapped-behaviours.test.support.ts';
import { RETRIES, type Swapped, SWAPS, type Place } from './swapped-parts.test.support.ts';
import { PROVIDERS } from './swapped-providers.test.support.ts';

const API_KEY = 'test-key';

interface Trial {
  readonly outcome: Outcome;
  readonly used: number;
}

/** One behaviour of a new client at a new server. */
async function tryOut(
  provider: ProviderName,
  behaviour: Behaviour,
  swap: (place: Place) => Swapped = () => ({ options: {}, used: () => 0 }),
): Promise<Trial> {
  await using simulator = await createSimulator({ provider, apiKeys: [API_KEY], seed: 7 });
  const place = { apiKey: API_KEY, baseURL: simulator.baseURL };
  const { options, used, close } = swap(place);
  const calls = PROVIDERS[provider]({
    ...place,
    maxRetries: RETRIES,
    retry: { initialDelay: 1, maxDelay: 2 },
    ...options,
  });
  try {
    const outcome = await outcomeOf(behaviour, calls, simulator);
    return { outcome, used: await used() };
  } finally {
    await calls.close();
    await close?.();
  }
}

describe.each(Object.keys(PROVIDERS) as ProviderName[])('%s', (provider) => {
  const usual = new Map<Behaviour, Outcome>();

  beforeAll(async () => {
    for (const behaviour of BEHAVIOURS) {
      const { outcome } = await tryOut(provider, behaviour);
      usual.set(behaviour, outcome);
    }
  });

  it.each(BEHAVIOURS)('does it with its own parts: $name', (behaviour) => {
    const { result, error, requests } = usual.get(behaviour) ?? { requests: -1 };
    expect(error?.code).toBe(behaviour.code);
    expect(result === undefined).toBe(behaviour.code !== undefined);
    expect(requests).toBe(behaviour.requests);
  });

  describe.concurrent.each(Object.entries(SWAPS))('does the same with %s', (_name, swap) => {
    it.each(BEHAVIOURS)('$name', async (behaviour) => {
      const { outcome, used } = await tryOut(provider, behaviour, swap);
      expect(outcome).toEqual(usual.get(behaviour));
      if (behaviour.requests > 0) expect(used).toBeGreaterThan(0);
    });
  });
});
