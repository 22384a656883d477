import { expect, it } from 'vitest';
import { spanDetails } from './span-details.ts';

it.each([
  [{}, ''],
  [{ 'server.address': '127.0.0.1', model: 'm' }, ''],
  [{ 'gen_ai.request.model': 'e', 'gen_ai.usage.input_tokens': 1 }, 'e, 1 token'],
  [
    { 'gen_ai.usage.input_tokens': 48, 'gen_ai.usage.output_tokens': 0, 'error.type': 'server' },
    '48 tokens, server',
  ],
  [
    {
      'openai.stream.chunks_count': 16,
      'gen_ai.response.time_to_first_chunk': 0.0324,
      'gen_ai.usage.output_tokens': 28,
      'gen_ai.usage.input_tokens': 1300,
      'gen_ai.request.model': 'm',
    },
    'm, 1,300 → 28 tokens, first token after 32 ms, 16 events',
  ],
  [{ 'resilience.attempt': 1, 'resilience.circuit_state': 'closed' }, '1 attempt, breaker closed'],
  [{ state: 'half_open', allowed: true }, 'half_open'],
  [{ state: 'open', allowed: false }, 'open, refused'],
  [{ wait_time_ms: 1234 }, 'waited 1.23 s'],
  [{ 'http.request.method': 'POST', 'http.response.status_code': 200 }, 'attempt 1, 200'],
  [
    {
      'http.request.method': 'POST',
      'http.request.resend_count': 2,
      'http.response.status_code': 429,
      'error.type': 'rate_limit',
    },
    'attempt 3, 429, rate_limit',
  ],
  [{ body_size_bytes: 16_584 }, '16,584 bytes'],
  [{ 'tokens.prompt': 2, 'tokens.completion': 0 }, '2 in, 0 out'],
])('tells of %j', (attributes, expected) => {
  expect(spanDetails(attributes).join(', ')).toBe(expected);
});
