import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

const REQUEST = { model: 'gpt-4o-mini', training_file: 'file-training' };
const CHECKPOINT = 'ft:gpt-4o-mini:simulator::abc:ckpt-step-10';

let both: BothClients;

beforeEach(async () => {
  both = await connectBoth();
});

afterEach(() => both[Symbol.asyncDispose]());

function compare(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<unknown> {
  return compareCalls(both, { ours, theirs });
}

async function makeJob(parameters: object = {}): Promise<string> {
  const request = { ...REQUEST, ...parameters };
  const job = await compare(
    (client) => client.fineTuning.jobs.create(request),
    (client) => client.fineTuning.jobs.create(request),
  );
  return (job as { readonly id: string }).id;
}

async function poll(id: string): Promise<{ status: string; fine_tuned_model: string | null }> {
  return (await compare(
    (client) => client.fineTuning.jobs.retrieve(id),
    (client) => client.fineTuning.jobs.retrieve(id),
  )) as { status: string; fine_tuned_model: string | null };
}

/** Polls a job until it has ended; gives where it stood each time. */
async function run(id: string): Promise<string[]> {
  const statuses: string[] = [];
  while (!['succeeded', 'failed'].includes(statuses.at(-1) ?? '')) {
    statuses.push((await poll(id)).status);
  }
  return statuses;
}

describe('fineTuning.jobs', () => {
  it('are made with every parameter', async () => {
    await makeJob({
      validation_file: 'file-validation',
      suffix: 'custom',
      seed: 7,
      metadata: { team: 'a' },
      method: { type: 'dpo', dpo: { hyperparameters: { beta: 'auto' } } },
      integrations: [{ type: 'wandb', wandb: { project: 'p' } }],
    });
  });

  it('run until they succeed, and leave a model that can be deleted', async () => {
    const id = await makeJob();
    expect(await run(id)).toEqual([
      'queued',
      'running',
      'running',
      'running',
      'running',
      'succeeded',
    ]);
    const model = (await poll(id)).fine_tuned_model ?? '';
    await compare(
      (client) => client.models.delete(model),
      (client) => client.models.delete(model),
    );
    await compareFailures(both, {
      ours: (client) => client.models.retrieve(model),
      theirs: (client) => client.models.retrieve(model),
    });
  });

  it('fail for a file that is not valid', async () => {
    const id = await makeJob({ training_file: 'file-invalid-1' });
    expect(await run(id)).toEqual(['failed']);
  });

  it('pause, resume and are cancelled', async () => {
    const id = await makeJob();
    await compare(
      (client) => client.fineTuning.jobs.pause(id),
      (client) => client.fineTuning.jobs.pause(id),
    );
    await compare(
      (client) => client.fineTuning.jobs.resume(id),
      (client) => client.fineTuning.jobs.resume(id),
    );
    await compare(
      (client) => client.fineTuning.jobs.cancel(id),
      (client) => client.fineTuning.jobs.cancel(id),
    );
    await compareFailures(both, {
      ours: (client) => client.fineTuning.jobs.cancel(id),
      theirs: (client) => client.fineTuning.jobs.cancel(id),
    });
  });

  it('are listed over several pages', async () => {
    for (const team of ['a', 'b', 'a']) await makeJob({ metadata: { team } });
    const all = await compare(
      (client) => collectItems(client.fineTuning.jobs.list({ limit: 2 })),
      (client) => collectItems(client.fineTuning.jobs.list({ limit: 2 })),
    );
    expect(all).toHaveLength(3);
    const some = await compare(
      (client) => collectItems(client.fineTuning.jobs.list({ metadata: { team: 'a' } })),
      (client) => collectItems(client.fineTuning.jobs.list({ metadata: { team: 'a' } })),
    );
    expect(some).toHaveLength(2);
  });

  it('tell their events and checkpoints', async () => {
    const id = await makeJob();
    await run(id);
    const events = await compare(
      (client) => collectItems(client.fineTuning.jobs.listEvents(id, { limit: 3 })),
      (client) => collectItems(client.fineTuning.jobs.listEvents(id, { limit: 3 })),
    );
    expect((events as unknown[]).length).toBeGreaterThan(6);
    const checkpoints = await compare(
      (client) => collectItems(client.fineTuning.jobs.checkpoints.list(id, { limit: 1 })),
      (client) => collectItems(client.fineTuning.jobs.checkpoints.list(id, { limit: 1 })),
    );
    expect(checkpoints).toHaveLength(3);
  });

  it('are not found', async () => {
    await compareFailures(both, {
      ours: (client) => client.fineTuning.jobs.retrieve('ftjob-none'),
      theirs: (client) => client.fineTuning.jobs.retrieve('ftjob-none'),
    });
  });
});

describe('fineTuning.checkpoints.permissions', () => {
  it('are given, listed and taken back', async () => {
    const request = { project_ids: ['proj-1', 'proj-2', 'proj-3'] };
    const given = (await compare(
      (client) =>
        collectItems(client.fineTuning.checkpoints.permissions.create(CHECKPOINT, request)),
      (client) =>
        withAdminKey(client, (admin) =>
          collectItems(admin.fineTuning.checkpoints.permissions.create(CHECKPOINT, request)),
        ),
    )) as { readonly id: string }[];
    expect(given).toHaveLength(3);
    const query = { limit: 2, order: 'ascending' as const };
    await compare(
      (client) => collectItems(client.fineTuning.checkpoints.permissions.list(CHECKPOINT, query)),
      (client) =>
        withAdminKey(client, (admin) =>
          collectItems(admin.fineTuning.checkpoints.permissions.list(CHECKPOINT, query)),
        ),
    );
    await compare(
      (client) =>
        client.fineTuning.checkpoints.permissions.retrieve(CHECKPOINT, { project_id: 'proj-2' }),
      (client) =>
        withAdminKey(client, (admin) =>
          admin.fineTuning.checkpoints.permissions.retrieve(CHECKPOINT, { project_id: 'proj-2' }),
        ),
    );
    const id = given[0]?.id ?? '';
    const params = { fine_tuned_model_checkpoint: CHECKPOINT };
    await compare(
      (client) => client.fineTuning.checkpoints.permissions.delete(id, params),
      (client) =>
        withAdminKey(client, (admin) =>
          admin.fineTuning.checkpoints.permissions.delete(id, params),
        ),
    );
  });
});

/** Theirs sends its admin key to these; ours sends the one that it has. */
function withAdminKey<T>(
  client: BothClients['theirs'],
  call: (client: BothClients['theirs']) => T,
): T {
  return call(client.withOptions({ adminAPIKey: 'test-key' }));
}
