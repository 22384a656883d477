import { NotFoundError } from '@integrations/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareMistralCalls,
  compareMistralFailures,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

const ENDPOINT = '/v1/embeddings';
const MODEL = 'mistral-embed';
const BODY = { input: 'a' };

let both: BothMistralClients;

beforeEach(async () => {
  both = await connectBothMistral();
});

afterEach(() => both[Symbol.asyncDispose]());

interface Job {
  readonly id: string;
  readonly status: string;
}

/** Makes the same call with each client, whose requests and results must be equal. */
async function compare(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<Job> {
  return (await compareMistralCalls(both, { ours, theirs })) as Job;
}

function get(id: string): Promise<Job> {
  return compare(
    (client) => client.batch.get(id),
    (client) => client.batch.jobs.get({ jobId: id }),
  );
}

async function submitFile(): Promise<Job> {
  const file = new File([JSON.stringify({ custom_id: 'a', body: BODY })], 'a.jsonl');
  const { id } = await compare(
    (client) => client.files.upload({ file, purpose: 'batch' }),
    (client) => client.files.upload({ file, purpose: 'batch' }),
  );
  const shared = { endpoint: ENDPOINT, model: MODEL, metadata: { team: 'a' } } as const;
  return compare(
    (client) => client.batch.create({ ...shared, input_files: [id], timeout_hours: 2 }),
    (client) => client.batch.jobs.create({ ...shared, inputFiles: [id], timeoutHours: 2 }),
  );
}

describe('batch', () => {
  it('runs a file, and is deleted', async () => {
    const { id, status } = await submitFile();
    expect(status).toBe('QUEUED');
    expect((await get(id)).status).toBe('RUNNING');
    expect((await get(id)).status).toBe('SUCCESS');
    await compare(
      (client) => client.batch.get(id, { inline: true }),
      (client) => client.batch.jobs.get({ jobId: id, inline: true }),
    );
    await compare(
      (client) => client.batch.delete(id),
      (client) => client.batch.jobs.delete({ jobId: id }),
    );
    const gone: SameMistralCall[] = [
      {
        ours: (client) => client.batch.get(id),
        theirs: (client) => client.batch.jobs.get({ jobId: id }),
      },
      {
        ours: (client) => client.batch.cancel(id),
        theirs: (client) => client.batch.jobs.cancel({ jobId: id }),
      },
      {
        ours: (client) => client.batch.delete(id),
        theirs: (client) => client.batch.jobs.delete({ jobId: id }),
      },
    ];
    for (const call of gone) {
      expect(await compareMistralFailures(both, call)).toBeInstanceOf(NotFoundError);
    }
  });

  it('runs requests that come with it', async () => {
    const { id } = await compare(
      (client) =>
        client.batch.create({
          endpoint: ENDPOINT,
          model: MODEL,
          requests: [{ custom_id: 'a', body: BODY }, { body: BODY }],
          timeout_hours: 24,
        }),
      (client) =>
        client.batch.jobs.create({
          endpoint: ENDPOINT,
          model: MODEL,
          requests: [{ customId: 'a', body: BODY }, { body: BODY }],
        }),
    );
    await get(id);
    await get(id);
    await compare(
      (client) => client.batch.get(id, { inline: true }),
      (client) => client.batch.jobs.get({ jobId: id, inline: true }),
    );
  });

  it('is cancelled', async () => {
    const { id } = await submitFile();
    await compare(
      (client) => client.batch.cancel(id),
      (client) => client.batch.jobs.cancel({ jobId: id }),
    );
    expect((await get(id)).status).toBe('CANCELLED');
  });

  it('is listed, a page at a time', async () => {
    for (let n = 0; n < 3; n += 1) await submitFile();
    const after = new Date('2026-01-01T00:00:00.000Z');
    for (const page of [0, 1]) {
      await compare(
        (client) =>
          client.batch.list({
            page,
            page_size: 2,
            model: MODEL,
            metadata: { team: 'a' },
            created_after: after.toISOString(),
            created_by_me: true,
            status: ['QUEUED', 'RUNNING'],
            order_by: 'created',
          }),
        (client) =>
          client.batch.jobs.list({
            page,
            pageSize: 2,
            model: MODEL,
            metadata: { team: 'a' },
            createdAfter: after,
            createdByMe: true,
            status: ['QUEUED', 'RUNNING'],
            orderBy: 'created',
          }),
      );
    }
  });
});
