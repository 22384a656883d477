import { describe, expect, it } from 'vitest';
import { type Answer, MistralStorage } from '../storage.test.support.ts';

const JOBS = '/v1/batch/jobs';
const ENDPOINT = '/v1/embeddings';
const MODEL = 'mistral-embed';

function lineOf(custom_id: unknown, body: unknown = { input: 'a' }): string {
  return JSON.stringify({ custom_id, body });
}

async function submit(
  storage: MistralStorage,
  lines: string[],
  more: object = {},
): Promise<Answer> {
  const input_files = [await storage.upload(lines.join('\n'))];
  return storage.ask('POST', JOBS, { input_files, endpoint: ENDPOINT, model: MODEL, ...more });
}

/** Looks until the batch has ended; gives what was seen. */
async function run(storage: MistralStorage, id: string): Promise<Answer['body'][]> {
  const seen: Answer['body'][] = [];
  while (!/^(?:FAILED|SUCCESS|TIMEOUT_EXCEEDED|CANCELLED)$/.test(String(seen.at(-1)?.['status'])))
    seen.push((await storage.ask('GET', `${JOBS}/${id}`)).body);
  return seen;
}

async function linesOf(storage: MistralStorage, id: unknown): Promise<unknown[]> {
  const { body } = await storage.ask('GET', `/v1/files/${String(id)}/content`);
  return String(body['text'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

describe('/v1/batch/jobs', () => {
  it('runs each line at its endpoint, a step for each look', async () => {
    const storage = new MistralStorage();
    const wrong = lineOf('b', { input: 'a', output_dtype: 'fun' });
    const { id, ...created } = (await submit(storage, [lineOf('a'), wrong, lineOf('c')])).body;
    expect(created).toMatchObject({ object: 'batch', status: 'QUEUED', completed_at: null });
    storage.now += 5;
    const seen = await run(storage, id);
    expect(seen.map(({ status }) => status)).toEqual(['RUNNING', 'SUCCESS']);
    const ended = seen.at(-1);
    expect(ended).toMatchObject({
      total_requests: 3,
      completed_requests: 3,
      succeeded_requests: 2,
      failed_requests: 1,
      started_at: storage.now,
      completed_at: storage.now,
    });
    expect(ended).not.toHaveProperty('outputs');
    expect(await linesOf(storage, ended?.['output_file'])).toMatchObject([
      { custom_id: 'c', response: { status_code: 200, body: { model: MODEL } }, error: null },
      { custom_id: 'a', response: { status_code: 200 } },
    ]);
    expect(await linesOf(storage, ended?.['error_file'])).toMatchObject([
      { custom_id: 'b', response: { status_code: 422, body: { object: 'error' } } },
    ]);
    const file = await storage.ask('GET', `/v1/files/${String(ended?.['output_file'])}`);
    expect(file.body).toMatchObject({
      source: 'mistral',
      sample_type: 'batch_result',
      num_lines: 2,
    });
  });

  it('runs requests that come with it, and writes no files', async () => {
    const storage = new MistralStorage();
    const requests = [{ custom_id: 'a', body: { input: 'a' } }, { body: { input: 'b' } }];
    const job = { requests, endpoint: ENDPOINT, model: MODEL };
    const { id } = (await storage.ask('POST', JOBS, job)).body;
    const ended = (await run(storage, id)).at(-1);
    expect(ended).toMatchObject({ input_files: [], output_file: null, succeeded_requests: 2 });
    const { body } = await storage.ask('GET', `${JOBS}/${id}?inline=true`);
    expect(body['outputs']).toMatchObject([{ custom_id: null }, { custom_id: 'a' }]);
  });

  it('takes one step at a time however many look', async () => {
    const storage = new MistralStorage();
    const { id } = (await submit(storage, [lineOf('a')])).body;
    const looks = await Promise.all([1, 2, 3].map(() => storage.ask('GET', `${JOBS}/${id}`)));
    expect(new Set(looks.map(({ body }) => body['status']))).toEqual(new Set(['RUNNING']));
  });

  it('runs out of time on demand', async () => {
    const storage = new MistralStorage();
    const metadata = { simulator_outcome: 'TIMEOUT_EXCEEDED' };
    const { id } = (await submit(storage, [lineOf('a'), lineOf('b')], { metadata })).body;
    const ended = (await run(storage, id)).at(-1);
    expect(ended).toMatchObject({ status: 'TIMEOUT_EXCEEDED', completed_requests: 1 });
    expect(await linesOf(storage, ended?.['output_file'])).toHaveLength(1);
  });

  it('can be cancelled at any time, and deleted', async () => {
    const storage = new MistralStorage();
    const { id: queued } = (await submit(storage, [lineOf('a')])).body;
    const { id: running } = (await submit(storage, [lineOf('a'), lineOf('b')])).body;
    await storage.ask('GET', `${JOBS}/${running}`);
    for (const id of [queued, running]) {
      const { body } = await storage.ask('POST', `${JOBS}/${id}/cancel`);
      expect(body['status']).toBe('CANCELLATION_REQUESTED');
      expect((await run(storage, id)).at(-1)?.['status']).toBe('CANCELLED');
      const again = await storage.ask('POST', `${JOBS}/${id}/cancel`);
      expect(again.body['status']).toBe('CANCELLED');
    }
    const { body } = await storage.ask('GET', `${JOBS}/${running}`);
    expect(body).toMatchObject({ completed_requests: 1 });
    expect(await storage.ask('DELETE', `${JOBS}/${running}`)).toMatchObject({
      body: { id: running, deleted: true },
    });
    expect((await storage.ask('GET', `${JOBS}/${running}`)).status).toBe(404);
  });

  it.each([
    ['The input has no requests', 1, ['']],
    ['Invalid JSON line', 2, ['no json', '[]']],
    ['A line has no body', 1, [lineOf('a'), lineOf('a', 'text')]],
  ])('fails with: %s', async (message, count, lines) => {
    const storage = new MistralStorage();
    const { id } = (await submit(storage, lines)).body;
    const [seen] = await run(storage, id);
    expect(seen).toMatchObject({ status: 'FAILED', errors: [{ message, count }] });
  });

  it.each([
    ['model=other', 0],
    [`model=${MODEL}`, 2],
    ['agent_id=ag_1', 0],
    ['team=x', 1],
    ['status=QUEUED&status=FAILED', 2],
    ['status=FAILED', 0],
    ['created_after=1970-01-12T13:46:39Z', 2],
    ['created_after=1970-01-12T13:46:40Z', 0],
    ['page=1&page_size=1&order_by=created', 1],
  ])('lists what %s asks for', async (query, count) => {
    const storage = new MistralStorage();
    await submit(storage, [lineOf('a')], { metadata: { team: 'x' } });
    await submit(storage, [lineOf('a')]);
    const { body } = await storage.ask('GET', `${JOBS}?${query}`);
    expect(body['data']).toHaveLength(count);
  });

  it.each([
    ['endpoint', { endpoint: '/v1/models' }],
    ['timeout_hours', { timeout_hours: 169 }],
    ['metadata', { metadata: 7 }],
    ['model', { model: 7 }],
    ['fun', { fun: true }],
  ])('refuses a wrong %s', async (field, more) => {
    const answer = await submit(new MistralStorage(), [lineOf('a')], more);
    expect(answer).toMatchObject({
      status: 422,
      body: { message: { detail: [{ loc: ['body', field] }] } },
    });
  });

  it('refuses what has no input, and files that are none or for something else', async () => {
    const storage = new MistralStorage();
    const ask = (input_files: string[]): Promise<Answer> =>
      storage.ask('POST', JOBS, { endpoint: ENDPOINT, input_files });
    expect((await ask([])).status).toBe(400);
    expect((await ask(['none'])).status).toBe(404);
    expect((await ask([await storage.upload('a', { purpose: 'ocr' })])).status).toBe(400);
  });
});
