import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../simulator.ts';
import { ask } from '../ask.test.support.ts';

const MODERATION = 'mistral-moderation-latest';
const CLASSIFIER = 'ft:classifier:ministral-3b-latest:587a6b29:20250601:1f4c2a90';

describe('moderations', () => {
  it('flag each text for its words', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const input = ['I will kill you', 'A quiet day'];
    const { body } = await ask(simulator, 'POST', '/v1/moderations', { model: MODERATION, input });
    expect(body).toMatchObject({
      model: MODERATION,
      results: [
        { categories: { violence_and_threats: true, pii: false } },
        { categories: { violence_and_threats: false } },
      ],
    });
    const { body: one } = await ask(simulator, 'POST', '/v1/moderations', {
      model: MODERATION,
      input: input[0],
    });
    expect(one['results']).toEqual((body['results'] as readonly unknown[]).slice(0, 1));
  });

  it('judge the last message of one chat or of several', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const bad = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'I will kill you' },
    ];
    const good = [...bad, { role: 'user', content: 'A quiet day' }];
    const judge = async (input: unknown): Promise<unknown> => {
      const request = { model: MODERATION, input };
      return (await ask(simulator, 'POST', '/v1/chat/moderations', request)).body['results'];
    };
    const flagged = { categories: { violence_and_threats: true } };
    const harmless = { categories: { violence_and_threats: false } };
    expect(await judge(bad)).toMatchObject([flagged]);
    expect(await judge([bad, good])).toMatchObject([flagged, harmless]);
  });

  it('are refused to other models and without input', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const request = { model: 'mistral-small-latest', input: 'x' };
    const { status, body } = await ask(simulator, 'POST', '/v1/moderations', request);
    expect([status, body['type']]).toEqual([400, 'invalid_model']);
    const empty = await ask(simulator, 'POST', '/v1/chat/moderations', { model: MODERATION });
    expect(empty.status).toBe(422);
  });
});

describe('classifications', () => {
  it.each([
    ['What a wonderful day', 'positive'],
    ['What a terrible day', 'negative'],
    ['What day is it', 'neutral'],
  ])('say of %j that it is %s', async (input, label) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const request = { model: CLASSIFIER, input };
    const { body } = await ask(simulator, 'POST', '/v1/classifications', request);
    const [{ sentiment }] = body['results'] as [
      { readonly sentiment: { readonly scores: Readonly<Record<string, number>> } },
    ];
    const scores = Object.entries(sentiment.scores);
    expect(scores.toSorted(([, a], [, b]) => b - a)[0]?.[0]).toBe(label);
    expect(scores.reduce((sum, [, score]) => sum + score, 0)).toBeCloseTo(1);
    const messages = [{ role: 'user', content: input }];
    const chats = { model: CLASSIFIER, input: [{ messages }, { messages }] };
    const { body: ofChats } = await ask(simulator, 'POST', '/v1/chat/classifications', chats);
    expect(ofChats['results']).toEqual([{ sentiment }, { sentiment }]);
  });
});
