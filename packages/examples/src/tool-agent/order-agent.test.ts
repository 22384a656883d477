import { AbortedError, TurnLimitError } from '@integrations/errors';
import { createOpenAIClient, type OpenAIClient, zodFunction } from '@integrations/openai';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askOrderAgent, type OrderAgentOptions } from './order-agent.ts';
import { type Approve, orderTools } from './order-tools.ts';
import { Orders } from './orders.ts';

let simulator: Simulator;
let client: OpenAIClient;
let orders: Orders;
let results: string[];

beforeEach(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL, maxRetries: 0 });
  orders = new Orders([
    { number: 17, item: 'a ledger', status: 'sent' },
    { number: 18, item: 'a journal', status: 'open' },
  ]);
  results = [];
});

afterEach(async () => {
  await client.close();
  await simulator.close();
});

function ask(
  question: string,
  approve: Approve = async () => true,
  changes: Partial<OrderAgentOptions> = {},
): Promise<string> {
  return askOrderAgent({
    client,
    model: 'gpt-5-mini',
    question,
    tools: orderTools(orders, approve),
    onToolResult: (result) => results.push(result),
    ...changes,
  });
}

describe('askOrderAgent', () => {
  it('runs the tools that the model calls, and gives its answer', async () => {
    const answer = await ask('find_order {"number":17}, then cancel_order {"number":18}');
    expect(results.map((result) => JSON.parse(result) as unknown)).toEqual([
      { number: 17, item: 'a ledger', status: 'sent' },
      { number: 18, item: 'a journal', status: 'cancelled' },
    ]);
    expect(orders.find(18).status).toBe('cancelled');
    expect(answer).toContain('a journal');
    expect(simulator.requests).toHaveLength(2);
  });

  it('does nothing that is not approved, and tells the model so', async () => {
    const asked: string[] = [];
    const refuse: Approve = async (action) => {
      asked.push(action);
      return false;
    };
    const answer = await ask('cancel_order {"number":18}', refuse);
    expect(asked).toEqual(['cancel order 18, a journal']);
    expect(results).toEqual(['The customer does not want that.']);
    expect(orders.find(18).status).toBe('open');
    expect(answer).toContain('The customer does not want that.');
  });

  it.each([
    ['find_order {"number":99}', 'There is no order 99.'],
    ['cancel_order {"number":17}', 'Order 17 is sent already.'],
    ['find_order {"number":"two"}', 'number: '],
    ['find_order {"number"', 'not JSON'],
  ])('tells the model what is wrong with %s', async (question, told) => {
    await ask(question);
    expect(results).toHaveLength(1);
    expect(results[0]).toContain(told);
    expect(orders.find(18).status).toBe('open');
  });

  it('stops a model that calls for ever', async () => {
    const again = zodFunction({
      name: 'again',
      parameters: z.object({}),
      function: () => 'again {}',
    });
    const asking = ask('again {}', undefined, { tools: [again], maxTurns: 3 });
    await expect(asking).rejects.toBeInstanceOf(TurnLimitError);
    expect(simulator.requests).toHaveLength(3);
  });

  it('stops a tool that is under way when it is aborted', async () => {
    const stop = new AbortController();
    let isTold = false;
    const wait: Approve = (_action, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          isTold = true;
          resolve(false);
        });
        stop.abort();
      });
    const asking = ask('cancel_order {"number":18}', wait, { signal: stop.signal });
    await expect(asking).rejects.toBeInstanceOf(AbortedError);
    expect(isTold).toBe(true);
    expect(orders.find(18).status).toBe('open');
  });
});
