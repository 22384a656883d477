import {
  AbortedError,
  BadRequestError,
  ConfigurationError,
  ConflictError,
  InvalidJsonError,
  JobFailedError,
  NotFoundError,
  ValidationError,
} from '@integrations/errors';
import type { BatchItem } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';
import type { Batch } from './batch.ts';

const MODEL = 'gpt-4o-mini';
const ENDPOINT = '/v1/chat/completions';
const FAST = { pollInterval: 1 } as const;

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    circuitBreaker: false,
  });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearRequests());

function question(content: string, more: object = {}): { body: never } {
  return { body: { model: MODEL, messages: [{ role: 'user', content }], ...more } as never };
}

async function submit(lines: string, metadata?: Record<string, string>): Promise<Batch> {
  const { id } = await client.files.create({ file: new File([lines], 'a'), purpose: 'batch' });
  return client.batches.create({
    completion_window: '24h',
    endpoint: ENDPOINT,
    input_file_id: id,
    metadata,
  });
}

function lineOf(custom_id: string, content: string): string {
  const body = { model: MODEL, messages: [{ role: 'user', content }] };
  return `${JSON.stringify({ custom_id, method: 'POST', url: ENDPOINT, body })}\n`;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe('batches', () => {
  it('run the requests of a file', async () => {
    const created = await submit(lineOf('a', 'One?') + lineOf('b', 'Two?'));
    expect(created).toMatchObject({ object: 'batch', status: 'validating', endpoint: ENDPOINT });
    const statuses: string[] = [];
    const batch = await client.batches.waitFor(created.id, {
      ...FAST,
      onProgress: ({ status }) => statuses.push(status),
    });
    expect(statuses).toEqual(['in_progress', 'finalizing', 'completed']);
    expect(batch.request_counts).toEqual({ total: 2, completed: 2, failed: 0 });
    const results = await collect(client.batches.results(batch));
    expect(results.map(({ custom_id: id }) => id).toSorted()).toEqual(['a', 'b']);
    expect(results[0]).toMatchObject({ answer: { object: 'chat.completion' }, error: undefined });
  });

  it('are listed, newest first', async () => {
    const { id: older } = await submit(lineOf('a', 'One?'));
    const { id: newer } = await submit(lineOf('a', 'One?'));
    const page = await client.batches.list({ limit: 2 });
    expect(page.data.map(({ id }) => id)).toEqual([newer, older]);
    expect(page.hasNextPage()).toBe(true);
  });

  it('can be cancelled, once', async () => {
    const { id } = await submit(lineOf('a', 'One?') + lineOf('b', 'Two?'));
    await client.batches.retrieve(id);
    expect(await client.batches.cancel(id)).toMatchObject({ id, status: 'cancelling' });
    const error: unknown = await client.batches
      .waitFor(id, FAST)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    const { job, outcome } = error as JobFailedError<Batch>;
    expect(outcome).toBe('cancelled');
    expect(await collect(client.batches.results(job as Batch))).toHaveLength(1);
    await expect(client.batches.cancel(id, { maxRetries: 0 })).rejects.toBeInstanceOf(
      ConflictError,
    );
  });

  it('tell what is wrong with their input', async () => {
    const { id } = await submit(`${lineOf('a', 'One?')}no json\n${lineOf('a', 'Two?')}`);
    const error: unknown = await client.batches
      .waitFor(id, FAST)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ outcome: 'failed', job: { id } });
    expect((error as Error).message).toMatch(/line 2: .*line 3: .*'a'/);
  });

  it('tell what is wrong with them', async () => {
    await expect(client.batches.retrieve('batch_none')).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.batches.cancel('')).rejects.toBeInstanceOf(ValidationError);
    await expect(client.batches.waitFor('')).rejects.toBeInstanceOf(ValidationError);
    const request = { completion_window: '1h', endpoint: ENDPOINT, input_file_id: 'a' };
    await expect(client.batches.create(request as never)).rejects.toBeInstanceOf(ValidationError);
  });

  it('refuse a file for something else', async () => {
    const { id } = await client.files.create({ file: new File(['{}'], 'a'), purpose: 'user_data' });
    await expect(
      client.batches.create({ completion_window: '24h', endpoint: ENDPOINT, input_file_id: id }),
    ).rejects.toBeInstanceOf(BadRequestError);
  });
});

