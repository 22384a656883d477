import { MockHttpTransport, type TestTracer } from '@integrations/testing';
import { createMistralClient } from '../client.ts';
import type { ChatStream } from './chat-stream.ts';

export const REQUEST = {
  model: 'mistral-small-latest',
  messages: [
    { role: 'user', content: '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?' },
  ],
} as const;

/** A stream of these events, as a server would write them. */
export async function streamOf(
  events: readonly (string | object)[],
  options: { tracer?: TestTracer } = {},
): Promise<ChatStream> {
  const lines = events.map(
    (event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`,
  );
  const transport = new MockHttpTransport().stream(lines);
  const other = createMistralClient({ apiKey: 'test-key', transport, maxRetries: 0, ...options });
  return other.chat.createStream(REQUEST);
}

export function chunk(delta: object, more: object = {}, fields: object = {}): object {
  const choices = [{ index: 0, delta, finish_reason: null, ...more }];
  const head = { id: 'cmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm' };
  return { ...head, choices, ...fields };
}

/** An end that adds nothing. */
export const END: object = chunk({}, { finish_reason: 'stop' });
