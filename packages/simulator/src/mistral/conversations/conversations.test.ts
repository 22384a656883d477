import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';

const PATH = '/v1/conversations';
const MODEL = 'mistral-small-latest';

type Json = Readonly<Record<string, unknown>>;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral', wordsPerEvent: 100 });
});
afterAll(() => simulator.close());

async function ask(method: string, path: string, body?: object): Promise<[number, string]> {
  const headers = { authorization: 'Bearer test-key', 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${simulator.url}${path}`, { method, headers, ...sent });
  return [response.status, await response.text()];
}

async function call(method: string, path: string, body?: object): Promise<[number, Json]> {
  const [status, text] = await ask(method, path, body);
  return [status, text === '' ? {} : (JSON.parse(text) as Json)];
}

async function begin(more: object = {}): Promise<Json> {
  const [, begun] = await call('POST', PATH, { model: MODEL, inputs: 'Rex is brave.', ...more });
  return begun;
}

describe('/v1/conversations', () => {
  it('keeps entries, each with an id and a time', async () => {
    const { conversation_id: id } = await begin();
    const entry = {
      object: 'entry',
      id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
      created_at: expect.stringMatching(/^\d{4}-/),
      completed_at: expect.stringMatching(/^\d{4}-/),
    };
    expect(await call('GET', `${PATH}/${String(id)}/history`)).toEqual([
      200,
      {
        object: 'conversation.history',
        conversation_id: id,
        entries: [
          { ...entry, type: 'message.input', role: 'user', content: 'Rex is brave.' },
          {
            ...entry,
            type: 'message.output',
            role: 'assistant',
            agent_id: null,
            model: MODEL,
            content: expect.any(String),
          },
        ],
      },
    ]);
  });

  it('keeps the id and the time of an entry that has them', async () => {
    const given = {
      id: 'msg_mine',
      created_at: '2026-01-01T00:00:00Z',
      role: 'user',
      content: 'a',
    };
    const { conversation_id: id } = await begin({ inputs: [given] });
    const [, { entries }] = await call('GET', `${PATH}/${String(id)}/history`);
    expect(entries).toMatchObject([{ ...given, type: 'message.input' }, {}]);
  });

  it('shows what a conversation was begun with', async () => {
    const { conversation_id: id } = await begin({
      name: 'n',
      instructions: 'i',
      metadata: { a: 1 },
    });
    expect(await call('GET', `${PATH}/${String(id)}`)).toEqual([
      200,
      {
        object: 'conversation',
        id,
        name: 'n',
        description: null,
        metadata: { a: 1 },
        model: MODEL,
        instructions: 'i',
        tools: [],
        completion_args: {},
        guardrails: null,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
  });

  it('adds nothing to a conversation where it is told not to', async () => {
    const { conversation_id: id } = await begin();
    await call('POST', `${PATH}/${String(id)}`, { inputs: 'Forget it.', store: false });
    const [, { entries }] = await call('GET', `${PATH}/${String(id)}/history`);
    expect(entries).toHaveLength(2);
  });

  it('restarts with other metadata, and leaves the first as it was', async () => {
    const { conversation_id: id, outputs } = await begin({ metadata: { a: 1 } });
    const [{ id: from } = { id: '' }] = outputs as { id: string }[];
    const restart = { from_entry_id: from, inputs: 'Who is brave?', metadata: { b: 2 } };
    const [, anew] = await call('POST', `${PATH}/${String(id)}/restart`, restart);
    const path = `${PATH}/${String(anew['conversation_id'])}`;
    expect(await call('GET', path)).toMatchObject([200, { metadata: { b: 2 } }]);
    const [, { entries }] = await call('GET', `${path}/history`);
    expect(entries).toHaveLength(4);
    expect(await call('GET', `${PATH}/${String(id)}`)).toMatchObject([200, { metadata: { a: 1 } }]);
  });

  it('streams each entry by events of its kind', async () => {
    const [, text] = await ask('POST', PATH, {
      model: MODEL,
      inputs: 'web_search {"query":"moon"}',
      tools: [{ type: 'web_search' }],
      stream: true,
    });
    const events = dataOf(text.replaceAll(/^event: .*\n/gm, '')).map(
      (data) => JSON.parse(data) as Json,
    );
    expect(events.map(({ type, output_index: at }) => [type, at])).toEqual([
      ['conversation.response.started', undefined],
      ['tool.execution.started', 0],
      ['tool.execution.delta', 0],
      ['tool.execution.done', 0],
      ['message.output.delta', 1],
      ['message.output.delta', 1],
      ['conversation.response.done', undefined],
    ]);
    const names = [...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
    expect(names).toEqual(events.map(({ type }) => type));
  });

  it.each<[object, number]>([
    [{ inputs: 'a' }, 400],
    [{ model: 'mistral-embed', inputs: 'a' }, 400],
    [{ agent_id: 'ag_none', inputs: 'a' }, 404],
    [{ model: MODEL }, 422],
    [{ model: MODEL, inputs: [{ type: 'x' }] }, 422],
    [{ model: MODEL, inputs: 'a', mood: 1 }, 422],
    [{ model: MODEL, inputs: [{ role: 'assistant', content: 'a' }] }, 400],
    [{ model: MODEL, inputs: [{ type: 'function.result', tool_call_id: 'b', result: '' }] }, 400],
  ])('refuses %j', async (body, status) => {
    const [refused] = await call('POST', PATH, body);
    expect(refused).toBe(status);
  });

  it('keeps nothing of a conversation that it refused', async () => {
    const { conversation_id: id } = await begin();
    const path = `${PATH}/${String(id)}`;
    const stray = { inputs: [{ type: 'function.result', tool_call_id: 'b', result: '' }] };
    expect((await call('POST', path, stray))[0]).toBe(400);
    expect((await call('POST', path, { inputs: [] }))[0]).toBe(400);
    const [, { entries }] = await call('GET', `${path}/history`);
    expect(entries).toHaveLength(2);
  });
});
