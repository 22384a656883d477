import type {
  ChatCompletion,
  ChatCompletionRequest,
  ChatStream,
  OpenAIClient,
} from '@integrations/openai';
import type { Fault, Simulator } from '@integrations/simulator';
import type { Tracer } from '@integrations/types';
import type { ObservedClient } from './observed-client.test.support.ts';

export const MINI = 'gpt-4o-mini';
export const LARGE = 'gpt-4o';
export const EMBEDDER = 'text-embedding-3-small';

/** A request that tells everything that attributes may. */
export const QUESTION: ChatCompletionRequest = {
  model: MINI,
  messages: [
    { role: 'system', content: 'A ledger is a book of accounts.' },
    { role: 'user', content: 'What is a ledger?' },
  ],
  temperature: 0.5,
  max_tokens: 50,
};

const EMBEDDING = { model: EMBEDDER, input: 'A book of accounts.', dimensions: 8 } as const;

/** What the caller knows of the work from its own point of view. */
export interface Work {
  readonly small: ChatCompletion;
  readonly large: ChatCompletion;
  readonly retried: ChatCompletion;
  /** Chunks of the stream that was read whole. */
  readonly wholeChunks: number;
  /** Tokens of the stream that was read whole, as it reported them. */
  readonly wholeUsage: { readonly inputTokens: number; readonly outputTokens: number };
  readonly leftChunks: number;
  readonly embeddedTokens: number;
}

/** Asks the simulator for a fault, with this request and no other. */
export function fault(value: Fault): { readonly 'x-simulator-fault': string } {
  return { 'x-simulator-fault': JSON.stringify(value) };
}

/** Two calls at once, inside of a span of the application. */
async function together(
  client: OpenAIClient,
  tracer: Tracer,
): Promise<readonly [ChatCompletion, ChatCompletion]> {
  const span = tracer.startSpan('shop.order');
  try {
    return await tracer.withSpan(span, () =>
      Promise.all([
        client.chat.create(QUESTION),
        client.chat.create({ ...QUESTION, model: LARGE }),
      ]),
    );
  } finally {
    span.end();
  }
}

async function retriedOnce(client: OpenAIClient, simulator: Simulator): Promise<ChatCompletion> {
  simulator.inject({ times: 1, fault: { status: 503 } });
  return client.chat.create(QUESTION);
}

/** Reads as many chunks as there are, or as many as are wanted. */
async function countChunks(stream: ChatStream, most: number): Promise<number> {
  let read = 0;
  for await (const chunk of stream) {
    read += chunk.object === 'chat.completion.chunk' ? 1 : 0;
    if (read === most) break;
  }
  return read;
}

async function readWhole(client: OpenAIClient): Promise<Pick<Work, 'wholeChunks' | 'wholeUsage'>> {
  const stream = await client.chat.createStream({
    ...QUESTION,
    stream_options: { include_usage: true },
  });
  const wholeChunks = await countChunks(stream, Infinity);
  if (stream.tokenUsage === undefined) throw new Error('the stream told no usage');
  return { wholeChunks, wholeUsage: stream.tokenUsage };
}

/** Leaves a stream after so many chunks. */
export async function readAndLeave(
  client: OpenAIClient,
  chunks: number,
  // Chunks that came together would all count, though one of them was the last to be read.
  ending: Fault = { stallAfterEvents: chunks },
): Promise<number> {
  const stream = await client.chat.createStream(QUESTION, { headers: fault(ending) });
  return countChunks(stream, chunks);
}

/** Resolves when the call has failed, as it should. */
export async function failing(call: PromiseLike<unknown>): Promise<void> {
  await call.then(
    () => {
      throw new Error('this call should have failed');
    },
    () => undefined,
  );
}

/** One call of every kind that telemetry tells apart, each after the one before. */
export async function work(observed: ObservedClient): Promise<Work> {
  const { client, simulator, observation } = observed;
  const [small, large] = await together(client, observation.tracer);
  const retried = await retriedOnce(client, simulator);
  const whole = await readWhole(client);
  const leftChunks = await readAndLeave(client, 3);
  const { usage } = await client.embeddings.create(EMBEDDING);
  await failing(client.chat.create(QUESTION, { headers: fault({ status: 401 }) }));
  return { small, large, retried, ...whole, leftChunks, embeddedTokens: usage.prompt_tokens };
}

/** What opens a breaker, and what a limit turns away. */
export async function trouble({ client }: ObservedClient): Promise<void> {
  const headers = fault({ status: 500 });
  for (let call = 0; call < 5; call += 1) {
    await failing(client.models.list({ headers, maxRetries: 0 }));
  }
  await failing(client.models.list({ maxRetries: 0 }));
  await failing(client.chat.create({ ...QUESTION, max_tokens: 100_000_000 }));
}
