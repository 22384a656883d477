import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

const MODEL = 'gpt-4o-mini-2024-07-18';

let both: BothClients;

beforeEach(async () => {
  both = await connectBoth();
});

afterEach(() => both[Symbol.asyncDispose]());

function compare(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<unknown> {
  return compareCalls(both, { ours, theirs });
}

async function store(team: string, isStored = true): Promise<string> {
  const request = {
    model: MODEL,
    messages: [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: [{ type: 'text' as const, text: 'What is kept?' }] },
    ],
    store: isStored,
    metadata: { team },
  };
  const completion = await compare(
    (client) => client.chat.completions.create(request),
    (client) => client.chat.completions.create(request),
  );
  return (completion as { readonly id: string }).id;
}

describe('stored chat completions', () => {
  it('are retrieved, changed and deleted', async () => {
    const id = await store('a');
    await compare(
      (client) => client.chat.completions.retrieve(id),
      (client) => client.chat.completions.retrieve(id),
    );
    const changed = await compare(
      (client) => client.chat.completions.update(id, { metadata: { team: 'b' } }),
      (client) => client.chat.completions.update(id, { metadata: { team: 'b' } }),
    );
    expect(changed).toMatchObject({ id, metadata: { team: 'b' } });
    await compare(
      (client) => client.chat.completions.delete(id),
      (client) => client.chat.completions.delete(id),
    );
    await compareFailures(both, {
      ours: (client) => client.chat.completions.retrieve(id),
      theirs: (client) => client.chat.completions.retrieve(id),
    });
  });

  it('are listed over several pages', async () => {
    for (const team of ['a', 'b', 'a']) await store(team);
    await store('a', false);
    const query = { limit: 1, order: 'desc' as const, model: MODEL, metadata: { team: 'a' } };
    const found = await compare(
      (client) => collectItems(client.chat.completions.list(query)),
      (client) => collectItems(client.chat.completions.list(query)),
    );
    expect(found).toHaveLength(2);
  });

  it('keep the messages that they answer', async () => {
    const id = await store('a');
    const messages = await compare(
      (client) =>
        collectItems(client.chat.completions.messages.list(id, { limit: 1, order: 'asc' })),
      (client) =>
        collectItems(client.chat.completions.messages.list(id, { limit: 1, order: 'asc' })),
    );
    expect(messages).toMatchObject([
      { role: 'system', content: 'Be brief.', content_parts: null },
      { role: 'user', content: null, content_parts: [{ type: 'text', text: 'What is kept?' }] },
    ]);
  });
});
