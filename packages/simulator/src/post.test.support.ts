import type { Fault } from './fault.ts';
import type { Simulator } from './simulator.ts';

/** What a test sends. */
export interface PostOptions {
  readonly fault?: Fault;
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** Sends a request as any HTTP client would. */
export function post(
  simulator: Simulator,
  path: string,
  body: unknown,
  options: PostOptions = {},
): Promise<Response> {
  const { fault, key = 'test-key', signal } = options;
  return fetch(`${simulator.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(fault === undefined ? {} : { 'x-simulator-fault': JSON.stringify(fault) }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
    ...(signal === undefined ? {} : { signal }),
  });
}

export const CHAT = '/v1/chat/completions';

/** A chat request. */
export interface Question {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: true;
}

/** A question of 13 tokens with an answer of 14 words and 17 tokens. */
export const QUESTION: Question = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'What is a breaker?' }],
};

export const STREAMED_QUESTION: Question = { ...QUESTION, stream: true };

/** The `data` of a stream's events, in order. */
export function dataOf(stream: string): string[] {
  return stream
    .split(/(?:\r\n|\r|\n){2}/)
    .filter((block) => block.startsWith('data: '))
    .map((block) => block.slice('data: '.length));
}
