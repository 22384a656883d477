import type OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

const QUESTION = '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?';
const WEATHER = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object' } },
};

let both: BothClients;

beforeEach(async () => {
  both = await connectBoth({ retired: true });
});

afterEach(() => both[Symbol.asyncDispose]());

function compare(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<unknown> {
  return compareCalls(both, { ours, theirs });
}

async function idOf(made: Promise<unknown>): Promise<string> {
  return ((await made) as { readonly id: string }).id;
}

function makeAssistant(
  parameters: Partial<OpenAI.Beta.AssistantCreateParams> = {},
): Promise<string> {
  const request = { model: 'gpt-4o', ...parameters };
  return idOf(
    compare(
      (client) => client.beta.assistants.create(request),
      (client) => client.beta.assistants.create(request),
    ),
  );
}

function makeThread(content = QUESTION): Promise<string> {
  const request = { messages: [{ role: 'user' as const, content }] };
  return idOf(
    compare(
      (client) => client.beta.threads.create(request),
      (client) => client.beta.threads.create(request),
    ),
  );
}

describe('beta.assistants', () => {
  it('are made, changed, listed and deleted', async () => {
    const id = await makeAssistant({ name: 'a', temperature: 0.2, tools: [WEATHER] });
    await makeAssistant();
    await compare(
      (client) => client.beta.assistants.retrieve(id),
      (client) => client.beta.assistants.retrieve(id),
    );
    await compare(
      (client) => client.beta.assistants.update(id, { name: 'b', metadata: { k: 'v' } }),
      (client) => client.beta.assistants.update(id, { name: 'b', metadata: { k: 'v' } }),
    );
    const query = { limit: 1, order: 'asc' as const };
    const all = await compare(
      (client) => collectItems(client.beta.assistants.list(query)),
      (client) => collectItems(client.beta.assistants.list(query)),
    );
    expect(all).toHaveLength(2);
    await compare(
      (client) => client.beta.assistants.delete(id),
      (client) => client.beta.assistants.delete(id),
    );
    await compareFailures(both, {
      ours: (client) => client.beta.assistants.retrieve(id),
      theirs: (client) => client.beta.assistants.retrieve(id),
    });
  });
});

describe('beta.threads', () => {
  it('are made, changed and deleted', async () => {
    await compare(
      (client) => client.beta.threads.create(),
      (client) => client.beta.threads.create(),
    );
    const id = await makeThread();
    await compare(
      (client) => client.beta.threads.retrieve(id),
      (client) => client.beta.threads.retrieve(id),
    );
    await compare(
      (client) => client.beta.threads.update(id, { metadata: { k: 'v' } }),
      (client) => client.beta.threads.update(id, { metadata: { k: 'v' } }),
    );
    await compare(
      (client) => client.beta.threads.delete(id),
      (client) => client.beta.threads.delete(id),
    );
  });

  it('have messages', async () => {
    const thread_id = await makeThread();
    const message = { role: 'user' as const, content: [{ type: 'text' as const, text: 'more' }] };
    const id = await idOf(
      compare(
        (client) => client.beta.threads.messages.create(thread_id, message),
        (client) => client.beta.threads.messages.create(thread_id, message),
      ),
    );
    await compare(
      (client) => client.beta.threads.messages.retrieve(id, { thread_id }),
      (client) => client.beta.threads.messages.retrieve(id, { thread_id }),
    );
    const update = { thread_id, metadata: { k: 'v' } };
    await compare(
      (client) => client.beta.threads.messages.update(id, update),
      (client) => client.beta.threads.messages.update(id, update),
    );
    const all = await compare(
      (client) => collectItems(client.beta.threads.messages.list(thread_id, { limit: 1 })),
      (client) => collectItems(client.beta.threads.messages.list(thread_id, { limit: 1 })),
    );
    expect(all).toHaveLength(2);
    await compare(
      (client) => client.beta.threads.messages.delete(id, { thread_id }),
      (client) => client.beta.threads.messages.delete(id, { thread_id }),
    );
  });
});

describe('beta.threads.runs', () => {
  it('go on until they complete', async () => {
    const [assistant_id, thread_id] = [await makeAssistant(), await makeThread()];
    const request = {
      assistant_id,
      include: ['step_details.tool_calls[*].file_search.results[*].content' as const],
    };
    const id = await idOf(
      compare(
        (client) => client.beta.threads.runs.create(thread_id, request),
        (client) => client.beta.threads.runs.create(thread_id, request),
      ),
    );
    const update = { thread_id, metadata: { k: 'v' } };
    await compare(
      (client) => client.beta.threads.runs.update(id, update),
      (client) => client.beta.threads.runs.update(id, update),
    );
    const statuses: unknown[] = [];
    while (statuses.at(-1) !== 'completed') {
      const run = await compare(
        (client) => client.beta.threads.runs.retrieve(id, { thread_id }),
        (client) => client.beta.threads.runs.retrieve(id, { thread_id }),
      );
      statuses.push((run as { readonly status: string }).status);
    }
    expect(statuses).toEqual(['in_progress', 'completed']);
    await compare(
      (client) => collectItems(client.beta.threads.messages.list(thread_id, { run_id: id })),
      (client) => collectItems(client.beta.threads.messages.list(thread_id, { run_id: id })),
    );
    await compare(
      (client) => collectItems(client.beta.threads.runs.list(thread_id)),
      (client) => collectItems(client.beta.threads.runs.list(thread_id)),
    );
    const [step] = (await compare(
      (client) =>
        collectItems(client.beta.threads.runs.steps.list(id, { thread_id, order: 'asc' })),
      (client) =>
        collectItems(client.beta.threads.runs.steps.list(id, { thread_id, order: 'asc' })),
    )) as { readonly id: string }[];
    await compare(
      (client) =>
        client.beta.threads.runs.steps.retrieve(step?.id ?? '', { thread_id, run_id: id }),
      (client) =>
        client.beta.threads.runs.steps.retrieve(step?.id ?? '', { thread_id, run_id: id }),
    );
  });

  it('wait for functions, and go on with what they gave', async () => {
    const assistant_id = await makeAssistant({ tools: [WEATHER] });
    const request = { assistant_id, tool_choice: 'required' as const, stream: true as const };
    const thread_id = await makeThread();
    const events = (await compare(
      async (client) => collectItems(await client.beta.threads.runs.create(thread_id, request)),
      async (client) => collectItems(await client.beta.threads.runs.create(thread_id, request)),
    )) as { readonly event: string; readonly data: OpenAI.Beta.Threads.Run }[];
    const last = events.at(-1);
    expect(last?.event).toBe('thread.run.requires_action');
    const call = last?.data.required_action?.submit_tool_outputs.tool_calls[0];
    const outputs = {
      thread_id,
      tool_outputs: [{ tool_call_id: call?.id ?? '', output: 'sunny' }],
    };
    const id = last?.data.id ?? '';
    const streamed = { ...outputs, stream: true as const };
    const rest = (await compare(
      async (client) =>
        collectItems(await client.beta.threads.runs.submitToolOutputs(id, streamed)),
      async (client) =>
        collectItems(await client.beta.threads.runs.submitToolOutputs(id, streamed)),
    )) as { readonly event: string }[];
    expect(rest.at(-1)?.event).toBe('thread.run.completed');
    await compareFailures(both, {
      ours: (client) => client.beta.threads.runs.submitToolOutputs(id, outputs),
      theirs: (client) => client.beta.threads.runs.submitToolOutputs(id, outputs),
    });
  });

  it('begin with their thread, streamed or not, and are cancelled', async () => {
    const assistant_id = await makeAssistant();
    const request = {
      assistant_id,
      thread: { messages: [{ role: 'user' as const, content: QUESTION }] },
    };
    const run = (await compare(
      (client) => client.beta.threads.createAndRun(request),
      (client) => client.beta.threads.createAndRun(request),
    )) as { readonly id: string; readonly thread_id: string };
    const { id, thread_id } = run;
    await compare(
      (client) => client.beta.threads.runs.cancel(id, { thread_id }),
      (client) => client.beta.threads.runs.cancel(id, { thread_id }),
    );
    const events = await compare(
      async (client) =>
        collectItems(await client.beta.threads.createAndRun({ ...request, stream: true })),
      async (client) =>
        collectItems(await client.beta.threads.createAndRun({ ...request, stream: true })),
    );
    expect(events).toMatchObject([
      { event: 'thread.created' },
      ...Array.from({ length: 8 }, () => ({})),
    ]);
  });
});
