import { BadRequestError, NotFoundError, RateLimitError } from '@integrations/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectItems } from './compare-calls.test.support.ts';
import {
  compareMistralCalls,
  compareMistralFailures,
  eventData,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

const MODEL = 'mistral-small-latest';
const FACT = 'My dog is called Rex the brave.';
const QUESTION = 'What is my dog called?';
const PARAMETERS = { type: 'object', properties: { city: { type: 'string' } } };
const WEATHER = {
  type: 'function',
  function: { name: 'get_weather', description: '', strict: false, parameters: PARAMETERS },
} as const;

let both: BothMistralClients;

beforeEach(async () => {
  both = await connectBothMistral();
});

afterEach(() => both[Symbol.asyncDispose]());

/** Makes the same call with each client, whose requests and results must be equal. */
async function compare<T>(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<T> {
  return (await compareMistralCalls(both, { ours, theirs })) as T;
}

interface Begun {
  readonly conversation_id: string;
  readonly outputs: readonly { readonly id: string; readonly tool_call_id: string }[];
}

function begin(inputs: string): Promise<Begun> {
  return compare(
    (client) => client.conversations.start({ model: MODEL, inputs }),
    (client) => client.beta.conversations.start({ model: MODEL, inputs }),
  );
}

describe('conversations', () => {
  it('are begun with all that can be said', async () => {
    const common = { model: MODEL, instructions: 'Be brief.', name: 'n', description: 'd' };
    await compare(
      (client) =>
        client.conversations.start({
          ...common,
          inputs: [
            { type: 'message.input', role: 'user', content: [{ type: 'text', text: FACT }] },
            { type: 'message.output', role: 'assistant', content: 'Nice.' },
            { type: 'message.input', role: 'user', content: QUESTION },
          ],
          store: true,
          handoff_execution: 'server',
          metadata: { a: 1 },
          tools: [WEATHER, { type: 'web_search' }],
          completion_args: { temperature: 0.1, max_tokens: 60, tool_choice: 'auto' },
        }),
      (client) =>
        client.beta.conversations.start({
          ...common,
          inputs: [
            { type: 'message.input', role: 'user', content: [{ type: 'text', text: FACT }] },
            { type: 'message.output', role: 'assistant', content: 'Nice.' },
            { type: 'message.input', role: 'user', content: QUESTION },
          ],
          store: true,
          handoffExecution: 'server',
          metadata: { a: 1 },
          tools: [WEATHER, { type: 'web_search' }],
          completionArgs: { temperature: 0.1, maxTokens: 60, toolChoice: 'auto' },
        }),
    );
  });

  it('go on, begin anew, and are told and deleted', async () => {
    const { conversation_id: conversationId, outputs } = await begin(FACT);
    await compare(
      (client) => client.conversations.append(conversationId, { inputs: QUESTION, store: true }),
      (client) =>
        client.beta.conversations.append({
          conversationId,
          conversationAppendRequest: { inputs: QUESTION, store: true },
        }),
    );
    const from = outputs[0]?.id ?? '';
    await compare(
      (client) =>
        client.conversations.restart(conversationId, {
          from_entry_id: from,
          inputs: QUESTION,
          metadata: { b: 2 },
        }),
      (client) =>
        client.beta.conversations.restart({
          conversationId,
          conversationRestartRequest: {
            fromEntryId: from,
            inputs: QUESTION,
            metadata: { b: 2 },
          },
        }),
    );
    await compare(
      (client) => client.conversations.get(conversationId),
      (client) => client.beta.conversations.get({ conversationId }),
    );
    await compare(
      (client) => client.conversations.history(conversationId),
      (client) => client.beta.conversations.getHistory({ conversationId }),
    );
    await compare(
      (client) => client.conversations.messages(conversationId),
      (client) => client.beta.conversations.getMessages({ conversationId }),
    );
    await compare(
      async (client) =>
        (await client.conversations.list({ page: 0, page_size: 3, metadata: { b: 2 } })).data,
      (client) => client.beta.conversations.list({ page: 0, pageSize: 3, metadata: { b: 2 } }),
    );
    await compare(
      (client) => client.conversations.delete(conversationId),
      (client) => client.beta.conversations.delete({ conversationId }),
    );
  });

  it('call functions, and take what they give back', async () => {
    const inputs = 'get_weather {"city":"Oslo"}';
    const begun = await compare<Begun>(
      (client) => client.conversations.start({ model: MODEL, inputs, tools: [WEATHER] }),
      (client) => client.beta.conversations.start({ model: MODEL, inputs, tools: [WEATHER] }),
    );
    const { conversation_id: conversationId } = begun;
    const id = begun.outputs[0]?.tool_call_id ?? '';
    await compare(
      (client) =>
        client.conversations.append(conversationId, {
          inputs: [{ type: 'function.result', tool_call_id: id, result: 'Cold.' }],
        }),
      (client) =>
        client.beta.conversations.append({
          conversationId,
          conversationAppendRequest: {
            inputs: [{ type: 'function.result', toolCallId: id, result: 'Cold.' }],
          },
        }),
    );
  });

  it('fail in the same way', async () => {
    const conversationId = 'conv_none';
    const calls: (SameMistralCall & {
      readonly error: abstract new (...args: never[]) => Error;
    })[] = [
      {
        ours: (client) => client.conversations.get(conversationId),
        theirs: (client) => client.beta.conversations.get({ conversationId }),
        error: NotFoundError,
      },
      {
        ours: (client) => client.conversations.history(conversationId),
        theirs: (client) => client.beta.conversations.getHistory({ conversationId }),
        error: NotFoundError,
      },
      {
        ours: (client) => client.conversations.start({ model: 'none', inputs: 'a' }),
        theirs: (client) => client.beta.conversations.start({ model: 'none', inputs: 'a' }),
        error: BadRequestError,
      },
    ];
    for (const { error, ...call } of calls) {
      expect(await compareMistralFailures(both, call)).toBeInstanceOf(error);
    }
  });
});

describe('streams of conversations', () => {
  it.each<[string, object, object]>([
    ['text', { inputs: FACT }, {}],
    [
      'thoughts',
      { inputs: FACT, completion_args: { reasoning_effort: 'high' } },
      { completionArgs: { reasoningEffort: 'high' } },
    ],
    ['calls', { inputs: 'get_weather {"city":"Oslo"}', tools: [WEATHER] }, {}],
    ['tools', { inputs: 'web_search {"query":"moon"}', tools: [{ type: 'web_search' }] }, {}],
  ])('give the same events: %s', async (_what, request, more) => {
    const { completion_args: _args, ...rest } = request as { completion_args?: object };
    await compare(
      async (client) =>
        collectItems(
          await client.conversations.startStream({ model: MODEL, inputs: '', ...request }),
        ),
      async (client) =>
        eventData(
          await client.beta.conversations.startStream({
            model: MODEL,
            inputs: '',
            ...rest,
            ...more,
          }),
        ),
    );
  });

  it('go on, and begin anew', async () => {
    const { conversation_id: conversationId, outputs } = await begin(FACT);
    const inputs = QUESTION;
    await compare(
      async (client) =>
        collectItems(await client.conversations.appendStream(conversationId, { inputs })),
      async (client) =>
        eventData(
          await client.beta.conversations.appendStream({
            conversationId,
            conversationAppendStreamRequest: { inputs },
          }),
        ),
    );
    const from = outputs[0]?.id ?? '';
    await compare(
      async (client) =>
        collectItems(
          await client.conversations.restartStream(conversationId, { from_entry_id: from, inputs }),
        ),
      async (client) =>
        eventData(
          await client.beta.conversations.restartStream({
            conversationId,
            conversationRestartStreamRequest: { fromEntryId: from, inputs },
          }),
        ),
    );
  });

  it('throw the error that an event tells: theirs is an event as any other', async () => {
    const fault = { errorEvent: { afterEvents: 2, error: { message: 'Slow down', code: '1300' } } };
    both.oursSees.inject({ fault });
    both.theirsSees.inject({ fault });
    const request = { model: MODEL, inputs: FACT };
    const stream = await both.ours.conversations.startStream(request);
    await expect(collectItems(stream)).rejects.toBeInstanceOf(RateLimitError);
    const theirs = await eventData(await both.theirs.beta.conversations.startStream(request));
    expect(theirs.at(-1)).toMatchObject({ type: 'conversation.response.error' });
  });

  it('tell that they were cut: theirs ends as if it were whole', async () => {
    const fault = { cutAfterEvents: 2 };
    both.oursSees.inject({ fault });
    both.theirsSees.inject({ fault });
    const request = { model: MODEL, inputs: FACT };
    const stream = await both.ours.conversations.startStream(request);
    await expect(collectItems(stream)).rejects.toMatchObject({ code: 'stream_truncated' });
    const theirs = await eventData(await both.theirs.beta.conversations.startStream(request));
    expect(theirs).toHaveLength(2);
  });
});
