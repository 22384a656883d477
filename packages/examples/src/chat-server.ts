import { once } from 'node:events';
import { createOpenAIClient } from '@integrations/openai';
import { chatListener } from './chat-server/chat-listener.ts';
import { LocalServer } from './example/local-server.ts';
import { runExample } from './example/run-example.ts';
import { whichApi } from './example/which-api.ts';

await runExample(async (signal) => {
  await using api = await whichApi('openai', { eventGapMs: 20 });
  await using client = createOpenAIClient(api.options);
  await using local = await LocalServer.start();
  const onError = console.error;
  local.server.on('request', chatListener({ client, model: 'gpt-5-mini', onError }));
  console.log(`Answers come from ${api.where}. Ask, and leave while it writes:`);
  console.log(`curl -N '${local.origin}/chat?question=What+is+backpressure%3F'`);
  if (!signal.aborted) await once(signal, 'abort');
});
