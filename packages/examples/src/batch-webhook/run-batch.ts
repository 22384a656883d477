import { JobFailedError } from '@integrations/errors';
import {
  type Batch,
  type BatchItem,
  type ChatCompletion,
  type OpenAIClient,
  toFile,
} from '@integrations/openai';
import type { Duration } from '@integrations/types';
import type { EndedBatches } from './ended-batches.ts';

/** How questions are answered in a batch. */
export interface RunBatchOptions {
  readonly client: Pick<OpenAIClient, 'batches' | 'files'>;
  readonly model: string;
  readonly questions: readonly string[];
  /** What the webhooks tell. */
  readonly ended: EndedBatches;
  /** How often to look, in case that a webhook gets lost. @default '10m' */
  readonly lookEvery?: Duration;
  readonly signal: AbortSignal;
  /** Told the id of the batch, which goes on whatever becomes of this process. */
  readonly onStarted?: (id: string) => void;
}

/**
 * Has questions answered within a day, for half the price, and gives what became of each,
 * in no order.
 *
 * @throws JobFailedError when the batch failed or ran out of time without a single result.
 */
export async function runBatch(options: RunBatchOptions): Promise<BatchItem<ChatCompletion>[]> {
  const { client, model, questions, signal, onStarted } = options;
  const lines = questions.map((question) =>
    JSON.stringify({
      custom_id: question,
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model, messages: [{ role: 'user', content: question }] },
    }),
  );
  const file = await toFile(lines.join('\n'), 'questions.jsonl');
  const { id: input_file_id } = await client.files.create({ file, purpose: 'batch' }, { signal });
  const { id } = await client.batches.create(
    { input_file_id, endpoint: '/v1/chat/completions', completion_window: '24h' },
    { signal },
  );
  onStarted?.(id);
  const batch = await untilEnded(id, options).catch(batchWithResults);
  const items: BatchItem<ChatCompletion>[] = [];
  for await (const item of client.batches.results<ChatCompletion>(batch, { signal })) {
    items.push(item);
  }
  return items;
}

/** Whatever tells it first: a webhook, or a look. */
async function untilEnded(
  id: string,
  { client, ended, lookEvery = '10m', signal }: RunBatchOptions,
): Promise<Batch> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const looks = { pollInterval: lookEvery, maxPollInterval: lookEvery, signal: either };
  try {
    return await Promise.race([
      client.batches.waitFor(id, looks),
      // The webhook says that it ended, a last look how.
      ended.waitFor(id, either).then(() => client.batches.waitFor(id, { signal: either })),
    ]);
  } finally {
    over.abort();
  }
}

/** A batch that ran out of time, or was cancelled, may have answered some of its requests. */
function batchWithResults(error: unknown): Batch {
  if (!(error instanceof JobFailedError)) throw error;
  const batch = error.job as Batch | undefined;
  if (batch?.output_file_id === undefined) throw error;
  return batch;
}
