import { createOpenAIClient } from '@integrations/openai';
import { createSimulator } from '@integrations/simulator';
import { expect, it } from 'vitest';
import { Traffic } from './traffic.ts';

it('counts what a client reports', async () => {
  await using simulator = await createSimulator();
  const traffic = new Traffic();
  expect(traffic.totals).toEqual({
    requests: 0,
    retries: 0,
    promptTokens: 0,
    completionTokens: 0,
  });
  await using client = createOpenAIClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    metrics: traffic,
  });
  const embedding = await client.embeddings.create({
    model: 'text-embedding-3-small',
    input: 'a b',
  });
  const { usage } = await client.chat.create({
    model: 'gpt-5-mini',
    messages: [{ role: 'user', content: 'Is the sky blue?' }],
  });
  expect(usage?.completion_tokens).toBeGreaterThan(0);
  expect(traffic.totals).toEqual({
    requests: 2,
    retries: 0,
    promptTokens: embedding.usage.prompt_tokens + (usage?.prompt_tokens ?? 0),
    completionTokens: usage?.completion_tokens,
  });
});

it('does not count calls that a breaker refused', () => {
  const traffic = new Traffic();
  traffic.counter('openai_requests_total').add(3, { endpoint: 'embeddings', status: 'error' });
  const errors = traffic.counter('openai_errors_total');
  errors.add(2, { endpoint: 'embeddings', error_type: 'circuit_open' });
  errors.add(1, { endpoint: 'embeddings', error_type: 'server' });
  expect(traffic.totals.requests).toBe(1);
});

it('hands on what becomes of breakers, and no other gauge', () => {
  const told: unknown[] = [];
  const traffic = new Traffic((...change) => told.push(change));
  traffic.gauge('openai_circuit_breaker_state').set(1, { endpoint: 'chat' });
  traffic.gauge('openai_anything').set(2, { endpoint: 'chat' });
  expect(told).toEqual([['chat', 1]]);
});

it('sums a counter over its labels, and tells the types of tokens apart', () => {
  const traffic = new Traffic();
  traffic.counter('openai_retries_total').add(1, { endpoint: 'chat', reason: 'server' });
  traffic.counter('openai_retries_total').add(2, { endpoint: 'embeddings', reason: 'rate_limit' });
  traffic.counter('openai_tokens_total').add(7, { model: 'a', type: 'prompt' });
  traffic.counter('openai_tokens_total').add(5, { model: 'b', type: 'prompt' });
  traffic.counter('openai_tokens_total').add(3, { model: 'a', type: 'completion' });
  traffic.histogram('openai_request_duration_seconds').observe(1);
  traffic.gauge('openai_anything').set(1);
  expect(traffic.totals).toEqual({
    requests: 0,
    retries: 3,
    promptTokens: 12,
    completionTokens: 3,
  });
});
