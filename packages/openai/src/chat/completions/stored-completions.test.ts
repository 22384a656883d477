import { NotFoundError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../../client.ts';

const REQUEST = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'What is kept?' }],
} as const;

let simulator: Simulator;
let client: OpenAIClient;

beforeEach(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterEach(async () => {
  await client.close();
  await simulator.close();
});

async function failure(call: PromiseLike<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

describe('stored chat completions', () => {
  it('are those that asked for it', async () => {
    const { completions } = client.chat;
    const passing = await completions.create(REQUEST);
    const kept = await completions.create({ ...REQUEST, store: true, metadata: { team: 'a' } });
    expect((await completions.retrieve(kept.id)).choices).toEqual(kept.choices);
    expect(await failure(completions.retrieve(passing.id))).toBeInstanceOf(NotFoundError);
    expect((await completions.list({ metadata: { team: 'b' } })).data).toEqual([]);
    expect((await completions.list()).data.map(({ id }) => id)).toEqual([kept.id]);
  });

  it('are changed, tell their messages, and are deleted', async () => {
    const { completions } = client.chat;
    const { id } = await completions.create({ ...REQUEST, store: true });
    const metadata = { team: 'a' };
    expect(await completions.update(id, { metadata })).toMatchObject({ id, metadata });
    const { data } = await completions.messages.list(id);
    expect(data).toMatchObject([REQUEST.messages[0]]);
    expect(await completions.delete(id)).toMatchObject({ id, deleted: true });
    expect(await failure(completions.messages.list(id))).toBeInstanceOf(NotFoundError);
  });

  it.each([{}, { metadata: 'a' }, { metadata: { team: 1 } }])(
    'are not changed by %j',
    async (request) => {
      const error = await failure(client.chat.completions.update('chatcmpl-1', request as never));
      expect(error).toBeInstanceOf(ValidationError);
      expect(simulator.requests).toHaveLength(0);
    },
  );

  it.each(['retrieve', 'delete'] as const)('%s needs an id', async (method) => {
    expect(await failure(client.chat.completions[method](''))).toBeInstanceOf(ValidationError);
  });
});
