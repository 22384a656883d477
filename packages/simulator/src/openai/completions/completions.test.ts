import { describe, expect, it } from 'vitest';
import { dataOf, post } from '../../post.test.support.ts';
import { createSimulator } from '../../simulator.ts';

const PATH = '/v1/completions';
const REQUEST = {
  model: 'gpt-3.5-turbo-instruct',
  prompt: '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?',
};

interface Body {
  readonly choices: readonly { readonly text: string; readonly finish_reason: string | null }[];
}

describe('POST /v1/completions', () => {
  it('answers each prompt as often as was asked, and cuts where it must', async () => {
    await using simulator = await createSimulator();
    const request = { ...REQUEST, prompt: [REQUEST.prompt, 'x'], n: 2, max_tokens: 3 };
    const response = await post(simulator, PATH, request);
    expect(await response.json()).toMatchObject({
      choices: [0, 1, 2, 3].map((index) => ({ index, finish_reason: 'length' })),
      usage: { completion_tokens: 12 },
    });
  });

  it('streams the same text', async () => {
    await using simulator = await createSimulator({ wordsPerEvent: 2 });
    const whole = (await (await post(simulator, PATH, REQUEST)).json()) as Body;
    const stream = await (await post(simulator, PATH, { ...REQUEST, stream: true })).text();
    const events = dataOf(stream);
    expect(events.at(-1)).toBe('[DONE]');
    const pieces = events.slice(0, -1).map((event) => JSON.parse(event) as Body);
    expect(pieces.map(({ choices }) => choices[0]?.text).join('')).toBe(whole.choices[0]?.text);
    expect(pieces.at(-1)?.choices[0]?.finish_reason).toBe('stop');
  });

  it.each([
    [{ model: REQUEST.model }, 'prompt'],
    [{ ...REQUEST, prompt: [] }, 'prompt'],
    [{ ...REQUEST, prompt: [{}] }, 'prompt[0]'],
    [{ ...REQUEST, model: 'gpt-4o' }, 'model'],
    [{ ...REQUEST, n: 2, best_of: 1 }, 'best_of'],
    [{ ...REQUEST, logprobs: 6 }, 'logprobs'],
    [{ ...REQUEST, stop: [''] }, 'stop'],
  ])('refuses %j', async (body, param) => {
    await using simulator = await createSimulator();
    const response = await post(simulator, PATH, body);
    expect(response.ok).toBe(false);
    expect(await response.json()).toMatchObject({ error: { param } });
  });
});
