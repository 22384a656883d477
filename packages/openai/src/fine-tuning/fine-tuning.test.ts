import {
  BadRequestError,
  JobFailedError,
  NotFoundError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const REQUEST = { model: 'gpt-4o-mini', training_file: 'file-1' };

let simulator: Simulator;
let client: OpenAIClient;

beforeEach(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterEach(async () => {
  await client.close();
  await simulator.close();
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function failure(call: PromiseLike<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

describe('fineTuning.jobs', () => {
  it('go on until there is a model, which can be deleted', async () => {
    let job = await client.fineTuning.jobs.create({ ...REQUEST, suffix: 'ours' });
    expect(job).toMatchObject({ status: 'validating_files', fine_tuned_model: null });
    while (job.status !== 'succeeded') job = await client.fineTuning.jobs.retrieve(job.id);
    const model = job.fine_tuned_model ?? '';
    expect(model).toContain('ours');
    expect(await client.models.delete(model)).toMatchObject({ id: model, deleted: true });
    expect(await failure(client.models.retrieve(model))).toBeInstanceOf(NotFoundError);
    const checkpoints = await collect(client.fineTuning.jobs.checkpoints.list(job.id));
    expect(checkpoints.map(({ step_number: step }) => step)).toEqual([30, 20, 10]);
    const events = await collect(client.fineTuning.jobs.listEvents(job.id, { limit: 2 }));
    expect(events[0]?.message).toBe('The job has successfully completed');
  });

  it('are waited for until they end', async () => {
    const { id } = await client.fineTuning.jobs.create(REQUEST);
    const ended = await client.fineTuning.jobs.waitFor(id, { pollInterval: 1 });
    expect(ended).toMatchObject({ id, status: 'succeeded' });
    const failing = await client.fineTuning.jobs.create({
      ...REQUEST,
      training_file: 'file-invalid',
    });
    const error = await failure(client.fineTuning.jobs.waitFor(failing.id, { pollInterval: 1 }));
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({ outcome: 'failed', job: { id: failing.id } });
  });

  it('do not go on while they rest', async () => {
    const { id } = await client.fineTuning.jobs.create(REQUEST);
    await client.fineTuning.jobs.pause(id);
    const { status } = await client.fineTuning.jobs.retrieve(id);
    expect((await client.fineTuning.jobs.retrieve(id)).status).toBe(status);
    await client.fineTuning.jobs.resume(id);
    expect((await client.fineTuning.jobs.retrieve(id)).status).toBe('running');
  });

  it('cannot be cancelled twice', async () => {
    const { id } = await client.fineTuning.jobs.create(REQUEST);
    await client.fineTuning.jobs.cancel(id);
    expect(await failure(client.fineTuning.jobs.cancel(id))).toBeInstanceOf(BadRequestError);
  });

  it('are listed by their metadata, or the lack of it', async () => {
    const tagged = await client.fineTuning.jobs.create({ ...REQUEST, metadata: { team: 'a' } });
    const plain = await client.fineTuning.jobs.create(REQUEST);
    const idsOf = async (metadata: Record<string, string> | null): Promise<string[]> =>
      (await client.fineTuning.jobs.list({ metadata })).data.map(({ id }) => id);
    expect(await idsOf({ team: 'a' })).toEqual([tagged.id]);
    expect(await idsOf({ team: 'b' })).toEqual([]);
    expect(await idsOf(null)).toEqual([plain.id]);
  });

  it.each([
    [{ ...REQUEST, model: '' }, 'model'],
    [{ model: 'gpt-4o-mini' }, 'training_file'],
    [{ ...REQUEST, suffix: 'x'.repeat(65) }, 'suffix'],
    [{ ...REQUEST, method: { type: 'magic' } }, 'method.type'],
  ])('are not made with %#', async (request, path) => {
    const error = await failure(client.fineTuning.jobs.create(request as typeof REQUEST));
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe(path);
    expect(simulator.requests).toHaveLength(0);
  });

  it.each(['retrieve', 'cancel', 'pause', 'resume', 'listEvents'] as const)(
    '%s needs an id',
    async (method) => {
      expect(await failure(client.fineTuning.jobs[method](''))).toBeInstanceOf(ValidationError);
    },
  );
});

describe('fineTuning.checkpoints.permissions', () => {
  const CHECKPOINT = 'ft:gpt-4o-mini:simulator::abc';

  it('are given, listed and taken back', async () => {
    const { permissions } = client.fineTuning.checkpoints;
    const given = await permissions.create(CHECKPOINT, { project_ids: ['proj-1', 'proj-2'] });
    expect(given.data.map(({ project_id: project }) => project)).toEqual(['proj-2', 'proj-1']);
    const listed = await collect(permissions.list(CHECKPOINT, { limit: 1, order: 'ascending' }));
    expect(listed).toHaveLength(2);
    const params = { fine_tuned_model_checkpoint: CHECKPOINT };
    await permissions.delete(listed[0]?.id ?? '', params);
    expect((await permissions.retrieve(CHECKPOINT)).data).toEqual([listed[1]]);
    expect(await failure(permissions.delete('cp_none', params))).toBeInstanceOf(NotFoundError);
  });

  it('need a project', async () => {
    const { permissions } = client.fineTuning.checkpoints;
    const error = await failure(permissions.create(CHECKPOINT, { project_ids: [] }));
    expect(error).toBeInstanceOf(ValidationError);
  });
});
