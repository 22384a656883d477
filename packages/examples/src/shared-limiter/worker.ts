import { parentPort, workerData } from 'node:worker_threads';
import { createOpenAIClient, type OpenAIClientOptions } from '@integrations/openai';
import { createRateLimiter } from '@integrations/rate-limits';
import { askAll } from './ask-all.ts';

/** What a worker is given. */
export interface Assignment {
  readonly options: Pick<OpenAIClientOptions, 'apiKey' | 'baseURL'>;
  /** Its share of the limit. */
  readonly requestsPerMinute: number;
  readonly times: number;
}

const { options, requestsPerMinute, times } = workerData as Assignment;
// Headers tell of the whole limit, of which this thread has a share: they may only lower it.
const rateLimit = createRateLimiter({ requestsPerMinute, learning: 'lower', maxWait: 1000 });
await using client = createOpenAIClient({ ...options, rateLimit });
const tally = await askAll([client], times);
parentPort?.postMessage(tally, []);
