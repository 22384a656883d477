import { describe, expect, it } from 'vitest';
import { type Answer, Storage } from '../storage.test.support.ts';

const URL = '/v1/embeddings';

function lineOf(custom_id: unknown, more: object = {}): string {
  const body = { model: 'text-embedding-3-small', input: 'a', dimensions: 2 };
  return JSON.stringify({ custom_id, method: 'POST', url: URL, body, ...more });
}

async function submit(storage: Storage, lines: string[], more: object = {}): Promise<Answer> {
  const input_file_id = await storage.upload(lines.join('\n'), 'batch');
  const request = { input_file_id, endpoint: URL, completion_window: '24h', ...more };
  return storage.ask('POST', '/v1/batches', request);
}

/** Looks until the batch has ended; gives what was seen. */
async function run(storage: Storage, id: string): Promise<Answer['body'][]> {
  const seen: Answer['body'][] = [];
  while (!/^(?:failed|completed|expired)$/.test(String(seen.at(-1)?.['status'])))
    seen.push((await storage.ask('GET', `/v1/batches/${id}`)).body);
  return seen;
}

async function linesOf(storage: Storage, id: unknown): Promise<Record<string, unknown>[]> {
  const { body } = await storage.ask('GET', `/v1/files/${String(id)}/content`);
  return String(body['text'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('/v1/batches', () => {
  it('runs each line at its endpoint, a step for each look', async () => {
    const storage = new Storage();
    const lines = [
      lineOf('a'),
      lineOf('b', { body: { model: 'no-such', input: 'a' } }),
      lineOf('c'),
    ];
    const { id } = (await submit(storage, lines)).body;
    const seen = await run(storage, id);
    expect(seen.map(({ status }) => status)).toEqual(['in_progress', 'finalizing', 'completed']);
    const ended = seen.at(-1);
    expect(ended).toMatchObject({
      request_counts: { total: 3, completed: 2, failed: 1 },
      usage: { input_tokens: 2, total_tokens: 2 },
    });
    const output = await linesOf(storage, ended?.['output_file_id']);
    expect(output.map(({ custom_id }) => custom_id)).toEqual(['c', 'a']);
    expect(output[0]).toMatchObject({ response: { status_code: 200 }, error: null });
    const errors = await linesOf(storage, ended?.['error_file_id']);
    expect(errors).toMatchObject([
      {
        custom_id: 'b',
        response: { status_code: 404, body: { error: { code: 'model_not_found' } } },
      },
    ]);
  });

  it('takes one step at a time however many look', async () => {
    const storage = new Storage();
    const { id } = (await submit(storage, [lineOf('a')])).body;
    await storage.ask('GET', `/v1/batches/${id}`);
    const looks = await Promise.all([1, 2, 3].map(() => storage.ask('GET', `/v1/batches/${id}`)));
    expect(new Set(looks.map(({ body }) => body['status']))).toEqual(new Set(['finalizing']));
  });

  it('runs out of time on demand', async () => {
    const storage = new Storage();
    const metadata = { simulator_outcome: 'expired' };
    const { id } = (await submit(storage, [lineOf('a'), lineOf('b')], { metadata })).body;
    const ended = (await run(storage, id)).at(-1);
    expect(ended?.['status']).toBe('expired');
    expect(await linesOf(storage, ended?.['output_file_id'])).toHaveLength(1);
    expect(await linesOf(storage, ended?.['error_file_id'])).toMatchObject([
      { custom_id: 'b', response: null, error: { code: 'batch_expired' } },
    ]);
  });

  it('keeps results as long as it is told', async () => {
    const storage = new Storage();
    const output_expires_after = { anchor: 'created_at', seconds: 3600 };
    const { id } = (await submit(storage, [lineOf('a')], { output_expires_after })).body;
    const ended = (await run(storage, id)).at(-1);
    storage.now += 3600;
    const output = await storage.ask('GET', `/v1/files/${String(ended?.['output_file_id'])}`);
    expect(output.status).toBe(404);
  });

  it.each([
    ['empty_file', ['']],
    ['invalid_json_line', ['no json']],
    ['invalid_json_line', ['[]']],
    ['missing_required_parameter', [lineOf(undefined)]],
    ['missing_required_parameter', [lineOf('a', { body: 'text' })]],
    ['invalid_method', [lineOf('a', { method: 'GET' })]],
    ['invalid_url', [lineOf('a', { url: '/v1/responses' })]],
    ['duplicate_custom_id', [lineOf('a'), lineOf('a')]],
  ])('fails with %s', async (code, lines) => {
    const storage = new Storage();
    const { id } = (await submit(storage, lines)).body;
    const [seen] = await run(storage, id);
    expect(seen).toMatchObject({ status: 'failed', errors: { data: [{ code }] } });
  });

  it.each([
    ['endpoint', { endpoint: '/v1/models' }],
    ['completion_window', { completion_window: '1h' }],
    ['input_file_id', { input_file_id: undefined }],
    ['metadata.a', { metadata: { a: 1 } }],
    [
      'output_expires_after.seconds',
      { output_expires_after: { anchor: 'created_at', seconds: 1 } },
    ],
  ])('refuses a wrong %s', async (param, more) => {
    const answer = await submit(new Storage(), [lineOf('a')], more);
    expect(answer).toMatchObject({ status: 400, body: { param } });
  });
});
