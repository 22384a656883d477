import {
  AbortedError,
  InvalidOutputError,
  LengthFinishReasonError,
  RateLimitError,
} from '@integrations/errors';
import { createMistralClient, type MistralClient } from '@integrations/mistral';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extract, type ExtractRequest } from './extract.ts';
import { Invoice } from './invoice.ts';

/** What the simulator is to answer, one a request; then plainly. */
let answers: string[];
let simulator: Simulator;
let client: MistralClient;

/** Asks the simulator for the next of `answers`, which the example knows nothing of. */
const fetchOnDemand: typeof fetch = (input, init) => {
  const simulator_answer = answers.shift();
  if (simulator_answer === undefined || typeof init?.body !== 'string') return fetch(input, init);
  const request = JSON.parse(init.body) as object;
  const body = JSON.stringify({ ...request, metadata: { simulator_answer } });
  return fetch(input, { ...init, body });
};

beforeEach(async () => {
  answers = [];
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    fetch: fetchOnDemand,
  });
});

afterEach(async () => {
  await client.close();
  await simulator.close();
});

function read(changes: Partial<ExtractRequest<Invoice>> = {}): Promise<Invoice> {
  const text = 'Larch & Sons. A ledger: 84.00 EUR.';
  const model = 'mistral-small-latest';
  return extract({ client, model, text, schema: Invoice, name: 'invoice', ...changes });
}

/** What the model was told last, request by request. */
function lastMessages(): string[] {
  return simulator.requests.map(({ body }) => {
    const { messages } = body as { readonly messages: readonly { readonly content: string }[] };
    return messages.at(-1)?.content ?? '';
  });
}

describe('extract', () => {
  it('gives what the schema describes', async () => {
    const invoice = await read();
    expect(Invoice.parse(invoice)).toEqual(invoice);
    expect(simulator.requests).toHaveLength(1);
    expect(simulator.requests[0]?.body).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'invoice', strict: true } },
    });
  });

  it.each([
    ['wrong_shape', 'does not fit the schema'],
    ['invalid_json', 'is not JSON'],
  ])('tells the model what is wrong with an answer that is %s', async (answer, complaint) => {
    answers = [answer];
    expect(Invoice.safeParse(await read()).success).toBe(true);
    const [first, second] = lastMessages();
    expect(first).not.toContain('Your last answer');
    expect(second).toContain('Your last answer could not be used');
    expect(second).toContain(complaint);
    expect(simulator.requests).toHaveLength(2);
  });

  it('gives up after so many answers, and says where the last one is wrong', async () => {
    answers = Array.from({ length: 5 }, () => 'wrong_shape');
    const error = await read().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidOutputError);
    expect((error as InvalidOutputError).issues.length).toBeGreaterThan(0);
    expect(simulator.requests).toHaveLength(3);
    await expect(read({ maxAttempts: 1 })).rejects.toBeInstanceOf(InvalidOutputError);
    expect(simulator.requests).toHaveLength(4);
  });

  it('does not ask again where that helps nothing', async () => {
    answers = ['length'];
    await expect(read()).rejects.toBeInstanceOf(LengthFinishReasonError);
    simulator.inject({ fault: { status: 429 } });
    await expect(read()).rejects.toBeInstanceOf(RateLimitError);
    await expect(read({ signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
    expect(simulator.requests).toHaveLength(2);
  });
});
