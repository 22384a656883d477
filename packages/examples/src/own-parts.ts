import { isIntegrationError } from '@integrations/errors';
import { createMistralClient } from '@integrations/mistral';
import { ConsecutiveBreaker } from 'cockatiel';
import { runExample } from './example/run-example.ts';
import { whichApi } from './example/which-api.ts';
import { CockatielBreaker } from './own-parts/cockatiel-breaker.ts';
import { LogfmtLogger } from './own-parts/logfmt-logger.ts';

await runExample(async (signal) => {
  await using api = await whichApi('mistral');
  await using client = createMistralClient({
    ...api.options,
    maxRetries: 0,
    circuitBreaker: new CockatielBreaker({
      opensBy: () => new ConsecutiveBreaker(3),
      openMs: 30_000,
    }),
    logger: new LogfmtLogger((line) => console.log(line), 'info', { service: 'own-parts' }),
  });
  console.log(`Calling ${api.where}:`);
  // A real API does not fail on demand; then all five calls are answered.
  api.simulator?.inject({ skip: 1, fault: { status: 503 } });

  for (let call = 1; call <= 5; call += 1) {
    try {
      const model = 'mistral-small-latest';
      const messages = [{ role: 'user', content: 'What is a ledger?' }] as const;
      await client.chat.create({ model, messages }, { signal });
      console.log(`call ${call}: answered`);
    } catch (error) {
      if (!isIntegrationError(error) || signal.aborted) throw error;
      const wait = error.retryAfterMs === undefined ? '' : `, not before ${error.retryAfterMs} ms`;
      console.log(`call ${call}: ${error.code}${wait}`);
    }
  }
});
