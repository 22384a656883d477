import { describe, expect, it } from 'vitest';
import { post } from '../../post.test.support.ts';
import { createSimulator } from '../../simulator.ts';
import { moderate } from './moderation.ts';

describe('moderate', () => {
  it('flags a text for its words, the same each time', () => {
    const judged = moderate({ text: 'You IDIOT!', images: 0 });
    expect(judged).toMatchObject({
      flagged: true,
      categories: { harassment: true, violence: false },
      category_applied_input_types: { harassment: ['text'] },
    });
    expect(moderate({ text: 'You IDIOT!', images: 0 })).toEqual(judged);
  });

  it('never flags an image', () => {
    expect(moderate({ text: '', images: 1 })).toMatchObject({
      flagged: false,
      category_applied_input_types: { harassment: [], violence: ['image'] },
    });
  });
});

describe('POST /v1/moderations', () => {
  it.each([
    [{}, 'input'],
    [{ input: 7 }, 'input'],
    [{ input: [] }, 'input'],
    [{ input: [{ type: 'text', text: 7 }] }, 'text'],
    [{ input: [{ type: 'audio' }] }, 'input[0].type'],
    [{ input: [{ type: 'image_url', image_url: 'x' }] }, 'input[0].image_url'],
    [{ input: 'x', model: 'gpt-4o' }, 'model'],
  ])('refuses %j', async (body, param) => {
    await using simulator = await createSimulator();
    const response = await post(simulator, '/v1/moderations', body);
    expect(response.ok).toBe(false);
    expect(await response.json()).toMatchObject({ error: { param } });
  });
});
