import { redactText, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';
import type { ClientSecretRequest } from './client-secrets/client-secret.ts';

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

describe('realtime.clientSecrets.create', () => {
  it('gives a key that is good for a session, and that no message shows', async () => {
    const { value, session } = await client.realtime.clientSecrets.create({
      expires_after: { seconds: 60 },
      session: { type: 'realtime', instructions: 'Be brief.' },
    });
    expect(session).toMatchObject({ type: 'realtime', instructions: 'Be brief.' });
    expect(redactText(`it is ${value}`)).not.toContain(value);
  });

  it.each([
    [{ expires_after: { seconds: 9 } }, 'expires_after.seconds'],
    [{ expires_after: { seconds: 7201 } }, 'expires_after.seconds'],
    [{ session: { type: 'chat' } }, 'session.type'],
    [undefined, ''],
  ])('sends nothing for %#', async (request, path) => {
    const error: unknown = await client.realtime.clientSecrets
      .create(request as ClientSecretRequest)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe(path);
    expect(simulator.requests).toHaveLength(0);
  });
});
