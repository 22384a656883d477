// Runs in a project of a user who installed the packages: a call that fails at first, and one that streams.
import assert from 'node:assert/strict';
import { createOpenAIClient } from '@integrations/openai';
import { createRetryExecutor } from '@integrations/retry';
import { createSimulator } from '@integrations/simulator';

const request = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] };

/** The client's own retries are off: those of the package by itself get over the fault. */
async function askTwice(client, simulator) {
  simulator.inject({ times: 1, fault: { status: 503 } });
  const ask = () => client.chat.create(request, { maxRetries: 0 });
  const completion = await createRetryExecutor().execute(ask);
  assert.deepEqual(
    simulator.requests.map(({ status }) => status),
    [503, 200],
  );
  return completion.choices[0].message.content;
}

async function readStream(client) {
  let text = '';
  for await (const chunk of await client.chat.createStream(request)) {
    text += chunk.choices[0]?.delta.content ?? '';
  }
  return text;
}

async function main() {
  const simulator = await createSimulator();
  const client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
  const answer = await askTwice(client, simulator);
  assert.ok(answer);
  assert.equal(await readStream(client), answer);
  await client.close();
  await simulator.close();
  console.log('answered');
}

void main();
