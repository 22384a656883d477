import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

let both: BothClients;

beforeAll(async () => {
  both = await connectBoth();
});

afterAll(() => both[Symbol.asyncDispose]());

function compare(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<unknown> {
  return compareCalls(both, { ours, theirs });
}

/** The id of a response that both servers have. */
async function makeResponse(
  parameters: OpenAI.Responses.ResponseCreateParamsNonStreaming = {},
): Promise<string> {
  const request = { model: MODEL, input: QUESTION, ...parameters };
  const made = await compare(
    (client) => client.responses.create(request),
    (client) => client.responses.create(request),
  );
  return (made as { id: string }).id;
}

/** The id of a conversation that both servers have. */
async function makeConversation(): Promise<string> {
  const items = ['one', 'two', 'three'].map((content) => ({ role: 'user' as const, content }));
  const made = await compare(
    (client) => client.conversations.create({ items, metadata: { topic: 'numbers' } }),
    (client) => client.conversations.create({ items, metadata: { topic: 'numbers' } }),
  );
  return (made as { id: string }).id;
}

const MODEL = 'gpt-4o-mini';
const QUESTION =
  '[1] A ledger keeps every entry.\n[2] A journal is kept daily.\n\nWhat is kept daily?';
const WEATHER = {
  type: 'function' as const,
  name: 'get_weather',
  strict: false,
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};
const SCHEMA = {
  type: 'json_schema' as const,
  name: 'answer',
  schema: { type: 'object', properties: { text: { type: 'string' }, sure: { type: 'boolean' } } },
};

const REQUESTS: [string, Omit<OpenAI.Responses.ResponseCreateParamsNonStreaming, 'stream'>][] = [
  ['plain', {}],
  ['instructions', { instructions: 'Quote the passages.' }],
  ['parts', { input: [{ role: 'user', content: [{ type: 'input_text', text: 'What?' }] }] }],
  ['function calls', { input: 'get_weather {"city": "Oslo"} get_weather', tools: [WEATHER] }],
  ['a required call', { tools: [WEATHER], tool_choice: { type: 'function', name: 'get_weather' } }],
  ['a custom tool', { input: 'note "milk"', tools: [{ type: 'custom', name: 'note' }] }],
  ['a schema', { text: { format: SCHEMA, verbosity: 'low' } }],
  ['thoughts', { reasoning: { effort: 'low', summary: 'auto' } }],
  ['a refusal', { metadata: { simulator_answer: 'refusal' } }],
  ['an answer that was cut', { max_output_tokens: 16, metadata: { simulator_answer: 'length' } }],
  ['a failure', { metadata: { simulator_failure: 'server_error' } }],
  ['text beyond ASCII', { input: 'Zürich, € 😀?' }],
  ['nulls', { temperature: null, previous_response_id: null }],
];

describe('responses.create', () => {
  it.each(REQUESTS)('%s', async (_what, parameters) => {
    await makeResponse(parameters);
  });

  it('passes unknown fields through', async () => {
    const request = { model: MODEL, input: QUESTION, some_new_field: { deep: [1, null] } };
    await compare(
      (client) => client.responses.create(request),
      (client) => client.responses.create(request),
    );
  });

  it('goes on from a response', async () => {
    await makeResponse({ previous_response_id: await makeResponse(), input: 'And weekly?' });
  });

  it('goes on in a conversation', async () => {
    await makeResponse({ conversation: await makeConversation() });
  });

  it.each(REQUESTS.filter(([what]) => what !== 'a failure'))(
    'streams the same events: %s',
    async (_what, parameters) => {
      const request = { model: MODEL, input: QUESTION, ...parameters, stream: true as const };
      const events = await compare(
        async (client) => collectItems(await client.responses.create(request)),
        async (client) => collectItems(await client.responses.create(request)),
      );
      expect((events as unknown[]).length).toBeGreaterThan(3);
    },
  );

  it.each(REQUESTS.filter(([what]) => what !== 'a failure'))(
    'puts the same response together from a stream: %s',
    async (_what, parameters) => {
      const request = { model: MODEL, input: QUESTION, ...parameters };
      await compare(
        async (client) => (await client.responses.createStream(request)).finalResponse(),
        async (client) => {
          const { output_parsed: _parsed, ...final } = await client.responses
            .stream(request)
            .finalResponse();
          return withoutParsed(final);
        },
      );
    },
  );
});

/** Their helper adds what it parsed, which nobody asked for. */
function withoutParsed(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) =>
      key === 'parsed' || key === 'parsed_arguments' ? undefined : member,
    ),
  ) as unknown;
}

