import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';

const PATH = '/v1/conversations';
const ITEM = { role: 'user', content: 'Hello.' };

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator();
});
afterAll(() => simulator.close());

type Json = Readonly<Record<string, unknown>>;

async function call(method: string, path: string): Promise<[number, Json]> {
  const headers = { authorization: 'Bearer test-key' };
  const response = await fetch(`${simulator.url}${path}`, { method, headers });
  return [response.status, (await response.json()) as Json];
}

async function send(path: string, body: object): Promise<[number, Json]> {
  const response = await post(simulator, path, body);
  return [response.status, (await response.json()) as Json];
}

describe('/v1/conversations', () => {
  it('keeps what is attached, and replaces it', async () => {
    const [, made] = await send(PATH, { metadata: { topic: 'a' } });
    expect(made).toEqual({
      id: expect.stringMatching(/^conv_[0-9a-f]{48}$/),
      object: 'conversation',
      created_at: expect.any(Number),
      metadata: { topic: 'a' },
    });
    const path = `${PATH}/${String(made['id'])}`;
    const changed = { ...made, metadata: { other: 'b' } };
    expect(await send(path, { metadata: { other: 'b' } })).toEqual([200, changed]);
    expect(await call('GET', path)).toEqual([200, changed]);
    expect(await call('DELETE', path)).toEqual([
      200,
      { id: made['id'], object: 'conversation.deleted', deleted: true },
    ]);
    expect((await call('GET', path))[0]).toBe(404);
  });

  it('keeps items in the form that the API gives them', async () => {
    const [, { id }] = await send(PATH, {});
    const items = `${PATH}/${String(id)}/items`;
    const answer = { role: 'assistant', content: 'Hi.' };
    const [, added] = await send(items, { items: [ITEM, answer] });
    const [first, second] = added['data'] as Json[];
    expect(first).toEqual({
      id: expect.stringMatching(/^msg_[0-9a-f]{48}$/),
      type: 'message',
      status: 'completed',
      content: [{ type: 'input_text', text: 'Hello.' }],
      role: 'user',
    });
    expect(second).toMatchObject({ content: [{ type: 'output_text', text: 'Hi.' }] });
    expect(added).toMatchObject({ first_id: first?.['id'], last_id: second?.['id'] });
    const one = `${items}/${String(first?.['id'])}`;
    expect(await call('GET', one)).toEqual([200, first]);
    expect(await call('DELETE', one)).toMatchObject([200, { id }]);
    expect((await call('GET', one))[0]).toBe(404);
    expect(await call('GET', items)).toMatchObject([200, { data: [second] }]);
  });

  it.each<[string, object, string]>([
    [PATH, { items: 7 }, 'items'],
    [PATH, { items: Array.from({ length: 21 }, () => ITEM) }, 'items'],
    [PATH, { items: [{ role: 'user' }] }, 'items[0].content'],
    [PATH, { metadata: 7 }, 'metadata'],
  ])('refuses %s %j', async (path, body, param) => {
    expect(await send(path, body)).toMatchObject([400, { error: { param } }]);
  });
});
