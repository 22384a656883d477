import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../simulator.ts';

const QUESTION = '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?';

let simulator: Simulator;
let client: OpenAI;

beforeEach(async () => {
  simulator = await createSimulator({ retired: true });
  client = new OpenAI({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
});

afterEach(() => simulator.close());

describe('assistants', () => {
  it('are not there unless they are asked for', async () => {
    await using other = await createSimulator();
    const elsewhere = new OpenAI({ apiKey: 'test-key', baseURL: other.baseURL, maxRetries: 0 });
    await expect(elsewhere.beta.assistants.list()).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('Invalid URL'),
    });
  });

  it('answer in a thread, as the helper of the official client reads it', async () => {
    const { id } = await client.beta.assistants.create({ model: 'gpt-4o' });
    const stream = client.beta.threads.createAndRunStream({
      assistant_id: id,
      thread: { messages: [{ role: 'user', content: QUESTION }] },
    });
    const [message] = await stream.finalMessages();
    const [part] = message?.content ?? [];
    expect(part?.type === 'text' ? part.text.value : '').toContain('A ledger keeps every entry.');
    expect((await stream.finalRun()).status).toBe('completed');
  });

  it('call the function that they are told to', async () => {
    const named = (name: string) => ({ type: 'function' as const, function: { name } });
    const { id: assistant_id } = await client.beta.assistants.create({
      model: 'gpt-4o',
      tools: [named('weather'), named('time')],
    });
    const { id: thread_id } = await client.beta.threads.create();
    const run = await client.beta.threads.runs.create(thread_id, {
      assistant_id,
      tool_choice: named('time'),
    });
    let seen = run;
    while (seen.status !== 'requires_action') {
      seen = await client.beta.threads.runs.retrieve(run.id, { thread_id });
    }
    const [call] = seen.required_action?.submit_tool_outputs.tool_calls ?? [];
    expect(call?.function).toEqual({ name: 'time', arguments: '{}' });
  });

  it.each<[string, () => PromiseLike<unknown>, object]>([
    [
      'a model that is not there',
      () => client.beta.assistants.create({ model: 'none' }),
      { status: 404 },
    ],
    [
      'a temperature that is too high',
      () => client.beta.assistants.create({ model: 'gpt-4o', temperature: 3 }),
      { status: 400, param: 'temperature' },
    ],
    [
      'a run of nobody',
      () => client.beta.threads.createAndRun({ assistant_id: 'asst_none' }),
      { status: 404 },
    ],
    [
      'a message without content',
      () => client.beta.threads.create({ messages: [{ role: 'user' } as never] }),
      { status: 400, param: 'content' },
    ],
    [
      'a message by a robot',
      () => client.beta.threads.create({ messages: [{ role: 'robot', content: 'x' } as never] }),
      { status: 400, param: 'role' },
    ],
  ])('refuse %s', async (_what, call, error) => {
    await expect(call()).rejects.toMatchObject(error);
  });
});
