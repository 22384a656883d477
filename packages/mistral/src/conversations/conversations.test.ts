import {
  BadRequestError,
  NotFoundError,
  ProtocolError,
  UnprocessableError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { ConversationStartRequest } from './conversation-request.ts';
import type { FunctionCallEntry, OutputEntry } from './entry.ts';
import { outputText } from './output-text.ts';

const MODEL = 'mistral-small-latest';
const FACT = 'My dog is called Rex the brave.';
const QUESTION = 'What is my dog called?';
const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
} as const;

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
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

function callsIn(outputs: readonly OutputEntry[]): FunctionCallEntry[] {
  return outputs.filter((entry) => entry.type === 'function.call');
}

describe('conversations', () => {
  it('are begun, go on, and are told in full', async () => {
    const { conversations } = client;
    const request = { model: MODEL, inputs: FACT, metadata: { topic: 'dogs' } } as const;
    const begun = await conversations.start(request);
    expect(begun).toMatchObject({
      object: 'conversation.response',
      conversation_id: expect.any(String),
      outputs: [{ type: 'message.output', role: 'assistant', model: MODEL }],
      usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) },
    });
    expect(simulator.requests[0]).toMatchObject({ path: '/v1/conversations', body: request });
    const id = begun.conversation_id;
    const next = await conversations.append(id, { inputs: QUESTION });
    expect(simulator.requests[1]).toMatchObject({
      method: 'POST',
      path: `/v1/conversations/${id}`,
      body: { inputs: QUESTION },
    });
    expect(next.conversation_id).toBe(id);
    expect(outputText(next.outputs)).toContain('Rex the brave');
    const history = await conversations.history(id);
    expect(history).toMatchObject({ object: 'conversation.history', conversation_id: id });
    expect(history.entries.map(({ type }) => type)).toEqual([
      'message.input',
      'message.output',
      'message.input',
      'message.output',
    ]);
    expect(history.entries.slice(-1)).toEqual(next.outputs);
    const { messages } = await conversations.messages(id);
    expect(messages).toEqual(history.entries);
    const kept = await conversations.get(id);
    expect(kept).toMatchObject({
      id,
      object: 'conversation',
      model: MODEL,
      metadata: { topic: 'dogs' },
    });
    expect(await conversations.delete(id)).toBeUndefined();
    expect(await failure(conversations.get(id))).toBeInstanceOf(NotFoundError);
  });

  it('begin anew at an entry', async () => {
    const { conversations } = client;
    const begun = await conversations.start({ model: MODEL, inputs: FACT });
    await conversations.append(begun.conversation_id, { inputs: 'My dog is called Wolf now.' });
    const from = begun.outputs[0]?.id ?? '';
    const anew = await conversations.restart(begun.conversation_id, {
      from_entry_id: from,
      inputs: QUESTION,
    });
    expect(anew.conversation_id).not.toBe(begun.conversation_id);
    expect(outputText(anew.outputs)).toContain('Rex the brave');
    expect(outputText(anew.outputs)).not.toContain('Wolf');
    expect(simulator.requests.at(-1)).toMatchObject({
      path: `/v1/conversations/${begun.conversation_id}/restart`,
      body: { from_entry_id: from, inputs: QUESTION },
    });
    const missing = { from_entry_id: 'msg_none', inputs: QUESTION };
    const lost = await failure(conversations.restart(begun.conversation_id, missing));
    expect(lost).toBeInstanceOf(NotFoundError);
  });

  it('take entries as they give them', async () => {
    const { conversations } = client;
    const { conversation_id: id } = await conversations.start({ model: MODEL, inputs: FACT });
    const { entries } = await conversations.history(id);
    const { outputs } = await conversations.start({
      model: MODEL,
      inputs: [...entries, { role: 'user', content: [{ type: 'text', text: QUESTION }] }],
    });
    expect(outputText(outputs)).toContain('Rex the brave');
  });

  it('call functions, and take what they give back', async () => {
    const { conversations } = client;
    const { conversation_id: id, outputs } = await conversations.start({
      model: MODEL,
      inputs: 'get_weather {"city":"Oslo"} and get_weather {"city":"Rome"}',
      tools: [WEATHER],
    });
    const calls = callsIn(outputs);
    expect(calls.map((call) => call.arguments)).toEqual(['{"city":"Oslo"}', '{"city":"Rome"}']);
    expect(calls.map((call) => call.name)).toEqual(['get_weather', 'get_weather']);
    const results = calls.map(
      ({ tool_call_id }, at) =>
        ({ type: 'function.result', tool_call_id, result: `It is ${at} degrees.` }) as const,
    );
    const answer = await conversations.append(id, { inputs: results });
    expect(outputText(answer.outputs)).toBe('It is 0 degrees. It is 1 degrees.');
    const stray = { type: 'function.result', tool_call_id: 'AAAAAAAAA', result: '' } as const;
    expect(await failure(conversations.append(id, { inputs: [stray] }))).toBeInstanceOf(
      BadRequestError,
    );
  });

  it('run tools of the API', async () => {
    const { outputs, usage } = await client.conversations.start({
      model: MODEL,
      inputs: 'Use web_search {"query":"moon"}.',
      tools: [{ type: 'web_search' }],
      completion_args: { temperature: 0, max_tokens: 100 },
    });
    expect(outputs).toMatchObject([
      { type: 'tool.execution', name: 'web_search', arguments: '{"query":"moon"}' },
      { type: 'message.output', content: [{ type: 'text' }, { type: 'tool_reference' }] },
    ]);
    expect(usage).toMatchObject({ connectors: { web_search: 1 } });
    const { prompt_tokens: prompt, completion_tokens: completion } = usage;
    expect(usage.total_tokens).toBe(prompt + completion + (usage.connector_tokens ?? 0));
  });

  it('are held with agents, which hand over to others', async () => {
    const { agents, conversations } = client;
    const poet = await agents.create({
      model: MODEL,
      name: 'poet',
      instructions: 'Night is song.',
    });
    const guide = await agents.create({ model: MODEL, name: 'guide', handoffs: [poet.id] });
    const inputs = 'Ask the poet: what is night?';
    const handoff = {
      type: 'agent.handoff',
      previous_agent_name: 'guide',
      next_agent_id: poet.id,
      next_agent_name: 'poet',
    };
    const { conversation_id: id, outputs } = await conversations.start({
      agent_id: guide.id,
      agent_version: 0,
      inputs,
    });
    expect(outputs).toMatchObject([handoff, { type: 'message.output', agent_id: poet.id }]);
    expect(outputText(outputs)).toContain('Night is song.');
    expect(await conversations.get(id)).toMatchObject({ agent_id: guide.id, agent_version: 0 });
    const own = await conversations.start({
      agent_id: guide.id,
      inputs,
      handoff_execution: 'client',
    });
    expect(own.outputs).toMatchObject([handoff]);
  });

  it('are named on the spans of all that is said in them', async () => {
    const tracer = new TestTracer();
    await using traced = client.withOptions({ tracer, spanDetail: 'minimal', maxRetries: 0 });
    const { conversations } = traced;
    const { conversation_id: id } = await conversations.start({ model: MODEL, inputs: FACT });
    const { entries } = await conversations.history(id);
    await conversations.append(id, { inputs: QUESTION });
    const from_entry_id = entries[1]?.id ?? '';
    const anew = await conversations.restart(id, { inputs: QUESTION, from_entry_id });
    const streamed = await conversations.startStream({ model: MODEL, inputs: FACT });
    const { conversation_id: streamedId } = await streamed.finalResponse();
    simulator.inject({ times: 1, fault: { status: 500 } });
    await failure(conversations.append(id, { inputs: QUESTION }));
    const named = tracer.spans.map(({ attributes }) => attributes['gen_ai.conversation.id']);
    expect(named).toEqual([id, undefined, id, anew.conversation_id, streamedId, id]);
  });

  it('are not kept where that is not wanted', async () => {
    const { conversations } = client;
    const begun = await conversations.start({ model: MODEL, inputs: FACT, store: false });
    const lost = failure(conversations.get(begun.conversation_id));
    expect(await lost).toBeInstanceOf(NotFoundError);
  });

  it('are listed page by page', async () => {
    const metadata = { test: 'list' };
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      const inputs = `Number ${at}`;
      const { conversation_id: id } = await client.conversations.start({
        model: MODEL,
        inputs,
        metadata,
      });
      ids.push(id);
    }
    const listed: string[] = [];
    const query = { metadata, page_size: 2 };
    for await (const { id } of client.conversations.list(query)) listed.push(id);
    expect(listed).toEqual(ids);
    const written = `?metadata=${encodeURIComponent(JSON.stringify(metadata))}&page_size=2`;
    expect(simulator.requests.slice(-3).map((request) => request.query)).toEqual([
      written,
      `${written}&page=1`,
      `${written}&page=2`,
    ]);
  });

  it('send nothing that cannot be right', async () => {
    const { conversations } = client;
    for (const call of [
      () => conversations.start(undefined as unknown as ConversationStartRequest),
      () => conversations.start({ inputs: 'a' } as ConversationStartRequest),
      () => conversations.start({ model: MODEL } as ConversationStartRequest),
      () => conversations.start({ model: '', inputs: 'a' }),
      () => conversations.start({ agent_id: '', inputs: 'a' }),
      () => conversations.start({ model: MODEL, inputs: 5 as unknown as string }),
      () => conversations.start({ model: MODEL, inputs: 'a', completion_args: { top_p: 2 } }),
      () => conversations.startStream({ inputs: 'a' } as ConversationStartRequest),
      () => conversations.append('', { inputs: 'a' }),
      () => conversations.append('conv_1', { inputs: 7 as unknown as string }),
      () => conversations.append('conv_1', undefined as unknown as object),
      () => conversations.append('conv_1', [{ role: 'user', content: 'a' }] as object),
      () => conversations.append('conv_1', { completion_args: [] as object }),
      () => conversations.append('conv_1', { completion_args: { max_tokens: -1 } }),
      () => conversations.appendStream('..', { inputs: 'a' }),
      () => conversations.restart('conv_1', { from_entry_id: '' }),
      () => conversations.restartStream('', { from_entry_id: 'msg_1' }),
      () => conversations.get(''),
      () => conversations.delete(''),
      () => conversations.history(''),
      () => conversations.messages('.'),
    ]) {
      expect(await failure(call())).toBeInstanceOf(ValidationError);
    }
    expect(simulator.requests).toHaveLength(0);
  });

  it('tell what is not there, and what the server refuses', async () => {
    const { conversations } = client;
    const agent = { agent_id: 'ag_none', inputs: 'a' };
    for (const call of [
      () => conversations.start(agent),
      () => conversations.append('conv_none', { inputs: 'a' }),
      () => conversations.appendStream('conv_none', { inputs: 'a' }),
      () => conversations.restart('conv_none', { from_entry_id: 'a' }),
      () => conversations.restartStream('conv_none', { from_entry_id: 'a' }),
      () => conversations.get('conv_none'),
      () => conversations.delete('conv_none'),
      () => conversations.history('conv_none'),
      () => conversations.messages('conv_none'),
    ]) {
      expect(await failure(call())).toBeInstanceOf(NotFoundError);
    }
    const unknown = failure(conversations.start({ model: 'no-such-model', inputs: 'a' }));
    expect(await unknown).toBeInstanceOf(BadRequestError);
    const odd = { model: MODEL, inputs: 'a', mood: 'fine' };
    expect(await failure(conversations.start(odd))).toBeInstanceOf(UnprocessableError);
  });

  it('tell wrong answers from right ones', async () => {
    const transport = new MockHttpTransport();
    const deaf = createMistralClient({ apiKey: 'test-key', transport, maxRetries: 0 });
    const { conversations } = deaf;
    for (const call of [
      () => conversations.start({ model: MODEL, inputs: 'a' }),
      () => conversations.list(),
      () => conversations.get('conv_1'),
      () => conversations.history('conv_1'),
      () => conversations.messages('conv_1'),
    ]) {
      transport.respond({ json: { object: 'surprise' } });
      expect(await failure(call())).toBeInstanceOf(ProtocolError);
    }
    await deaf.close();
  });
});
