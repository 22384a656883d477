import { describe, expect, it } from 'vitest';
import { CHAT } from '../../post.test.support.ts';
import { createSimulator } from '../../simulator.ts';
import { ask } from '../ask.test.support.ts';

const TUNED = 'ft:open-mistral-7b:587a6b29:20240514:7e773925';
const CLASSIFIER = 'ft:classifier:ministral-3b-latest:587a6b29:20250601:1f4c2a90';

describe('/v1/models', () => {
  it('lists the models, and gives each alone', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { body: list } = await ask(simulator, 'GET', '/v1/models');
    const { body: one } = await ask(simulator, 'GET', '/v1/models/codestral-latest');
    expect(one).toMatchObject({
      id: 'codestral-latest',
      object: 'model',
      owned_by: 'mistralai',
      type: 'base',
      capabilities: { completion_chat: true, completion_fim: true, moderation: false },
    });
    expect(list['object']).toBe('list');
    expect(list['data']).toContainEqual(one);
    const { body: narrowed } = await ask(simulator, 'GET', '/v1/models?model=codestral-latest');
    expect(narrowed['data']).toEqual([one]);
    const { body: tuned } = await ask(simulator, 'GET', `/v1/models/${TUNED}`);
    expect(tuned).toMatchObject({ type: 'fine-tuned', root: 'open-mistral-7b', archived: false });
  });

  it('offers the models it is given, and no others', async () => {
    const models = [
      'own-model',
      { id: 'vectors', kind: 'embedding' as const, shutdownDate: '2027-01-01' },
    ];
    await using simulator = await createSimulator({ provider: 'mistral', models });
    const { body } = await ask(simulator, 'GET', '/v1/models');
    expect(body['data']).toMatchObject([
      { id: 'own-model', deprecation: null },
      { id: 'vectors', deprecation: '2027-01-01T00:00:00Z' },
    ]);
  });

  it('changes, archives and deletes a fine-tuned model', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const path = `/v1/fine_tuning/models/${TUNED}`;
    const changed = await ask(simulator, 'PATCH', path, { name: 'ours', description: 'for tests' });
    expect(changed.body).toMatchObject({ id: TUNED, name: 'ours', model_type: 'completion' });
    expect((await ask(simulator, 'PATCH', path, {})).body).toMatchObject({ name: 'ours' });
    const question = { model: TUNED, messages: [{ role: 'user', content: 'Hello?' }] };
    expect((await ask(simulator, 'POST', CHAT, question)).status).toBe(200);
    const archived = { id: TUNED, object: 'model', archived: true };
    expect((await ask(simulator, 'POST', `${path}/archive`)).body).toEqual(archived);
    expect((await ask(simulator, 'POST', CHAT, question)).status).toBe(400);
    expect((await ask(simulator, 'DELETE', `${path}/archive`)).body).toEqual({
      ...archived,
      archived: false,
    });
    expect((await ask(simulator, 'GET', `/v1/models/${TUNED}`)).body).toMatchObject({
      description: 'for tests',
      archived: false,
    });
    expect((await ask(simulator, 'DELETE', `/v1/models/${TUNED}`)).body).toEqual({
      id: TUNED,
      object: 'model',
      deleted: true,
    });
    expect((await ask(simulator, 'GET', `/v1/models/${TUNED}`)).status).toBe(404);
  });

  it('tells what a classifier decides on', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const { body } = await ask(simulator, 'PATCH', `/v1/fine_tuning/models/${CLASSIFIER}`, {});
    expect(body).toMatchObject({
      model_type: 'classifier',
      root: 'ministral-3b-latest',
      classifier_targets: [{ name: 'sentiment', labels: ['negative', 'neutral', 'positive'] }],
    });
  });

  it('leaves the models of the provider and unknown ones as they are', async () => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const remove = (id: string): Promise<{ readonly status: number; readonly body: object }> =>
      ask(simulator, 'DELETE', `/v1/models/${id}`);
    expect(await remove('mistral-small-latest')).toMatchObject({
      status: 400,
      body: { type: 'invalid_model' },
    });
    expect(await remove('none')).toMatchObject({
      status: 404,
      body: { detail: 'Model none not found.' },
    });
  });
});
