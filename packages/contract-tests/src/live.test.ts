import { createSimulator, type Simulator, type SimulatorOptions } from '@integrations/simulator';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { LiveServer } from './live-server.test.support.ts';
import { describeMistralCalls } from './mistral-live-calls.test.support.ts';
import { describeOpenAICalls } from './openai-live-calls.test.support.ts';

interface LiveApi {
  readonly provider: NonNullable<SimulatorOptions['provider']>;
  readonly variables: { readonly key: string; readonly baseURL: string };
  readonly describeCalls: (connect: () => LiveServer) => void;
}

const APIS: readonly LiveApi[] = [
  {
    provider: 'openai',
    variables: { key: 'OPENAI_LIVE_API_KEY', baseURL: 'OPENAI_LIVE_BASE_URL' },
    describeCalls: describeOpenAICalls,
  },
  {
    provider: 'mistral',
    variables: { key: 'MISTRAL_LIVE_API_KEY', baseURL: 'MISTRAL_LIVE_BASE_URL' },
    describeCalls: describeMistralCalls,
  },
];

/** In place of the calls where there is no key: a run that tried nothing has to show. */
function describeNoCalls(variable: string): void {
  it(`is NOT CALLED: set ${variable} to try it, for less than a cent`, (context) => {
    context.skip(`${variable} is not set, so nothing was tried against the API.`);
  });
}

describe.each(APIS)('$provider', ({ provider, variables, describeCalls }) => {
  describe('the simulator answers as the API is expected to', () => {
    let simulator: Simulator;

    beforeAll(async () => {
      simulator = await createSimulator({ provider, apiKeys: ['test-key'] });
    });

    afterAll(() => simulator.close());

    describeCalls(() => ({ apiKey: 'test-key', baseURL: simulator.baseURL }));
  });

  describe('the API itself', () => {
    const apiKey = process.env[variables.key];
    if (apiKey === undefined || apiKey === '') describeNoCalls(variables.key);
    else describeCalls(() => ({ apiKey, baseURL: process.env[variables.baseURL] }));
  });
});
