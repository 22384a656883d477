import { afterAll, beforeAll, describe, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import { compareCalls, compareFailures } from './compare-calls.test.support.ts';

const BODY = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user' as const, content: 'What is a ledger?' }],
};

let both: BothClients;

beforeAll(async () => {
  both = await connectBoth();
});

afterAll(() => both[Symbol.asyncDispose]());

describe('raw requests', () => {
  it('GET with a query', async () => {
    const query = { limit: 2, order: 'asc' };
    await compareCalls(both, {
      ours: (client) => client.get('/files', { query }),
      theirs: (client) => client.get('/files', { query }),
    });
  });

  it('POST', async () => {
    await compareCalls(both, {
      ours: (client) => client.post('/chat/completions', { body: BODY }),
      theirs: (client) => client.post('/chat/completions', { body: BODY }),
    });
  });

  it.each(['get', 'post', 'put', 'patch', 'delete'] as const)('%s to nowhere', async (method) => {
    await compareFailures(both, {
      ours: (client) => client[method]('/no/such/thing'),
      theirs: (client) => client[method]('/no/such/thing'),
    });
  });

  it('of clients with changed options', async () => {
    const changes = { project: 'other', timeout: 5000 };
    await compareCalls(both, {
      ours: (client) => client.withOptions(changes).models.retrieve('gpt-4o'),
      theirs: (client) => client.withOptions(changes).models.retrieve('gpt-4o'),
    });
  });
});
