import { describe, expect, it } from 'vitest';
import { dataOf, post } from '../../post.test.support.ts';
import { createSimulator } from '../../simulator.ts';
import { ask } from '../ask.test.support.ts';

const PATH = '/v1/fim/completions';
const REQUEST = {
  model: 'codestral-latest',
  prompt: 'def is_odd(n):',
  suffix: 'n = is_odd(3) # odd',
};

describe('POST /v1/fim/completions', () => {
  it('answers as one body, the same every time', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { status, body } = await ask(simulator, 'POST', PATH, REQUEST);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'chat.completion',
      model: 'codestral-latest',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant' } }],
    });
    const again = await ask(simulator, 'POST', PATH, REQUEST);
    expect(again.body['choices']).toEqual(body['choices']);
  });

  it('streams the same text', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { body } = await ask(simulator, 'POST', PATH, REQUEST);
    const [choice] = body['choices'] as [{ readonly message: { readonly content: string } }];
    const response = await post(simulator, PATH, { ...REQUEST, stream: true });
    const data = dataOf(await response.text());
    expect(data.pop()).toBe('[DONE]');
    const pieces = data.map(
      (each) =>
        (
          JSON.parse(each) as {
            readonly choices: [{ readonly delta: { readonly content?: string } }];
          }
        ).choices[0].delta.content ?? '',
    );
    expect(pieces.join('')).toBe(choice.message.content);
  });

  it('ends at the limit of tokens', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { body } = await ask(simulator, 'POST', PATH, { ...REQUEST, max_tokens: 1 });
    expect(body).toMatchObject({
      choices: [{ finish_reason: 'length' }],
      usage: { completion_tokens: 1 },
    });
  });

  it.each([
    [{ ...REQUEST, model: 'mistral-embed' }, 400],
    [{ model: 'codestral-latest' }, 422],
    [{ ...REQUEST, messages: [] }, 422],
    [{ ...REQUEST, temperature: 2 }, 422],
  ])('refuses a wrong request (%#)', async (request, status) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    expect((await ask(simulator, 'POST', PATH, request)).status).toBe(status);
  });
});
