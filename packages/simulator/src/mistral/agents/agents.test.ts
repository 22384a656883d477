import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../simulator.ts';

const PATH = '/v1/agents';
const AGENT = { model: 'mistral-small-latest', name: 'one' };

type Json = Readonly<Record<string, unknown>>;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
});
afterAll(() => simulator.close());

async function call(method: string, path: string, body?: object): Promise<[number, Json]> {
  const headers = { authorization: 'Bearer test-key', 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${simulator.url}${path}`, { method, headers, ...sent });
  const text = await response.text();
  return [response.status, text === '' ? {} : (JSON.parse(text) as Json)];
}

async function make(more: object = {}): Promise<string> {
  const [, { id }] = await call('POST', PATH, { ...AGENT, ...more });
  return String(id);
}

/** Where each of the problems is that a request was refused for. */
function problemsIn([status, { message }]: [number, Json]): unknown {
  const { detail } = message as { detail: { loc: unknown[]; type: string }[] };
  return [status, ...detail.map(({ loc, type }) => [loc.join('.'), type])];
}

describe('/v1/agents', () => {
  it('shows an agent with everything that it was not given', async () => {
    expect(await call('POST', PATH, AGENT)).toEqual([
      200,
      {
        ...AGENT,
        object: 'agent',
        id: expect.stringMatching(/^ag_[0-9a-f]{32}$/),
        version: 0,
        versions: [0],
        instructions: null,
        tools: [],
        completion_args: {},
        guardrails: null,
        description: null,
        handoffs: null,
        metadata: null,
        version_message: null,
        created_at: expect.stringMatching(/^\d{4}-/),
        updated_at: expect.stringMatching(/^\d{4}-/),
        deployment_chat: false,
        source: 'api',
      },
    ]);
  });

  it('makes a version of each change, and keeps what is not changed', async () => {
    const id = await make({ description: 'd', version_message: 'first' });
    const [, changed] = await call('PATCH', `${PATH}/${id}`, { name: 'two' });
    expect(changed).toMatchObject({ name: 'two', description: 'd', version_message: null });
    expect(changed).toMatchObject({ version: 1, versions: [0, 1] });
    expect(await call('GET', `${PATH}/${id}?agent_version=0`)).toMatchObject([
      200,
      { name: 'one', version_message: 'first', version: 0 },
    ]);
    const [, next] = await call('PATCH', `${PATH}/${id}/version?version=0`);
    expect(next).toMatchObject({ name: 'one', version: 0, versions: [0, 1] });
    // A change is made of what is current.
    const [, last] = await call('PATCH', `${PATH}/${id}`, { description: 'e' });
    expect(last).toMatchObject({ name: 'one', description: 'e', version: 2 });
  });

  it.each<[object, unknown]>([
    [{}, [422, ['body.model', 'missing'], ['body.name', 'missing']]],
    [{ ...AGENT, mood: 1 }, [422, ['body.mood', 'extra_forbidden']]],
    [{ ...AGENT, completion_args: { n: 2 } }, [422, ['body.completion_args.n', 'extra_forbidden']]],
    [
      { ...AGENT, version_message: 'a'.repeat(501) },
      [422, ['body.version_message', 'string_too_long']],
    ],
    [{ ...AGENT, handoffs: [] }, [422, ['body.handoffs', 'too_short']]],
  ])('refuses %j', async (body, problems) => {
    expect(problemsIn(await call('POST', PATH, body))).toEqual(problems);
  });

  it('refuses models and agents that are not there', async () => {
    const wrong = await call('POST', PATH, { ...AGENT, model: 'mistral-embed' });
    expect(wrong).toMatchObject([400, { type: 'invalid_model', code: '1500' }]);
    expect(await call('POST', PATH, { ...AGENT, handoffs: ['ag_none'] })).toMatchObject([404, {}]);
  });

  it.each([
    ['PUT', '/aliases?version=0', ['query.alias', 'missing']],
    ['PUT', '/aliases?alias=a', ['query.version', 'missing']],
    ['PUT', '/aliases?alias=a-&version=0', ['query.alias', 'string_pattern_mismatch']],
    [
      'PUT',
      `/aliases?alias=${'a'.repeat(65)}&version=0`,
      ['query.alias', 'string_pattern_mismatch'],
    ],
    ['PATCH', '/version?version=x', ['query.version', 'int_type']],
    ['GET', '/versions?page_size=0', ['query.page_size', 'greater_than_equal']],
  ])('refuses %s %s', async (method, below, problem) => {
    const id = await make();
    expect(problemsIn(await call(method, `${PATH}/${id}${below}`))).toEqual([422, problem]);
  });

  it('refuses filters and tokens that mean nothing', async () => {
    expect(problemsIn(await call('GET', `${PATH}?metadata=7`))).toEqual([
      422,
      ['query.metadata', 'dict_type'],
    ]);
    expect(problemsIn(await call('GET', `${PATH}?metadata=%7B`))).toMatchObject([422, {}]);
    expect(await call('GET', `${PATH}/pages?page_token=x`)).toMatchObject([400, {}]);
  });
});

describe('/v1/agents/completions', () => {
  const messages = [{ role: 'user', content: 'Say something.' }];

  it('is a chat with what the agent has', async () => {
    const parameters = { type: 'object', properties: {} };
    const id = await make({
      tools: [{ type: 'function', function: { name: 'sing', parameters } }],
      completion_args: { tool_choice: 'any' },
    });
    const [, answer] = await call('POST', `${PATH}/completions`, { agent_id: id, messages });
    expect(answer).toMatchObject({
      model: AGENT.model,
      choices: [{ message: { tool_calls: [{ function: { name: 'sing' } }] } }],
    });
    const none = { agent_id: id, messages, tool_choice: 'none' };
    const [, told] = await call('POST', `${PATH}/completions`, none);
    expect(told).toMatchObject({ choices: [{ message: { tool_calls: null } }] });
  });

  it('refuses what the agent decides, and what a chat is refused for', async () => {
    const id = await make();
    const path = `${PATH}/completions`;
    expect(problemsIn(await call('POST', path, { messages }))).toEqual([
      422,
      ['body.agent_id', 'missing'],
    ]);
    const warm = { agent_id: id, messages, temperature: 1 };
    expect(problemsIn(await call('POST', path, warm))).toEqual([
      422,
      ['body.temperature', 'extra_forbidden'],
    ]);
    const wrong = { agent_id: id, messages: [{ role: 'user' }, { role: 'x' }] };
    expect(problemsIn(await call('POST', path, wrong))).toEqual([
      422,
      ['body.messages.1', 'union_tag_invalid'],
    ]);
  });
});