describe('batches.process', () => {
  it('gives the answers in the order of the requests', async () => {
    const requests = ['One?', 'Two?', 'Three?'].map((text) => question(text));
    const items = await client.batches.process({ endpoint: ENDPOINT, requests }, FAST);
    expect(items.map(({ custom_id: id }) => id)).toEqual(['request-0', 'request-1', 'request-2']);
    const answers = items.map(({ answer }) => answer?.choices[0]?.message.content?.toLowerCase());
    expect(answers[0]).toContain('one');
    expect(answers[2]).toContain('three');
  });

  it('runs embeddings, and whatever else the API has', async () => {
    const items = await client.batches.process(
      {
        endpoint: '/v1/embeddings',
        requests: [{ body: { model: 'text-embedding-3-small', input: 'one', dimensions: 8 } }],
      },
      FAST,
    );
    expect(items[0]?.answer?.data[0]?.embedding).toHaveLength(8);
  });

  it('lets a request fail alone, with the error that it would have thrown', async () => {
    const items = await client.batches.process(
      { endpoint: ENDPOINT, requests: [question('One?'), question('Two?', { temperature: 9 })] },
      FAST,
    );
    expect(items[0]?.error).toBeUndefined();
    expect(items[1]?.error).toBeInstanceOf(BadRequestError);
    expect(items[1]?.error).toMatchObject({ status: 400, param: 'temperature' });
    expect(items[1]?.requestId).toBeTypeOf('string');
    expect(items[1]?.error?.requestId).toBe(items[1]?.requestId);
  });

  it('gives what was answered in time, and an error for the rest', async () => {
    const items = await client.batches.process(
      {
        endpoint: ENDPOINT,
        requests: ['One?', 'Two?', 'Three?'].map((text) => question(text)),
        metadata: { simulator_outcome: 'expired' },
      },
      FAST,
    );
    expect(items.map(({ error }) => error?.code)).toEqual([undefined, undefined, 'job_failed']);
    expect(items[2]?.error).toMatchObject({ outcome: 'batch_expired', job: { status: 'expired' } });
  });

  it('gives an error for what a cancelled batch says nothing of', async () => {
    let asked = 0;
    const items = await client.batches.process(
      { endpoint: ENDPOINT, requests: [question('One?'), question('Two?')] },
      {
        ...FAST,
        onProgress: ({ id, status }) => {
          asked += 1;
          if (status === 'in_progress') void client.batches.cancel(id);
        },
        pollInterval: 50,
      },
    );
    expect(asked).toBeGreaterThan(1);
    expect(items.map(({ error }) => error === undefined)).toEqual([true, false]);
    expect(items[1]?.error).toMatchObject({ outcome: 'cancelled' });
  });

  it('throws for a batch that cannot be run', async () => {
    const requests = [{ custom_id: 'a', body: null as never }];
    const failing = client.batches.process({ endpoint: ENDPOINT, requests }, FAST);
    await expect(failing).rejects.toMatchObject({ code: 'job_failed', outcome: 'failed' });
  });

  it('stops waiting when the caller aborts, and leaves the batch alone', async () => {
    const controller = new AbortController();
    let id = '';
    const processing = client.batches.process(
      { endpoint: ENDPOINT, requests: [question('One?')] },
      {
        pollInterval: '1h',
        signal: controller.signal,
        onProgress: (batch) => {
          ({ id } = batch);
          controller.abort();
        },
      },
    );
    await expect(processing).rejects.toBeInstanceOf(AbortedError);
    expect(simulator.requests.some(({ path }) => path.endsWith('/cancel'))).toBe(false);
    await expect(client.batches.waitFor(id, FAST)).resolves.toMatchObject({ status: 'completed' });
  });

  it.each([
    [{ requests: [] }, {}, ValidationError],
    [
      {
        requests: [
          { custom_id: 'a', ...question('') },
          { custom_id: 'a', ...question('') },
        ],
      },
      {},
      ValidationError,
    ],
    [{ requests: [question('')] }, { concurrency: 0 }, ConfigurationError],
  ])('sends nothing that cannot be right: %#', async (request, options, type) => {
    const processing = client.batches.process({ endpoint: ENDPOINT, ...request }, options);
    await expect(processing).rejects.toBeInstanceOf(type);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('batches.results', () => {
  const BATCH = { id: 'batch_1', status: 'completed', output_file_id: 'file-1' } as Batch;

  async function read(text: string): Promise<BatchItem[]> {
    const transport = new MockHttpTransport().respond({ body: new TextEncoder().encode(text) });
    const other = createOpenAIClient({ apiKey: 'test-key', transport });
    return collect(other.batches.results(BATCH));
  }

  it('reads lines that end in any way', async () => {
    const line = (id: string): string =>
      JSON.stringify({ custom_id: id, response: { status_code: 200, body: { id } }, error: null });
    const items = await read(`${line('a')}\r\n\n${line('ä😀')}`);
    expect(items.map(({ custom_id: id }) => id)).toEqual(['a', 'ä😀']);
  });

  it('refuses a line that is no JSON', async () => {
    await expect(read('<html>')).rejects.toBeInstanceOf(InvalidJsonError);
  });

  it('gives nothing where there are no files', async () => {
    const batch = { id: 'batch_1', status: 'cancelled' } as Batch;
    expect(await collect(client.batches.results(batch))).toEqual([]);
  });
});
