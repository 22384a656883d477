import { ValidationError } from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';
import type { ModerationRequest } from './moderation-request.ts';

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

describe('moderations.create', () => {
  it('judges each text by itself', async () => {
    const { results } = await client.moderations.create({ input: ['good morning', 'you idiot'] });
    expect(results.map(({ flagged }) => flagged)).toEqual([false, true]);
    expect(results[1]?.categories.harassment).toBe(true);
    expect(results[1]?.category_scores.harassment).toBeGreaterThan(0.5);
  });

  it('judges a text and an image together', async () => {
    const { results } = await client.moderations.create({
      input: [
        { type: 'text', text: 'a picture' },
        { type: 'image_url', image_url: { url: 'https://example.test/a.png' } },
      ],
    });
    expect(results).toHaveLength(1);
    expect(results[0]?.category_applied_input_types.violence).toEqual(['text', 'image']);
  });

  it.each([
    [{}, 'input'],
    [{ input: [] }, 'input'],
    [{ input: [7] }, 'input'],
    [{ input: [{ type: 'audio' }] }, 'input'],
    [{ input: 'x', model: '' }, 'model'],
    [undefined, ''],
  ])('sends nothing for %#', async (request, path) => {
    const error: unknown = await client.moderations
      .create(request as ModerationRequest)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toContain(path);
    expect(simulator.requests).toHaveLength(0);
  });
});
