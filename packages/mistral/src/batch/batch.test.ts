import {
  AbortedError,
  ConfigurationError,
  InvalidJsonError,
  JobFailedError,
  NotFoundError,
  ProtocolError,
  TotalTimeoutError,
  UnprocessableError,
  ValidationError,
} from '@integrations/errors';
import type { BatchItem } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { ManualClock, MockHttpTransport } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { BatchJob } from './batch-job.ts';

const MODEL = 'mistral-small-latest';
const ENDPOINT = '/v1/chat/completions';
const FAST = { pollInterval: 1 } as const;

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({
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

function question(content: string, more: object = {}): { readonly body: never } {
  return { body: { messages: [{ role: 'user', content }], ...more } as never };
}

function lineOf(custom_id: string, content: string): string {
  return `${JSON.stringify({ custom_id, ...question(content) })}\n`;
}

async function submit(lines: string, metadata?: Record<string, string>): Promise<BatchJob> {
  const file = new File([lines], 'a.jsonl', { type: 'application/jsonl' });
  const { id } = await client.files.upload({ file, purpose: 'batch' });
  return client.batch.create({ endpoint: ENDPOINT, model: MODEL, input_files: [id], metadata });
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function waitForFailure(id: string): Promise<unknown> {
  return client.batch.waitFor(id, FAST).catch((reason: unknown) => reason);
}

describe('batch', () => {
  it('runs the requests of a file', async () => {
    const created = await submit(lineOf('a', 'One?') + lineOf('b', 'Two?'), { team: 'x' });
    expect(created).toMatchObject({
      object: 'batch',
      status: 'QUEUED',
      endpoint: ENDPOINT,
      model: MODEL,
      metadata: { team: 'x' },
    });
    const statuses: string[] = [];
    const job = await client.batch.waitFor(created.id, {
      ...FAST,
      onProgress: ({ status }) => statuses.push(status),
    });
    expect(statuses).toEqual(['RUNNING', 'SUCCESS']);
    expect(job).toMatchObject({ total_requests: 2, succeeded_requests: 2, failed_requests: 0 });
    expect(job.outputs).toBeUndefined();
    const results = await collect(client.batch.results(job));
    expect(results.map(({ custom_id: id }) => id).toSorted()).toEqual(['a', 'b']);
    expect(results[0]).toMatchObject({ answer: { object: 'chat.completion' }, error: undefined });
    const inline = await client.batch.get(job.id, { inline: true });
    expect(simulator.requests.at(-1)?.query).toBe('?inline=true');
    expect(inline.outputs).toHaveLength(2);
    simulator.clearRequests();
    expect(await collect(client.batch.results(inline))).toEqual(results);
    expect(simulator.requests).toHaveLength(0);
  });

  it('runs requests that come with it', async () => {
    const requests = [
      { custom_id: 'a', body: { messages: [{ role: 'user', content: 'One?' }] } },
      { custom_id: 'b', body: { messages: [{ role: 'user', content: 'Two?' }], temperature: 9 } },
    ];
    const { id } = await client.batch.create({
      endpoint: ENDPOINT,
      model: MODEL,
      requests,
      timeout_hours: 1,
    });
    expect(simulator.requests[0]?.body).toEqual({
      endpoint: ENDPOINT,
      model: MODEL,
      requests,
      timeout_hours: 1,
    });
    const job = await client.batch.waitFor(id, FAST);
    expect(job).toMatchObject({ input_files: [], succeeded_requests: 1, failed_requests: 1 });
    const items = new Map(
      (await collect(client.batch.results(job))).map((item) => [item.custom_id, item]),
    );
    expect(items.get('a')?.answer).toMatchObject({ object: 'chat.completion', model: MODEL });
    expect(items.get('b')?.error).toBeInstanceOf(UnprocessableError);
    expect(items.get('b')?.error?.message).toContain('temperature');
  });

  it('is listed from page 0, newest first, and by whatever it is asked for', async () => {
    const metadata = { team: 'listed' };
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.unshift((await submit(lineOf('a', 'One?'), metadata)).id);
    const page = await client.batch.list({ metadata, page_size: 2 });
    expect(page.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(page.total).toBe(3);
    expect(
      (await collect(client.batch.list({ metadata, page_size: 2 }))).map(({ id }) => id),
    ).toEqual(ids);
    const oldest = await client.batch.list({ metadata, order_by: 'created' });
    expect(oldest.data.map(({ id }) => id)).toEqual(ids.toReversed());
    expect((await client.batch.list({ metadata, status: ['FAILED'] })).data).toEqual([]);
    simulator.clearRequests();
    await client.batch.list({
      page: 0,
      page_size: 5,
      model: MODEL,
      agent_id: 'ag_1',
      metadata,
      created_after: '2026-01-01T00:00:00Z',
      created_by_me: true,
      status: ['QUEUED', 'RUNNING'],
      order_by: '-created',
    });
    expect([...new URLSearchParams(simulator.requests[0]?.query)]).toEqual([
      ['team', 'listed'],
      ['page', '0'],
      ['page_size', '5'],
      ['model', MODEL],
      ['agent_id', 'ag_1'],
      ['created_after', '2026-01-01T00:00:00Z'],
      ['created_by_me', 'true'],
      ['status', 'QUEUED'],
      ['status', 'RUNNING'],
      ['order_by', '-created'],
    ]);
    await client.batch.list();
    expect(simulator.requests.at(-1)?.query).toBe('');
  });

  it('never lets the metadata stand in for a field of the query', async () => {
    await client.batch.list({ metadata: { page_size: '1' }, page_size: 7 });
    expect(simulator.requests[0]?.query).toBe('?page_size=7');
  });

  it('can be cancelled, and keeps what was answered', async () => {
    const { id } = await submit(lineOf('a', 'One?') + lineOf('b', 'Two?'));
    await client.batch.get(id);
    expect(await client.batch.cancel(id)).toMatchObject({ id, status: 'CANCELLATION_REQUESTED' });
    const error = await waitForFailure(id);
    expect(error).toBeInstanceOf(JobFailedError);
    const { job, outcome } = error as JobFailedError<BatchJob>;
    expect(outcome).toBe('CANCELLED');
    expect(await collect(client.batch.results(job as BatchJob))).toHaveLength(1);
  });

  it('can be deleted', async () => {
    const { id } = await submit(lineOf('a', 'One?'));
    expect(await client.batch.delete(id)).toMatchObject({ id, object: 'batch', deleted: true });
    await expect(client.batch.get(id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('tells what is wrong with its input, and how often', async () => {
    const { id } = await submit(`${lineOf('a', 'One?')}no json\nno json\n{"custom_id":"b"}\n`);
    const error = await waitForFailure(id);
    expect(error).toMatchObject({ outcome: 'FAILED', job: { id } });
    expect((error as Error).message).toMatch(/Invalid JSON line \(2 times\); A line has no body/);
  });

  it('tells the first of many errors', async () => {
    const errors = ['a', 'b', 'c', 'd', 'e'].map((message) => ({ message }));
    const transport = new MockHttpTransport().respond({
      json: { id: 'job-1', status: 'FAILED', errors },
    });
    const other = createMistralClient({ apiKey: 'test-key', transport });
    await expect(other.batch.waitFor('job-1')).rejects.toThrow(/a; b; c And 2 more/);
  });

  it('tells a wrong answer from a list of none', async () => {
    const transport = new MockHttpTransport()
      .respond({ json: { total: 0 } })
      .respond({ json: { jobs: [] } });
    const other = createMistralClient({ apiKey: 'test-key', transport });
    expect((await other.batch.list()).data).toEqual([]);
    await expect(other.batch.list()).rejects.toBeInstanceOf(ProtocolError);
  });

  it('is waited for no longer than is asked', async () => {
    const clock = new ManualClock();
    const transport = new MockHttpTransport();
    for (let look = 0; look < 10; look += 1) {
      transport.respond({ json: { id: 'job-1', status: 'RUNNING', errors: [] } });
    }
    const other = createMistralClient({ apiKey: 'test-key', transport, clock });
    const waiting = other.batch.waitFor('job-1', { maxWait: '10s' }).catch((e: unknown) => e);
    await clock.advance(20_000);
    expect(await waiting).toBeInstanceOf(TotalTimeoutError);
  });

  it('refuses what cannot be right, and sends nothing', async () => {
    const input_files = ['file-1'];
    const wrong: [object, string][] = [
      [{ input_files }, 'endpoint'],
      [{ endpoint: 'chat', input_files }, 'endpoint'],
      [{ endpoint: ENDPOINT }, ''],
      [{ endpoint: ENDPOINT, input_files: [], requests: [] }, ''],
      [{ endpoint: ENDPOINT, input_files: [''] }, 'input_files[0]'],
      [{ endpoint: ENDPOINT, requests: [{ custom_id: 'a' }] }, 'requests[0].body'],
      [
        { endpoint: ENDPOINT, requests: Array.from({ length: 10_001 }, () => ({ body: {} })) },
        'requests',
      ],
      [{ endpoint: ENDPOINT, input_files, model: '' }, 'model'],
      [{ endpoint: ENDPOINT, input_files, timeout_hours: 0 }, 'timeout_hours'],
      [{ endpoint: ENDPOINT, input_files, timeout_hours: 169 }, 'timeout_hours'],
      [{ endpoint: ENDPOINT, input_files, metadata: { a: 7 } }, 'metadata.a'],
    ];
    for (const [request, path] of wrong) {
      const error: unknown = await client.batch.create(request as never).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ValidationError);
      expect((error as ValidationError).issues[0]?.path).toBe(path);
    }
    expect(simulator.requests).toHaveLength(0);
  });

  it.each(['get', 'cancel', 'delete', 'waitFor'] as const)(
    '%s sends nothing without an id, and tells that there is none',
    async (method) => {
      await expect(client.batch[method]('')).rejects.toBeInstanceOf(ValidationError);
      expect(simulator.requests).toHaveLength(0);
      await expect(client.batch[method]('none')).rejects.toBeInstanceOf(NotFoundError);
    },
  );
});

describe('batch.process', () => {
  it('gives the answers in the order of the requests', async () => {
    const requests = ['One?', 'Two?', 'Three?'].map((text) => question(text));
    const settings = {
      endpoint: ENDPOINT,
      model: MODEL,
      metadata: { team: 'y' },
      timeout_hours: 2,
    } as const;
    const items = await client.batch.process({ ...settings, requests }, FAST);
    expect(items.map(({ custom_id: id }) => id)).toEqual(['request-0', 'request-1', 'request-2']);
    const answers = items.map(({ answer }) => JSON.stringify(answer?.choices).toLowerCase());
    expect(answers[0]).toContain('one');
    expect(answers[2]).toContain('three');
    const created = simulator.requests.find(({ path }) => path === '/v1/batch/jobs');
    expect(created?.body).toEqual({ ...settings, input_files: [expect.any(String)] });
  });

  it('runs embeddings, and whatever else the API has', async () => {
    const items = await client.batch.process(
      {
        endpoint: '/v1/embeddings',
        model: 'mistral-embed',
        requests: [{ body: { input: 'one' } }],
      },
      FAST,
    );
    expect(items[0]?.answer?.data[0]?.embedding).toHaveLength(1024);
  });

  it('lets a request fail alone, with the error that it would have thrown', async () => {
    const items = await client.batch.process(
      {
        endpoint: ENDPOINT,
        model: MODEL,
        requests: [question('One?'), question('Two?', { temperature: 9 })],
      },
      FAST,
    );
    expect(items[0]?.error).toBeUndefined();
    expect(items[1]?.error).toBeInstanceOf(UnprocessableError);
    expect(items[1]?.error).toMatchObject({ status: 422 });
  });

  it('gives what was answered in time, and an error for the rest', async () => {
    const items = await client.batch.process(
      {
        endpoint: ENDPOINT,
        model: MODEL,
        requests: ['One?', 'Two?', 'Three?'].map((text) => question(text)),
        metadata: { simulator_outcome: 'TIMEOUT_EXCEEDED' },
      },
      FAST,
    );
    expect(items.map(({ error }) => error?.code)).toEqual([undefined, undefined, 'job_failed']);
    expect(items[2]?.error).toMatchObject({ outcome: 'TIMEOUT_EXCEEDED' });
  });

  it('throws for a batch that cannot be run', async () => {
    const requests = [{ custom_id: 'a', body: null as never }];
    const failing = client.batch.process({ endpoint: ENDPOINT, model: MODEL, requests }, FAST);
    await expect(failing).rejects.toMatchObject({ code: 'job_failed', outcome: 'FAILED' });
  });

  it('stops waiting when the caller aborts, and leaves the batch alone', async () => {
    const controller = new AbortController();
    let id = '';
    const processing = client.batch.process(
      { endpoint: ENDPOINT, model: MODEL, requests: [question('One?')] },
      {
        pollInterval: '1h',
        signal: controller.signal,
        onProgress: (job) => {
          ({ id } = job);
          controller.abort();
        },
      },
    );
    await expect(processing).rejects.toBeInstanceOf(AbortedError);
    expect(simulator.requests.some(({ path }) => path.endsWith('/cancel'))).toBe(false);
    await expect(client.batch.waitFor(id, FAST)).resolves.toMatchObject({ status: 'SUCCESS' });
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
    const processing = client.batch.process({ endpoint: ENDPOINT, ...request }, options);
    await expect(processing).rejects.toBeInstanceOf(type);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('batch.results', () => {
  const JOB = { id: 'job-1', status: 'SUCCESS', output_file: 'file-1' } as BatchJob;

  async function read(text: string): Promise<BatchItem[]> {
    const transport = new MockHttpTransport().respond({ body: new TextEncoder().encode(text) });
    const other = createMistralClient({ apiKey: 'test-key', transport });
    return collect(other.batch.results(JOB));
  }

  it('refuses a line that is no JSON', async () => {
    await expect(read('<html>')).rejects.toBeInstanceOf(InvalidJsonError);
  });

  it('gives nothing where there is nothing', async () => {
    expect(await read('')).toEqual([]);
    expect(await collect(client.batch.results({ ...JOB, outputs: [] }))).toEqual([]);
    expect(simulator.requests).toHaveLength(0);
  });
});