describe('responses', () => {
  it('retrieve', async () => {
    const id = await makeResponse();
    await compare(
      (client) => client.responses.retrieve(id),
      (client) => client.responses.retrieve(id),
    );
    const include = ['file_search_call.results' as const, 'reasoning.encrypted_content' as const];
    await compare(
      (client) => client.responses.retrieve(id, { include }),
      (client) => client.responses.retrieve(id, { include }),
    );
  });

  it('retrieve as a stream, from an event on', async () => {
    const request = { model: MODEL, input: QUESTION, background: true, stream: true as const };
    const [event] = (await compare(
      async (client) => collectItems(await client.responses.create(request)),
      async (client) => collectItems(await client.responses.create(request)),
    )) as { response: { id: string } }[];
    const id = event?.response.id ?? '';
    const query = { stream: true as const, starting_after: 4, include_obfuscation: false };
    const rest = await compare(
      async (client) => collectItems(await client.responses.retrieve(id, query)),
      async (client) => collectItems(await client.responses.retrieve(id, query)),
    );
    expect((rest as { sequence_number: number }[])[0]?.sequence_number).toBe(5);
  });

  it('cancel', async () => {
    const id = await makeResponse({ background: true });
    await compare(
      async (client) => {
        // Theirs puts the text together for some methods only.
        const { output_text: _text, ...response } = await client.responses.cancel(id);
        return response;
      },
      (client) => client.responses.cancel(id),
    );
  });

  it('delete', async () => {
    const id = await makeResponse();
    await compare(
      (client) => client.responses.delete(id),
      // What theirs gives is not part of its types.
      (client) => client.responses.delete(id).then(() => undefined),
    );
  });

  it('compact', async () => {
    const request = { model: MODEL, input: QUESTION, instructions: 'Be short.' };
    await compare(
      (client) => client.responses.compact(request),
      (client) => client.responses.compact(request),
    );
  });

  it('inputTokens.count', async () => {
    const request = { model: MODEL, input: QUESTION, tools: [WEATHER] };
    await compare(
      (client) => client.responses.inputTokens.count(request),
      (client) => client.responses.inputTokens.count(request),
    );
  });

  it('inputItems.list, page by page', async () => {
    const input = ['one', 'two', 'three'].map((content) => ({ role: 'user' as const, content }));
    const id = await makeResponse({ input });
    const query = {
      limit: 2,
      order: 'asc' as const,
      include: ['file_search_call.results' as const],
    };
    await compare(
      (client) => collectItems(client.responses.inputItems.list(id, query)),
      (client) => collectItems(client.responses.inputItems.list(id, query)),
    );
  });

  it.each<[string, SameCall]>([
    [
      'an unknown response',
      {
        ours: (client) => client.responses.retrieve('resp_none'),
        theirs: (client) => client.responses.retrieve('resp_none'),
      },
    ],
    [
      'an unknown response before',
      {
        ours: (client) =>
          client.responses.create({ model: MODEL, previous_response_id: 'resp_none' }),
        theirs: (client) =>
          client.responses.create({ model: MODEL, previous_response_id: 'resp_none' }),
      },
    ],
    [
      'an id that needs encoding',
      {
        ours: (client) => client.responses.retrieve('resp/1?x=1#y'),
        theirs: (client) => client.responses.retrieve('resp/1?x=1#y'),
      },
    ],
  ])('fail alike for %s', async (_what, call) => {
    await compareFailures(both, call);
  });
});

describe('conversations', () => {
  it('create, empty', async () => {
    await compare(
      (client) => client.conversations.create({}),
      (client) => client.conversations.create({}),
    );
  });

  it('retrieve, update and delete', async () => {
    const id = await makeConversation();
    await compare(
      (client) => client.conversations.retrieve(id),
      (client) => client.conversations.retrieve(id),
    );
    await compare(
      (client) => client.conversations.update(id, { metadata: { topic: 'words' } }),
      (client) => client.conversations.update(id, { metadata: { topic: 'words' } }),
    );
    await compare(
      (client) => client.conversations.delete(id),
      (client) => client.conversations.delete(id),
    );
    await compareFailures(both, {
      ours: (client) => client.conversations.retrieve(id),
      theirs: (client) => client.conversations.retrieve(id),
    });
  });

  it('items', async () => {
    const id = await makeConversation();
    const place = { conversation_id: id };
    const include = ['message.output_text.logprobs' as const];
    const items = [{ role: 'user' as const, content: 'four' }];
    const { data } = (await compare(
      (client) => client.conversations.items.create(id, { items, include }),
      (client) => client.conversations.items.create(id, { items, include }),
    )) as { data: { id: string }[] };
    const itemId = data[0]?.id ?? '';
    await compare(
      (client) => collectItems(client.conversations.items.list(id, { limit: 3, include })),
      (client) => collectItems(client.conversations.items.list(id, { limit: 3, include })),
    );
    await compare(
      (client) => client.conversations.items.retrieve(itemId, { ...place, include }),
      (client) => client.conversations.items.retrieve(itemId, { ...place, include }),
    );
    await compare(
      (client) => client.conversations.items.delete(itemId, place),
      (client) => client.conversations.items.delete(itemId, place),
    );
  });
});
