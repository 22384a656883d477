import {
  ConfigurationError,
  JobFailedError,
  ServerError,
  ValidationError,
} from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import type { CallOptions } from '../call-options.ts';
import type { BatchItem } from './batch-item.ts';
import type { BatchJob } from './batch-output.ts';
import { type BatchCalls, processBatches } from './batch-process.ts';

const RULES = { call: 'acme batches.process', mostRequests: 2, mostBytes: 10_000 };

/** A provider that answers each request with its own body. */
class Acme implements BatchCalls<BatchJob> {
  readonly uploads: CallOptions[] = [];
  readonly #lines = new Map<string, string[]>();
  running = 0;
  mostRunning = 0;
  /** How batches end. */
  status = 'completed';
  /** Requests of each batch that are answered. */
  answers = Infinity;

  async upload(file: File, options: CallOptions): Promise<{ readonly id: string }> {
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    this.uploads.push(options);
    const id = `file-${this.uploads.length}`;
    this.#lines.set(id, (await file.text()).split('\n').filter(Boolean));
    return { id };
  }

  async create(fileId: string): Promise<BatchJob> {
    return { id: fileId, status: 'queued' };
  }

  async waitFor(id: string): Promise<BatchJob> {
    await Promise.resolve();
    this.running -= 1;
    const job = { id, status: this.status };
    if (this.status === 'completed') return job;
    if (this.status === 'lost') throw new ServerError('lost');
    throw new JobFailedError('not well', { job, outcome: this.status });
  }

  async *results({ id }: BatchJob): AsyncGenerator<BatchItem> {
    const lines = this.#lines.get(id) ?? [];
    for (const line of lines.slice(0, this.answers).toReversed()) {
      const { custom_id, body } = JSON.parse(line) as { custom_id: string; body: object };
      yield { custom_id, answer: body, error: undefined, requestId: undefined };
    }
  }
}

function run(calls: Acme, count: number, options: object = {}): Promise<BatchItem[]> {
  const plan = {
    calls,
    requests: Array.from({ length: count }, (_, n) => ({ body: { n } })),
    rules: RULES,
    sourceOf: (job: BatchJob) => ({
      call: 'acme batches',
      job,
      toApiError: () => new ServerError('not asked for'),
    }),
    failedStatus: 'failed',
  };
  return processBatches(plan, options);
}

describe('processBatches', () => {
  it('gives the answers of several batches in the order of the requests', async () => {
    const acme = new Acme();
    const items = await run(acme, 5);
    expect(items.map(({ answer }) => answer)).toEqual([0, 1, 2, 3, 4].map((n) => ({ n })));
    expect(acme.uploads).toHaveLength(3);
  });

  it('runs as many at a time as it may', async () => {
    const acme = new Acme();
    await run(acme, 12, { concurrency: 2 });
    expect(acme.mostRunning).toBe(2);
  });

  it('gives an upload more time than another call, unless the caller sets one', async () => {
    const acme = new Acme();
    await run(acme, 1);
    await run(acme, 1, { timeout: '1s' });
    expect(acme.uploads.map(({ timeout }) => timeout)).toEqual(['10m', '1s']);
  });

  it.each(['cancelled', 'expired'])('keeps what was answered before a batch %s', async (status) => {
    const acme = Object.assign(new Acme(), { status, answers: 1 });
    const items = await run(acme, 2);
    expect(items[0]?.answer).toEqual({ n: 0 });
    expect(items[1]?.error).toMatchObject({ code: 'job_failed', outcome: status });
  });

  it.each(['failed', 'lost'])('throws when a batch is %s', async (status) => {
    const acme = Object.assign(new Acme(), { status });
    const code = status === 'lost' ? 'server' : 'job_failed';
    await expect(run(acme, 2)).rejects.toMatchObject({ code });
  });

  it('stops with the signal of the caller', async () => {
    const reason = new Error('no more');
    const stopped = run(new Acme(), 2, { signal: AbortSignal.abort(reason) });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted', cause: reason });
  });

  it('uploads nothing that cannot be right', async () => {
    const acme = new Acme();
    await expect(run(acme, 0)).rejects.toBeInstanceOf(ValidationError);
    await expect(run(acme, 1, { concurrency: 0 })).rejects.toBeInstanceOf(ConfigurationError);
    expect(acme.uploads).toHaveLength(0);
  });
});
