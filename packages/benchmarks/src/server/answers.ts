const encoder = new TextEncoder();

const MODEL = 'gpt-5-mini-2025-08-07';
const CREATED = 1_780_000_000;
const USAGE = { prompt_tokens: 42, completion_tokens: 100, total_tokens: 142 };

/** The part of a request that is used. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: { readonly role: 'system' | 'user'; readonly content: string }[];
  readonly temperature: number;
  readonly max_completion_tokens: number;
}

/** What is asked every time. */
export const REQUEST: ChatRequest = {
  model: MODEL,
  messages: [
    { role: 'system', content: 'Answer in one sentence.' },
    { role: 'user', content: 'Why is the sky blue, and not violet?' },
  ],
  temperature: 0.2,
  max_completion_tokens: 200,
};

function chunkEvent(index: number, chunks: number): Uint8Array {
  const isLast = index === chunks - 1;
  const finish = index === chunks - 2 ? 'stop' : null;
  const chunk = {
    id: 'chatcmpl-B9Mz1k3TPw4cQYhXkq8eJtUvR2aSd',
    object: 'chat.completion.chunk',
    created: CREATED,
    model: MODEL,
    service_tier: 'default',
    system_fingerprint: 'fp_8d1f3a90c2',
    choices: isLast
      ? []
      : [{ index: 0, delta: { content: ` word${index}` }, logprobs: null, finish_reason: finish }],
    ...(isLast ? { usage: USAGE } : {}),
  };
  return encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`);
}

/** The events of a streamed answer with so many chunks, the end mark among them. */
export function streamEvents(chunks: number): readonly Uint8Array[] {
  return [
    ...Array.from({ length: chunks }, (_, index) => chunkEvent(index, chunks)),
    encoder.encode('data: [DONE]\n\n'),
  ];
}

/** As the API sends them, limits of requests and tokens among them. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'application/json',
  'openai-processing-ms': '812',
  'openai-version': '2020-10-01',
  'x-ratelimit-limit-requests': '1000000000',
  'x-ratelimit-limit-tokens': '1000000000000',
  'x-ratelimit-remaining-requests': '999999999',
  'x-ratelimit-remaining-tokens': '999999999000',
  'x-ratelimit-reset-requests': '1ms',
  'x-ratelimit-reset-tokens': '1ms',
};

/** The answer to one request. */
export interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

function createAnswer(index: number): Answer {
  const id = index.toString(36).padStart(24, '0');
  const completion = {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: CREATED,
    model: MODEL,
    service_tier: 'default',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        logprobs: null,
        message: { role: 'assistant', refusal: null, content: 'It scatters most. '.repeat(20) },
      },
    ],
    usage: USAGE,
  };
  return {
    headers: { ...HEADERS, 'x-request-id': `req_${id}` },
    body: encoder.encode(JSON.stringify(completion)),
  };
}

/** More than anything remembers, for no two answers of an API have the same ids. */
const ANSWERS = 5000;

/** Gives one answer after the other. */
export function answerSource(): () => Answer {
  const answers = Array.from({ length: ANSWERS }, (_, index) => createAnswer(index));
  let given = 0;
  return () => {
    const answer = answers[given % ANSWERS];
    given += 1;
    return answer as Answer;
  };
}

/** The head of every stream. */
export const STREAM_HEADERS: Readonly<Record<string, string>> = {
  ...HEADERS,
  'content-type': 'text/event-stream',
  'x-request-id': 'req_0123456789',
};
