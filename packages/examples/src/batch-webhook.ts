import { createOpenAIClient, type WebhookEvent, WebhookVerifier } from '@integrations/openai';
import { EndedBatches } from './batch-webhook/ended-batches.ts';
import { runBatch } from './batch-webhook/run-batch.ts';
import { webhookListener } from './batch-webhook/webhook-listener.ts';
import { LocalServer } from './example/local-server.ts';
import { runExample } from './example/run-example.ts';
import { whichApi } from './example/which-api.ts';

const EVENTS = ['batch.completed', 'batch.failed', 'batch.expired', 'batch.cancelled'] as const;
const QUESTIONS = ['What is a ledger?', 'What is a journal?', 'What is a voucher?'];

await runExample(async (signal) => {
  await using api = await whichApi('openai');
  await using client = createOpenAIClient(api.options);
  await using local = await LocalServer.start();
  const url = api.simulator === undefined ? process.env['PUBLIC_URL'] : local.origin;
  if (url === undefined) {
    throw new Error(`Set PUBLIC_URL to an address of a proxy that leads to ${local.origin}.`);
  }

  const endpoint = await client.webhooks.create({ name: 'batches', url, event_types: EVENTS });
  const ended = new EndedBatches();
  const onEvent = ({ type, data }: WebhookEvent): void => {
    console.log(`webhook: ${type}`);
    if ('id' in data) ended.add(data.id);
  };
  const verifier = new WebhookVerifier({ secret: endpoint.signing_secret });
  local.server.on('request', webhookListener(verifier, onEvent));
  try {
    const items = await runBatch({
      client,
      model: 'gpt-5-mini',
      questions: QUESTIONS,
      ended,
      signal,
      onStarted: (id) => {
        console.log(`batch: ${id} at ${api.where}`);
        // The simulator's batches go on when somebody looks at them; others by themselves.
        if (api.simulator !== undefined) {
          void client.batches.waitFor(id, { pollInterval: 100, signal }).catch(() => undefined);
        }
      },
    });
    for (const { custom_id, answer, error } of items) {
      console.log(`${custom_id} ${error?.message ?? answer?.choices[0]?.message.content}`);
    }
  } finally {
    await client.webhooks.delete(endpoint.id);
  }
});
