import { UnprocessableError } from '@integrations/errors';
import { type ChatCompletion, zodResponseFormat } from '@integrations/mistral';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collectItems } from './compare-calls.test.support.ts';
import {
  compareMistralCalls,
  compareMistralFailures,
  eventData,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { asWire, type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

let both: BothMistralClients;

beforeAll(async () => {
  both = await connectBothMistral();
});

afterAll(() => both[Symbol.asyncDispose]());

function compare(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<unknown> {
  return compareMistralCalls(both, { ours, theirs });
}

const MODEL = 'mistral-small-latest';
const QUESTION =
  '[1] A ledger keeps every entry.\n[2] A journal is kept daily.\n\nWhat is kept daily?';
const MESSAGES = [
  { role: 'system' as const, content: 'Quote the passages.' },
  { role: 'user' as const, content: QUESTION },
];
const REQUEST = { model: MODEL, messages: MESSAGES };

const TOOLS = [
  {
    type: 'function' as const,
    function: {
      name: 'weather',
      description: 'Tells the weather.',
      strict: true,
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];
const CALLING = [{ role: 'user' as const, content: 'weather {"city":"Oslo"}' }];

/** Requests that say the same, by the names of the API and by those of the official client. */
const SAME_REQUESTS = [
  { what: 'plain', wire: {}, official: {} },
  { what: 'several answers', wire: { n: 2 }, official: { n: 2 } },
  { what: 'cut by length', wire: { max_tokens: 3 }, official: { maxTokens: 3 } },
  { what: 'cut by a stop sequence', wire: { stop: ['daily'] }, official: { stop: ['daily'] } },
  {
    what: 'every plain parameter',
    wire: {
      temperature: 0.2,
      top_p: 0.9,
      random_seed: 4,
      presence_penalty: 1,
      frequency_penalty: -1,
      safe_prompt: true,
      parallel_tool_calls: false,
      metadata: { city: 'Zürich', sign: '€ 😀' },
      prediction: { type: 'content' as const, content: 'A journal' },
      prompt_cache_key: 'k',
      service_tier: 'standard_only' as const,
    },
    official: {
      temperature: 0.2,
      topP: 0.9,
      randomSeed: 4,
      presencePenalty: 1,
      frequencyPenalty: -1,
      safePrompt: true,
      parallelToolCalls: false,
      metadata: { city: 'Zürich', sign: '€ 😀' },
      prediction: { type: 'content' as const, content: 'A journal' },
      promptCacheKey: 'k',
      serviceTier: 'standard_only' as const,
    },
  },
  {
    what: 'nulls',
    wire: { temperature: null, stop: null, tools: null },
    official: { temperature: null, stop: null, tools: null },
  },
  {
    what: 'guardrails',
    wire: {
      guardrails: [
        {
          block_on_error: true,
          moderation_llm_v2: {
            model_name: 'mistral-moderation-2603',
            custom_category_thresholds: { sexual: 0.1 },
            ignore_other_categories: true,
            action: 'none' as const,
          },
        },
      ],
    },
    official: {
      guardrails: [
        {
          blockOnError: true,
          moderationLlmV2: {
            modelName: 'mistral-moderation-2603',
            customCategoryThresholds: { sexual: 0.1 },
            ignoreOtherCategories: true,
            action: 'none' as const,
          },
        },
      ],
    },
  },
  {
    what: 'reasoning',
    wire: { prompt_mode: 'reasoning' as const, reasoning_effort: 'high' as const },
    official: { promptMode: 'reasoning' as const, reasoningEffort: 'high' as const },
  },
  {
    what: 'JSON',
    wire: { response_format: { type: 'json_object' as const } },
    official: { responseFormat: { type: 'json_object' as const } },
  },
  {
    what: 'tools that may be called',
    wire: { messages: CALLING, tools: TOOLS, tool_choice: 'auto' as const },
    official: { messages: CALLING, tools: TOOLS, toolChoice: 'auto' as const },
  },
  {
    what: 'tools that must be called',
    wire: { messages: CALLING, tools: TOOLS, tool_choice: 'any' as const },
    official: { messages: CALLING, tools: TOOLS, toolChoice: 'any' as const },
  },
  {
    what: 'one tool that must be called',
    wire: {
      messages: CALLING,
      tools: TOOLS,
      tool_choice: { type: 'function' as const, function: { name: 'weather' } },
    },
    official: {
      messages: CALLING,
      tools: TOOLS,
      toolChoice: { type: 'function' as const, function: { name: 'weather' } },
    },
  },
  {
    what: 'a conversation with tools and parts',
    wire: {
      tools: TOOLS,
      messages: [
        {
          role: 'user' as const,
          content: [
            { type: 'text' as const, text: 'Where is this?' },
            { type: 'image_url' as const, image_url: { url: 'https://example.com/a.png' } },
            { type: 'document_url' as const, document_url: 'https://example.com/a.pdf' },
          ],
        },
        {
          role: 'assistant' as const,
          content: '',
          prefix: false,
          tool_calls: [
            {
              index: 0,
              id: 'D681PevKs',
              type: 'function' as const,
              function: { name: 'weather', arguments: '{"city":"Oslo"}' },
            },
          ],
        },
        {
          role: 'tool' as const,
          name: 'weather',
          tool_call_id: 'D681PevKs',
          content: 'Sunny in Oslo.',
        },
      ],
    },
    official: {
      tools: TOOLS,
      messages: [
        {
          role: 'user' as const,
          content: [
            { type: 'text' as const, text: 'Where is this?' },
            { type: 'image_url' as const, imageUrl: { url: 'https://example.com/a.png' } },
            { type: 'document_url' as const, documentUrl: 'https://example.com/a.pdf' },
          ],
        },
        {
          role: 'assistant' as const,
          content: '',
          toolCalls: [
            {
              id: 'D681PevKs',
              type: 'function' as const,
              function: { name: 'weather', arguments: '{"city":"Oslo"}' },
            },
          ],
        },
        {
          role: 'tool' as const,
          name: 'weather',
          toolCallId: 'D681PevKs',
          content: 'Sunny in Oslo.',
        },
      ],
    },
  },
  {
    what: 'a prefix',
    wire: {
      messages: [...MESSAGES, { role: 'assistant' as const, content: 'Well: ', prefix: true }],
    },
    official: {
      messages: [...MESSAGES, { role: 'assistant' as const, content: 'Well: ', prefix: true }],
    },
  },
];

/** Pieces of a thought say that it is not complete, and none says that it is. */
function contentOf({ message: { content } }: ChatCompletion['choices'][number]): unknown {
  if (!Array.isArray(content)) return content;
  return content.map((part) => ({ ...part, closed: undefined }));
}

describe('chat.create', () => {
  it.each(SAME_REQUESTS)('$what', async ({ wire, official }) => {
    await compare(
      (client) => client.chat.create({ ...REQUEST, ...wire }),
      (client) => client.chat.complete({ ...REQUEST, ...official }),
    );
  });

  it('a request that the server refuses', async () => {
    const error = await compareMistralFailures(both, {
      ours: (client) => client.chat.create({ ...REQUEST, model: 'no-such-model' }),
      theirs: (client) => client.chat.complete({ ...REQUEST, model: 'no-such-model' }),
    });
    expect(error).toMatchObject({ retryable: false });
  });

  it('sends fields that it does not know, which theirs drops', async () => {
    // Ids count up alike only where both clients succeed: these two fall out of step.
    await using pair = await connectBothMistral();
    const request = { ...REQUEST, brand_new: true };
    const refusal = pair.ours.chat.create(request);
    await expect(refusal).rejects.toBeInstanceOf(UnprocessableError);
    expect(pair.oursSees.requests.at(-1)?.body).toEqual(request);
    await pair.theirs.chat.complete(request);
    expect(pair.theirsSees.requests.at(-1)?.body).not.toHaveProperty('brand_new');
  });
});

describe('chat.createStream', () => {
  it.each(SAME_REQUESTS)('$what', async ({ wire, official }) => {
    const chunks = await compare(
      async (client) => collectItems(await client.chat.createStream({ ...REQUEST, ...wire })),
      async (client) => eventData(await client.chat.stream({ ...REQUEST, ...official })),
    );
    expect((chunks as unknown[]).length).toBeGreaterThan(2);
  });

  it.each(SAME_REQUESTS)('$what, put together as the whole answer', async ({ wire, official }) => {
    const stream = await both.ours.chat.createStream({ ...REQUEST, ...wire });
    const streamed = await stream.finalCompletion();
    const whole = asWire(
      await both.theirs.chat.complete({ ...REQUEST, ...official }),
    ) as ChatCompletion;
    expect(streamed.choices.map(({ finish_reason: reason }) => reason)).toEqual(
      whole.choices.map(({ finish_reason: reason }) => reason),
    );
    expect(streamed.choices.map(contentOf)).toEqual(whole.choices.map(contentOf));
    const called = (answer: typeof whole): unknown =>
      answer.choices.map(({ message }) => message.tool_calls?.map((call) => call.function));
    expect(called(streamed)).toEqual(called(whole));
  });
});

describe('chat.parse', () => {
  const Answer = z.object({ city: z.string(), days: z.int() });

  it('gives what the schema makes of the answer', async () => {
    const mine = await both.ours.chat.parse({
      ...REQUEST,
      response_format: zodResponseFormat(Answer, 'placeholderName'),
    });
    const official = await both.theirs.chat.parse({ ...REQUEST, responseFormat: Answer });
    expect(mine.choices[0]?.message.parsed).toEqual(official.choices?.[0]?.message?.parsed);
    const [sent, theirs] = [both.oursSees, both.theirsSees].map(
      ({ requests }) => requests.at(-1)?.body as { response_format: { json_schema: object } },
    );
    expect(sent?.response_format.json_schema).toMatchObject({
      name: 'placeholderName',
      strict: true,
      schema: { type: 'object', required: ['city', 'days'], additionalProperties: false },
    });
    expect(theirs?.response_format.json_schema).toMatchObject({ strict: true });
  });
});

describe('chat.parseStream', () => {
  it('has the same text, which ours reads by the schema as well', async () => {
    const Answer = z.object({ city: z.string(), days: z.int() });
    const mine = await both.ours.chat.parseStream({
      ...REQUEST,
      response_format: zodResponseFormat(Answer, 'placeholderName'),
    });
    const official = await both.theirs.chat.parseStream({ ...REQUEST, responseFormat: Answer });
    let text = '';
    for await (const { data } of official) {
      const content = data.choices[0]?.delta.content;
      if (typeof content === 'string') text += content;
    }
    expect(await mine.finalContent()).toBe(text);
    const { choices } = await mine.finalCompletion();
    expect(choices[0]?.message.parsed).toEqual(JSON.parse(text));
  });
});

describe('fim', () => {
  const wire = { model: 'codestral-latest', prompt: 'function add(a, b) {', suffix: '}' };
  const options = [
    { what: 'plain', more: {}, official: {} },
    {
      what: 'every parameter',
      more: { max_tokens: 5, min_tokens: 1, random_seed: 2, stop: ';', temperature: 0, top_p: 1 },
      official: { maxTokens: 5, minTokens: 1, randomSeed: 2, stop: ';', temperature: 0, topP: 1 },
    },
  ];

  it.each(options)('create: $what', async ({ more, official }) => {
    await compare(
      (client) => client.fim.create({ ...wire, ...more }),
      (client) => client.fim.complete({ ...wire, ...official }),
    );
  });

  it.each(options)('createStream: $what', async ({ more, official }) => {
    await compare(
      async (client) => collectItems(await client.fim.createStream({ ...wire, ...more })),
      async (client) => eventData(await client.fim.stream({ ...wire, ...official })),
    );
  });
});
