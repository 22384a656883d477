import { NotFoundError, ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const MODEL = 'gpt-4o-mini';
const ITEM = { role: 'user', content: 'My dog is called Rex the brave.' } as const;

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

async function failure(running: PromiseLike<unknown>): Promise<unknown> {
  return running.then(
    () => 'a result',
    (error: unknown) => error,
  );
}

async function textsOf(id: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const item of client.conversations.items.list(id, { order: 'asc', limit: 2 })) {
    if (item.type !== 'message') continue;
    for (const part of item.content) if ('text' in part) texts.push(part.text);
  }
  return texts;
}

describe('conversations', () => {
  it('are made, changed and deleted', async () => {
    const made = await client.conversations.create({ items: [ITEM], metadata: { topic: 'dogs' } });
    expect(made).toMatchObject({ object: 'conversation', metadata: { topic: 'dogs' } });
    const { id } = made;
    expect(await client.conversations.retrieve(id)).toEqual(made);
    const changed = await client.conversations.update(id, { metadata: { topic: 'cats' } });
    expect(changed).toEqual({ ...made, metadata: { topic: 'cats' } });
    expect(await client.conversations.delete(id)).toEqual({
      id,
      object: 'conversation.deleted',
      deleted: true,
    });
    expect(await failure(client.conversations.retrieve(id))).toBeInstanceOf(NotFoundError);
  });

  it('may begin empty', async () => {
    const { id } = await client.conversations.create();
    expect(await textsOf(id)).toEqual([]);
    expect(simulator.requests[0]?.body).toEqual({});
  });

  it('are what responses read and add to', async () => {
    const { id } = await client.conversations.create({ items: [ITEM] });
    const { output_text: answer, conversation } = await client.responses.create({
      model: MODEL,
      conversation: id,
      input: 'What is my dog called?',
    });
    expect(answer).toContain('Rex the brave');
    expect(conversation).toEqual({ id });
    expect(await textsOf(id)).toEqual([ITEM.content, 'What is my dog called?', answer]);
  });

  it.each(['', '.', '..'])('send nothing for the id %j', async (id) => {
    expect(await failure(client.conversations.retrieve(id))).toBeInstanceOf(ValidationError);
    expect(await failure(client.conversations.delete(id))).toBeInstanceOf(ValidationError);
    expect(simulator.requests).toHaveLength(0);
  });

  it('send nothing that cannot be right', async () => {
    const many = Array.from({ length: 21 }, () => ITEM);
    const wrong = { metadata: 'x' } as unknown as { metadata: null };
    const { conversations } = client;
    for (const call of [
      () => conversations.create({ items: many }),
      () => conversations.create({ metadata: { ['k'.repeat(65)]: 'x' } }),
      () => conversations.create({ metadata: ['x'] as unknown as Record<string, string> }),
      () => conversations.create([] as object),
      () => conversations.update('conv_1', wrong),
      () => conversations.update('conv_1', undefined as unknown as typeof wrong),
      () => conversations.items.create('conv_1', { items: [] }),
      () => conversations.items.create('conv_1', undefined as unknown as { items: [] }),
      () => conversations.items.retrieve('', { conversation_id: 'conv_1' }),
      () => conversations.items.delete('msg_1', { conversation_id: '' }),
    ]) {
      expect(await failure(call())).toBeInstanceOf(ValidationError);
    }
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('conversations.items', () => {
  it('are added, looked at and taken out', async () => {
    const conversation = await client.conversations.create();
    const { id } = conversation;
    const { data, has_more: more } = await client.conversations.items.create(id, {
      items: [ITEM, { role: 'assistant', content: 'A fine name.' }],
      include: ['message.output_text.logprobs'],
    });
    expect(more).toBe(false);
    expect(simulator.requests.at(-1)).toMatchObject({
      query: '?include%5B%5D=message.output_text.logprobs',
      body: { items: [ITEM, { role: 'assistant', content: 'A fine name.' }] },
    });
    const [first] = data;
    const itemId = first?.id ?? '';
    const place = { conversation_id: id };
    expect(await client.conversations.items.retrieve(itemId, place)).toEqual(first);
    expect(await client.conversations.items.delete(itemId, place)).toEqual(conversation);
    expect(await textsOf(id)).toEqual(['A fine name.']);
    expect(await failure(client.conversations.items.retrieve(itemId, place))).toBeInstanceOf(
      NotFoundError,
    );
  });

  it('come page by page, newest first', async () => {
    const items = ['one', 'two', 'three'].map((content) => ({ role: 'user' as const, content }));
    const { id } = await client.conversations.create({ items });
    const page = await client.conversations.items.list(id, { limit: 2 });
    expect(page).toMatchObject({ has_more: true, last_id: page.data[1]?.id });
    expect(page.data).toHaveLength(2);
    expect((await page.getNextPage()).data).toMatchObject([
      { content: [{ type: 'input_text', text: 'one' }] },
    ]);
  });

  it('tell a conversation that is not there', async () => {
    const { items } = client.conversations;
    for (const call of [
      () => items.list('conv_none'),
      () => items.create('conv_none', { items: [ITEM] }),
      () => items.retrieve('msg_1', { conversation_id: 'conv_none' }),
      () => items.delete('msg_1', { conversation_id: 'conv_none' }),
    ]) {
      expect(await failure(call())).toBeInstanceOf(NotFoundError);
    }
  });
});
