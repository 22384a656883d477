import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeLiveCalls } from './live-calls.test.support.ts';

const { OPENAI_LIVE_API_KEY: apiKey, OPENAI_LIVE_BASE_URL: baseURL } = process.env;

describe('the simulator answers as the API is expected to', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await createSimulator({ apiKeys: ['test-key'] });
  });

  afterAll(() => simulator.close());

  describeLiveCalls(() => ({ apiKey: 'test-key', baseURL: simulator.baseURL }));
});

/** In place of the calls where there is no key: a run that tried nothing has to show. */
function describeNoCalls(): void {
  it('is NOT CALLED: set OPENAI_LIVE_API_KEY to try it, for less than a cent', (context) => {
    context.skip('OPENAI_LIVE_API_KEY is not set, so nothing was tried against the API.');
  });
}

function describeApi(): void {
  if (!apiKey) describeNoCalls();
  else describeLiveCalls(() => ({ apiKey, baseURL }));
}

describe('the API itself', () => {
  describeApi();
});
