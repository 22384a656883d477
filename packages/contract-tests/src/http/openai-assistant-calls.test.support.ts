import type { OpenAIClient } from '@integrations/openai';
import { after, type CallTable } from './call-table.test.support.ts';
import * as a from './openai-things.test.support.ts';

/** Those of `client.beta`, which the API has switched off and other servers still have. */
export const OPENAI_ASSISTANT_CALLS: CallTable<OpenAIClient> = {
  'beta.assistants.create': (client) =>
    client.beta.assistants.create({ model: a.MODEL, name: 'a', temperature: 0.2 }),
  'beta.assistants.delete': after(a.assistant, (client, id) => client.beta.assistants.delete(id)),
  'beta.assistants.list': after(a.assistant, (client) =>
    client.beta.assistants.list({ limit: 2, order: 'asc' }),
  ),
  'beta.assistants.retrieve': after(a.assistant, (client, id) =>
    client.beta.assistants.retrieve(id),
  ),
  'beta.assistants.update': after(a.assistant, (client, id) =>
    client.beta.assistants.update(id, { name: 'b' }),
  ),

  'beta.threads.create': (client) => client.beta.threads.create({ metadata: a.metadata }),
  'beta.threads.createAndRun': after(a.assistant, (client, assistant_id) =>
    client.beta.threads.createAndRun({ assistant_id, thread: { messages: a.messages } }),
  ),
  'beta.threads.delete': after(a.thread, (client, id) => client.beta.threads.delete(id)),
  'beta.threads.retrieve': after(a.thread, (client, id) => client.beta.threads.retrieve(id)),
  'beta.threads.update': after(a.thread, (client, id) =>
    client.beta.threads.update(id, { metadata: { team: 'b' } }),
  ),

  'beta.threads.messages.create': after(a.thread, (client, thread) =>
    client.beta.threads.messages.create(thread, { role: 'user', content: 'More.' }),
  ),
  'beta.threads.messages.delete': after(a.message, (client, thread_id, id) =>
    client.beta.threads.messages.delete(id, { thread_id }),
  ),
  'beta.threads.messages.list': after(a.message, (client, thread) =>
    client.beta.threads.messages.list(thread, { order: 'asc' }),
  ),
  'beta.threads.messages.retrieve': after(a.message, (client, thread_id, id) =>
    client.beta.threads.messages.retrieve(id, { thread_id }),
  ),
  'beta.threads.messages.update': after(a.message, (client, thread_id, id) =>
    client.beta.threads.messages.update(id, { thread_id, metadata: a.metadata }),
  ),

  'beta.threads.runs.cancel': after(a.run, (client, thread_id, id) =>
    client.beta.threads.runs.cancel(id, { thread_id }),
  ),
  'beta.threads.runs.create': after(a.assistantAndThread, (client, assistant_id, thread) =>
    client.beta.threads.runs.create(thread, { assistant_id }),
  ),
  'beta.threads.runs.create, streamed': after(
    a.assistantAndThread,
    (client, assistant_id, thread) =>
      client.beta.threads.runs.create(thread, {
        assistant_id,
        tool_choice: 'required',
        stream: true,
      }),
  ),
  'beta.threads.runs.list': after(a.run, (client, thread) => client.beta.threads.runs.list(thread)),
  'beta.threads.runs.retrieve': after(a.run, (client, thread_id, id) =>
    client.beta.threads.runs.retrieve(id, { thread_id }),
  ),
  'beta.threads.runs.steps.list': after(a.step, (client, thread_id, run) =>
    client.beta.threads.runs.steps.list(run, { thread_id }),
  ),
  'beta.threads.runs.steps.retrieve': after(a.step, (client, thread_id, run_id, id) =>
    client.beta.threads.runs.steps.retrieve(id, { thread_id, run_id }),
  ),
  'beta.threads.runs.submitToolOutputs': after(a.waitingRun, (client, thread_id, id, call) =>
    client.beta.threads.runs.submitToolOutputs(id, {
      thread_id,
      tool_outputs: [{ tool_call_id: call, output: 'Sunny.' }],
    }),
  ),
  'beta.threads.runs.update': after(a.run, (client, thread_id, id) =>
    client.beta.threads.runs.update(id, { thread_id, metadata: a.metadata }),
  ),
};
