import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../simulator.ts';

function connect(baseURL: string): OpenAI {
  return new OpenAI({ apiKey: 'test-key', baseURL, maxRetries: 0 });
}

const REQUEST = { model: 'gpt-4o-mini', training_file: 'file-1' };

describe('fine-tuning', () => {
  it('leaves a model that answers, until it is deleted', async () => {
    await using simulator = await createSimulator();
    const client = connect(simulator.baseURL);
    let job = await client.fineTuning.jobs.create(REQUEST);
    while (job.status !== 'succeeded') job = await client.fineTuning.jobs.retrieve(job.id);
    const model = job.fine_tuned_model ?? '';
    const messages = [{ role: 'user' as const, content: 'What is a breaker?' }];
    expect((await client.chat.completions.create({ model, messages })).model).toBe(model);
    await client.models.delete(model);
    await expect(client.chat.completions.create({ model, messages })).rejects.toMatchObject({
      code: 'model_not_found',
    });
  });

  it('keeps the models of each simulator to itself', async () => {
    await using one = await createSimulator();
    await using other = await createSimulator();
    let job = await connect(one.baseURL).fineTuning.jobs.create(REQUEST);
    while (job.status !== 'succeeded') {
      job = await connect(one.baseURL).fineTuning.jobs.retrieve(job.id);
    }
    const model = job.fine_tuned_model ?? '';
    await expect(connect(other.baseURL).models.retrieve(model)).rejects.toMatchObject({
      status: 404,
    });
  });

  it.each([
    [{ ...REQUEST, model: 'none' }, 404, null],
    [{ model: 'gpt-4o' }, 400, 'training_file'],
    [{ ...REQUEST, metadata: { a: 1 } }, 400, 'metadata.a'],
    [{ ...REQUEST, method: { type: 'magic' } }, 400, 'method.type'],
    [{ ...REQUEST, seed: -1 }, 400, 'seed'],
  ])('refuses %j', async (request, status, param) => {
    await using simulator = await createSimulator();
    await expect(
      connect(simulator.baseURL).fineTuning.jobs.create(request as never),
    ).rejects.toMatchObject({ status, param });
  });
});
