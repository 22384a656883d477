import { describe, expect, it } from 'vitest';
import { CHAT } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';
import { ask, type Answered } from '../ask.test.support.ts';

const JOBS = '/v1/fine_tuning/jobs';
const REQUEST = {
  model: 'open-mistral-nemo',
  training_files: [{ file_id: 'file-1' }],
  hyperparameters: { training_steps: 10 },
  suffix: 'ours',
  integrations: [{ project: 'p', api_key: 'wandb-key' }],
  repositories: [{ name: 'n', owner: 'o', token: 'github-token' }],
};

async function start(simulator: Simulator, change: object = {}): Promise<string> {
  const { body } = await ask(simulator, 'POST', JOBS, { ...REQUEST, ...change });
  return `${JOBS}/${String(body['id'])}`;
}

/** Looks at a job until it stands still. */
async function watch(simulator: Simulator, job: string): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for (;;) {
    const { body } = await ask(simulator, 'GET', job);
    if (body['status'] === seen.at(-1)) return seen;
    seen.push(body['status']);
  }
}

describe('/v1/fine_tuning/jobs', () => {
  it.each([
    ['POST', JOBS],
    ['GET', JOBS],
    ['GET', `${JOBS}/some-job`],
    ['POST', `${JOBS}/some-job/cancel`],
    ['POST', `${JOBS}/some-job/start`],
  ])('is gone: %s %s', async (method, path) => {
    await using simulator = await createSimulator({ provider: 'mistral' });
    const body = method === 'POST' ? {} : undefined;
    const answered: Answered = await ask(simulator, method, path, body);
    expect(answered.status).toBe(410);
    expect(answered.body).toEqual({ detail: 'Fine-tuning jobs are no longer available.' });
  });

  it('makes a model that answers chats, where it is still there', async () => {
    await using simulator = await createSimulator({ provider: 'mistral', retired: true });
    const created = await ask(simulator, 'POST', JOBS, REQUEST);
    expect(created.body).toMatchObject({ object: 'job', status: 'QUEUED', suffix: 'ours' });
    expect(JSON.stringify(created.body)).not.toMatch(/wandb-key|github-token/);
    const job = `${JOBS}/${String(created.body['id'])}`;
    expect(await watch(simulator, job)).toEqual(['VALIDATING', 'VALIDATED', 'RUNNING', 'SUCCESS']);
    const { body } = await ask(simulator, 'GET', job);
    expect(body).toMatchObject({ checkpoints: [{ step_number: 10 }] });
    const model = String(body['fine_tuned_model']);
    const question = { model, messages: [{ role: 'user', content: 'Hello?' }] };
    expect((await ask(simulator, 'POST', CHAT, question)).status).toBe(200);
    expect((await ask(simulator, 'GET', `/v1/models/${model}`)).body).toMatchObject({
      type: 'fine-tuned',
      root: 'open-mistral-nemo',
      job: created.body['id'],
    });
  });

  it('waits to be started, and can be cancelled', async () => {
    await using simulator = await createSimulator({ provider: 'mistral', retired: true });
    const job = await start(simulator, { auto_start: false });
    expect((await ask(simulator, 'POST', `${job}/start`)).status).toBe(400);
    expect(await watch(simulator, job)).toEqual(['VALIDATING', 'VALIDATED']);
    expect((await ask(simulator, 'POST', `${job}/start`)).body['status']).toBe('RUNNING');
    expect((await ask(simulator, 'POST', `${job}/cancel`)).body['status']).toBe(
      'CANCELLATION_REQUESTED',
    );
    expect(await watch(simulator, job)).toEqual(['CANCELLED']);
    expect((await ask(simulator, 'POST', `${job}/cancel`)).status).toBe(400);
  });

  it('finds training files invalid', async () => {
    await using simulator = await createSimulator({ provider: 'mistral', retired: true });
    const job = await start(simulator, { training_files: [{ file_id: 'invalid-1' }] });
    expect(await watch(simulator, job)).toEqual(['VALIDATING', 'FAILED_VALIDATION']);
  });

  it('lists the jobs by pages, the latest first', async () => {
    await using simulator = await createSimulator({ provider: 'mistral', retired: true });
    for (const suffix of ['a', 'b', 'c']) await start(simulator, { suffix });
    const { body } = await ask(simulator, 'GET', `${JOBS}?page=1&page_size=2`);
    expect(body).toMatchObject({ object: 'list', total: 3, data: [{ suffix: 'a' }] });
    const narrowed = await ask(simulator, 'GET', `${JOBS}?suffix=b&status=QUEUED`);
    expect(narrowed.body).toMatchObject({ total: 1, data: [{ suffix: 'b' }] });
  });

  it('refuses what cannot be trained, and knows no other jobs', async () => {
    await using simulator = await createSimulator({ provider: 'mistral', retired: true });
    const { status } = await ask(simulator, 'POST', JOBS, { ...REQUEST, model: 'mistral-embed' });
    expect(status).toBe(400);
    expect((await ask(simulator, 'POST', JOBS, { model: 'open-mistral-nemo' })).status).toBe(422);
    expect((await ask(simulator, 'GET', `${JOBS}/none`)).status).toBe(404);
  });
});
