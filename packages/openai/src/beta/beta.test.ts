import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  BadRequestError,
  GoneError,
  NotFoundError,
  StreamTruncatedError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const QUESTION = '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?';

let simulator: Simulator;
let client: OpenAIClient;

async function connect(retired: boolean): Promise<void> {
  simulator = await createSimulator({ retired });
  client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    circuitBreaker: false,
  });
}

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

describe('where the Assistants API is switched off', () => {
  beforeEach(() => connect(false));

  const IN = { thread_id: 't' };
  const RUN = { assistant_id: 'a' };

  it.each<[string, () => PromiseLike<unknown>]>([
    ['assistants.create', () => client.beta.assistants.create({ model: 'gpt-4o' })],
    ['assistants.retrieve', () => client.beta.assistants.retrieve('a')],
    ['assistants.update', () => client.beta.assistants.update('a', {})],
    ['assistants.list', () => client.beta.assistants.list()],
    ['assistants.delete', () => client.beta.assistants.delete('a')],
    ['threads.create', () => client.beta.threads.create()],
    ['threads.retrieve', () => client.beta.threads.retrieve('t')],
    ['threads.createAndRun', () => client.beta.threads.createAndRun(RUN)],
    ['a stream', () => client.beta.threads.createAndRun({ ...RUN, stream: true })],
    ['threads.messages.list', () => client.beta.threads.messages.list('t')],
    ['threads.runs.retrieve', () => client.beta.threads.runs.retrieve('r', IN)],
    ['threads.runs.steps.list', () => client.beta.threads.runs.steps.list('r', IN)],
  ])('%s says so, and what to use', async (_what, call) => {
    const error = await failure(call());
    expect(error).toBeInstanceOf(GoneError);
    expect(error).toMatchObject({ code: 'gone', status: 404, retryable: false });
    expect(String(error)).toContain('client.responses');
  });

  it('other addresses are not found as ever', async () => {
    expect(await failure(client.models.retrieve('none'))).toBeInstanceOf(NotFoundError);
  });

  it.each([
    ['a page', 'text/html', '<h1>Not Found</h1>'],
    ['nothing', 'text/plain', ''],
    ['JSON of another kind', 'application/json', '{"detail":"Not Found"}'],
  ])('a server may say it with %s', async (_what, type, body) => {
    const server = createServer((_request, response) => {
      response.writeHead(404, { 'content-type': type }).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await using other = createOpenAIClient({ apiKey: 'test-key', baseURL });
    const error = await failure(other.beta.threads.retrieve('t'));
    server.closeAllConnections();
    server.close();
    expect(error).toBeInstanceOf(GoneError);
  });
});

describe('where there still is an Assistants API', () => {
  beforeEach(() => connect(true));

  it('a thing that is not there is just not found', async () => {
    expect(await failure(client.beta.assistants.retrieve('asst_1'))).toBeInstanceOf(NotFoundError);
    expect(await failure(client.beta.threads.retrieve('thread_1'))).toBeInstanceOf(NotFoundError);
  });

  it('asks for the version that it knows, unless the caller asks for another', async () => {
    await client.beta.assistants.list();
    await client.beta.assistants.list({}, { headers: { 'OpenAI-Beta': 'assistants=v1' } });
    expect(simulator.requests.map(({ headers }) => headers['openai-beta'])).toEqual([
      'assistants=v2',
      'assistants=v1',
    ]);
  });

  it('answers in a thread, streamed', async () => {
    const { id } = await client.beta.assistants.create({ model: 'gpt-4o' });
    const stream = await client.beta.threads.createAndRun({
      assistant_id: id,
      thread: { messages: [{ role: 'user', content: QUESTION }] },
      stream: true,
    });
    let text = '';
    let threadId = '';
    for await (const event of stream) {
      if (event.event === 'thread.created') threadId = event.data.id;
      if (event.event !== 'thread.message.delta') continue;
      for (const part of event.data.delta.content ?? []) {
        if (part.type === 'text') text += part.text?.value ?? '';
      }
    }
    expect(text).toContain('A ledger keeps every entry.');
    const { data } = await client.beta.threads.messages.list(threadId);
    expect(data[0]).toMatchObject({ role: 'assistant', assistant_id: id });
  });

  it('waits for functions', async () => {
    const { id: assistant_id } = await client.beta.assistants.create({
      model: 'gpt-4o',
      tools: [{ type: 'function', function: { name: 'weather' } }],
    });
    const { id: thread_id } = await client.beta.threads.create({
      messages: [{ role: 'user', content: QUESTION }],
    });
    const { runs } = client.beta.threads;
    let run = await runs.create(thread_id, { assistant_id, tool_choice: 'required' });
    while (run.status !== 'requires_action') run = await runs.retrieve(run.id, { thread_id });
    const call = run.required_action?.submit_tool_outputs.tool_calls[0];
    expect(call?.function.name).toBe('weather');
    const wrong = { thread_id, tool_outputs: [] };
    expect(await failure(runs.submitToolOutputs(run.id, wrong))).toBeInstanceOf(BadRequestError);
    const tool_outputs = [{ tool_call_id: call?.id, output: 'sunny' }];
    run = await runs.submitToolOutputs(run.id, { thread_id, tool_outputs });
    while (run.status !== 'completed') run = await runs.retrieve(run.id, { thread_id });
    const steps = await runs.steps.list(run.id, { thread_id, order: 'asc' });
    expect(steps.data.map(({ type }) => type)).toEqual(['tool_calls', 'message_creation']);
  });

  it('tells a stream that was cut', async () => {
    const { id } = await client.beta.assistants.create({ model: 'gpt-4o' });
    simulator.inject({ fault: { cutAfterEvents: 3 }, match: { path: '/v1/threads/runs' } });
    const stream = await client.beta.threads.createAndRun({ assistant_id: id, stream: true });
    const reading = (async () => {
      for await (const event of stream) expect(event.event).toMatch(/^thread\./);
    })();
    expect(await failure(reading)).toBeInstanceOf(StreamTruncatedError);
  });

  it.each<[string, () => PromiseLike<unknown>]>([
    ['an assistant without a model', () => client.beta.assistants.create({ model: '' })],
    ['a run without an assistant', () => client.beta.threads.createAndRun({} as never)],
    ['a run of nobody', () => client.beta.threads.runs.create('t', { assistant_id: '' })],
    ['a message by nobody', () => client.beta.threads.messages.create('t', {} as never)],
    [
      'outputs that are none',
      () => client.beta.threads.runs.submitToolOutputs('r', { thread_id: 't' } as never),
    ],
    ['a step of no thread', () => client.beta.threads.runs.retrieve('r', { thread_id: '' })],
  ])('sends nothing for %s', async (_what, call) => {
    expect(await failure(call())).toBeInstanceOf(ValidationError);
    expect(simulator.requests).toHaveLength(0);
  });
});
