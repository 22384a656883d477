import { inspect } from 'node:util';
import {
  BadRequestError,
  GoneError,
  NotFoundError,
  redactText,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport, TestLogger } from '@integrations/testing';
import { SecretString } from '@integrations/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { FineTuningJobRequest } from './fine-tuning-job-request.ts';

const REQUEST: FineTuningJobRequest = {
  model: 'open-mistral-nemo',
  hyperparameters: { training_steps: 10, learning_rate: 0.0001 },
  training_files: [{ file_id: 'file-1', weight: 1 }],
  suffix: 'ledger',
  auto_start: false,
};

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral', retired: true });
  client = createMistralClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

describe('fineTuning, of a server that has it', () => {
  it('creates, starts and shows a job until its model is there', async () => {
    const { id, status } = await client.fineTuning.create(REQUEST);
    expect(simulator.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/fine_tuning/jobs',
      body: REQUEST,
    });
    expect(status).toBe('QUEUED');
    await client.fineTuning.get(id);
    expect((await client.fineTuning.get(id)).status).toBe('VALIDATED');
    expect((await client.fineTuning.start(id)).status).toBe('RUNNING');
    const job = await client.fineTuning.get(id);
    expect(job).toMatchObject({ status: 'SUCCESS', suffix: 'ledger' });
    expect(job.events?.length).toBeGreaterThan(0);
    expect(job.checkpoints?.[0]?.metrics).toHaveProperty('train_loss');
    const model = await client.models.get(job.fine_tuned_model ?? '');
    expect(model.id).toBe(job.fine_tuned_model);
    await expect(client.fineTuning.cancel(id)).rejects.toBeInstanceOf(BadRequestError);
  });

  it('cancels a job', async () => {
    const { id } = await client.fineTuning.create(REQUEST);
    expect((await client.fineTuning.cancel(id)).status).toBe('CANCELLATION_REQUESTED');
    expect((await client.fineTuning.get(id)).status).toBe('CANCELLED');
  });

  it('lists jobs from page 0, newest first', async () => {
    const suffix = 'listed';
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1)
      ids.unshift((await client.fineTuning.create({ ...REQUEST, suffix })).id);
    const seen: string[] = [];
    for await (const { id } of client.fineTuning.list({ suffix, page_size: 2 })) seen.push(id);
    expect(seen).toEqual(ids);
    simulator.clearRequests();
    const query = {
      page: 0,
      page_size: 5,
      model: 'm',
      created_after: '2026-01-01T00:00:00Z',
      created_before: '2026-02-01T00:00:00Z',
      created_by_me: true,
      status: 'RUNNING',
      wandb_project: 'p',
      wandb_name: 'n',
      suffix: 's',
    } as const;
    expect((await client.fineTuning.list(query)).data).toEqual([]);
    const sent = Object.fromEntries(new URLSearchParams(simulator.requests[0]?.query));
    expect(sent).toEqual(
      Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
    );
  });

  it.each([
    [undefined, ''],
    [{ ...REQUEST, model: '' }, 'model'],
    [{ model: 'm' }, 'hyperparameters'],
    [{ ...REQUEST, training_files: [{}] }, 'training_files[0].file_id'],
    [{ ...REQUEST, integrations: [{ project: 'p' }] }, 'integrations[0].api_key'],
    [{ ...REQUEST, integrations: 'wandb' }, 'integrations'],
    [{ ...REQUEST, repositories: [{ name: 'n', owner: 'o' }] }, 'repositories[0].token'],
  ])('sends nothing that cannot be right: %#', async (request, path) => {
    const error: unknown = await client.fineTuning
      .create(request as never)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues[0]?.path).toBe(path);
    expect(simulator.requests).toHaveLength(0);
  });

  it.each(['get', 'cancel', 'start'] as const)('%s needs an id of a job', async (method) => {
    await expect(client.fineTuning[method]('')).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toHaveLength(0);
    await expect(client.fineTuning[method]('none')).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('secrets of a job', () => {
  const KEY = 'wandb-account-0123456789';
  const TOKEN = 'repository-0123456789';
  const secret = new SecretString(TOKEN);
  const request: FineTuningJobRequest = {
    ...REQUEST,
    integrations: [{ project: 'p', api_key: KEY }],
    repositories: [{ name: 'n', owner: 'o', token: secret }],
  };

  it('travel as they are, and leave the request as it was', async () => {
    await client.fineTuning.create(request);
    expect(simulator.requests[0]?.body).toMatchObject({
      integrations: [{ project: 'p', api_key: KEY }],
      repositories: [{ name: 'n', owner: 'o', token: TOKEN }],
    });
    expect(request.repositories?.[0]?.token).toBe(secret);
  });

  it('are in no error that a server echoes them in', async () => {
    const transport = new MockHttpTransport().respond({
      status: 400,
      json: { message: `no such account: ${KEY} ${TOKEN}` },
    });
    const other = createMistralClient({ apiKey: 'test-key', transport });
    const error: unknown = await other.fineTuning.create(request).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(BadRequestError);
    for (const text of [inspect(error, { depth: 9 }), JSON.stringify(error)]) {
      expect(text).not.toContain(KEY);
      expect(text).not.toContain(TOKEN);
    }
    expect(redactText(`${KEY} ${TOKEN}`)).toBe('[REDACTED] [REDACTED]');
  });

  it('are in no log line, not even of a request that was not sent', async () => {
    const fresh = { integrations: [{ project: '', api_key: 'never-sent-0123456789' }] };
    const logger = new TestLogger();
    const config = { apiKey: 'test-key', baseURL: simulator.baseURL, logger };
    await using other = createMistralClient({ ...config, logRequests: true, logResponses: true });
    await other.fineTuning.create(request);
    await other.fineTuning.create({ ...request, ...fresh }).catch(() => undefined);
    const written = JSON.stringify(logger.lines);
    expect(written).toMatch(/repositories.*token[^a-z]*\[REDACTED\]/);
    for (const text of [KEY, TOKEN, 'never-sent-0123456789']) expect(written).not.toContain(text);
  });
});

describe('fineTuning, of Mistral itself', () => {
  it('is gone, and says what is left', async () => {
    await using gone = await createSimulator({ provider: 'mistral' });
    await using other = createMistralClient({ apiKey: 'test-key', baseURL: gone.baseURL });
    const calls = [
      other.fineTuning.create(REQUEST),
      other.fineTuning.list(),
      other.fineTuning.get('job-1'),
      other.fineTuning.cancel('job-1'),
      other.fineTuning.start('job-1'),
    ];
    for (const call of calls) {
      const error: unknown = await call.then(undefined, (reason: unknown) => reason);
      expect(error).toBeInstanceOf(GoneError);
      expect(error).toMatchObject({ status: 410, retryable: false });
      expect((error as Error).message).toContain('client.models');
    }
    expect(gone.requests).toHaveLength(calls.length);
  });
});
