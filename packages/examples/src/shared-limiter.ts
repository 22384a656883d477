import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createOpenAIClient } from '@integrations/openai';
import { createRateLimiter } from '@integrations/rate-limits';
import { runExample } from './example/run-example.ts';
import { whichApi } from './example/which-api.ts';
import { askAll, type Tally } from './shared-limiter/ask-all.ts';
import { shareOf } from './shared-limiter/share-of.ts';
import type { Assignment } from './shared-limiter/worker.ts';

/** Of one key, for this process and its threads together. */
const REQUESTS_PER_MINUTE = 14;
const WORKERS = 2;
/** How often each of them asks: more often than it may. */
const TIMES = 6;

const WORKER = new URL('./shared-limiter/worker.js', import.meta.url);

await runExample(async (signal) => {
  await using api = await whichApi('openai', {
    requestsPerMinute: REQUESTS_PER_MINUTE,
    enforceRateLimits: true,
  });
  console.log(`${REQUESTS_PER_MINUTE} requests a minute of ${api.where}:`);

  // Within a process: one limiter, given to every client that has the same key.
  const rateLimit = createRateLimiter({
    requestsPerMinute: shareOf(REQUESTS_PER_MINUTE, WORKERS + 1, 0),
    learning: 'lower',
    // What would have to wait for longer is held back. Without it, it waits for its turn.
    maxWait: 1000,
  });
  await using client = createOpenAIClient({ ...api.options, rateLimit });
  await using patient = createOpenAIClient({ ...api.options, rateLimit, timeout: '5m' });

  // Across threads and processes a limiter cannot be shared: each gets a share of the limit.
  const workers = Array.from({ length: WORKERS }, (_, at) => {
    const requestsPerMinute = shareOf(REQUESTS_PER_MINUTE, WORKERS + 1, at + 1);
    return runWorker({ options: api.options, requestsPerMinute, times: TIMES }, signal);
  });

  const tallies = await Promise.all([askAll([client, patient], TIMES, signal), ...workers]);
  for (const [at, { answered, heldBack }] of tallies.entries()) {
    const who = at === 0 ? 'two clients here' : `worker ${at}`;
    console.log(`${who}: ${answered} answered, ${heldBack} held back`);
  }
});

async function runWorker(assignment: Assignment, signal: AbortSignal): Promise<Tally> {
  const worker = new Worker(WORKER, { workerData: assignment });
  try {
    const [tally] = (await once(worker, 'message', { signal })) as [Tally];
    return tally;
  } finally {
    await worker.terminate();
  }
}
