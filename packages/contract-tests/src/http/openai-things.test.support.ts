import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenAIClient } from '@integrations/openai';
import { idOf } from './call-table.test.support.ts';

export interface Question {
  readonly role: 'user';
  readonly content: string;
}

export const MODEL = 'gpt-4o-mini';
export const QUESTION = '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?';
export const messages: readonly Question[] = [{ role: 'user', content: QUESTION }];
export const CHAT: { readonly model: string; readonly messages: readonly Question[] } = {
  model: MODEL,
  messages,
};
export const RESPONSE = {
  model: 'gpt-4o-mini',
  input: '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?',
} as const;
export const metadata = { team: 'a' } as const;
export const CHECKPOINT = 'ft:gpt-4o-mini:simulator::abc:ckpt-step-10';
export const PROJECT = { project_ids: ['proj-1'] } as const;
export const JOB = { model: 'gpt-4o-mini', training_file: 'file-training' } as const;
export const UPLOAD = {
  bytes: 3,
  filename: 'a.txt',
  mime_type: 'text/plain',
  purpose: 'user_data',
} as const;
/** The simulator accepts addresses of this machine alone. */
export const HOOK = {
  name: 'a',
  url: 'http://localhost:9/hook',
  event_types: ['batch.completed'],
} as const;

const WEATHER = {
  type: 'function' as const,
  function: { name: 'get_weather', parameters: { type: 'object' } },
};

/** The ids of what was made, in the order in which calls name them. */
type Ids = Promise<readonly string[]>;

export function textFile(text = 'A ledger.', name = 'notes.txt'): File {
  return new File([text], name, { type: 'text/plain' });
}

export async function file(client: OpenAIClient): Ids {
  return [await idOf(client.files.create({ file: textFile(), purpose: 'user_data' }))];
}

export async function batchInput(client: OpenAIClient): Ids {
  const body = { model: 'text-embedding-3-small', input: 'a', dimensions: 2 };
  const line = { custom_id: 'a', method: 'POST', url: '/v1/embeddings', body };
  const input = textFile(JSON.stringify(line), 'a.jsonl');
  return [await idOf(client.files.create({ file: input, purpose: 'batch' }))];
}

export function batchOf(input_file_id: string): Parameters<OpenAIClient['batches']['create']>[0] {
  return { completion_window: '24h', endpoint: '/v1/embeddings', input_file_id };
}

export async function batch(client: OpenAIClient): Ids {
  const [input = ''] = await batchInput(client);
  return [await idOf(client.batches.create(batchOf(input)))];
}

export async function assistant(client: OpenAIClient): Ids {
  return [await idOf(client.beta.assistants.create({ model: MODEL, tools: [WEATHER] }))];
}

export async function thread(client: OpenAIClient): Ids {
  return [await idOf(client.beta.threads.create({ messages }))];
}

export async function assistantAndThread(client: OpenAIClient): Ids {
  return [...(await assistant(client)), ...(await thread(client))];
}

export async function message(client: OpenAIClient): Ids {
  const [place = ''] = await thread(client);
  const request = { role: 'user', content: 'More.' } as const;
  return [place, await idOf(client.beta.threads.messages.create(place, request))];
}

export async function run(client: OpenAIClient): Ids {
  const assistant_id = await idOf(client.beta.assistants.create({ model: MODEL }));
  const [place = ''] = await thread(client);
  return [place, await idOf(client.beta.threads.runs.create(place, { assistant_id }))];
}

export async function step(client: OpenAIClient): Ids {
  const [thread_id = '', id = ''] = await run(client);
  for (let look = 0; look < 2; look += 1) {
    await client.beta.threads.runs.retrieve(id, { thread_id });
  }
  const { data } = await client.beta.threads.runs.steps.list(id, { thread_id });
  return [thread_id, id, data[0]?.id ?? ''];
}

/** A run that waits for what a function gives. */
export async function waitingRun(client: OpenAIClient): Ids {
  const [assistant_id = '', thread_id = ''] = await assistantAndThread(client);
  const request = { assistant_id, tool_choice: 'required' } as const;
  const id = await idOf(client.beta.threads.runs.create(thread_id, request));
  await client.beta.threads.runs.retrieve(id, { thread_id });
  const { required_action } = await client.beta.threads.runs.retrieve(id, { thread_id });
  return [thread_id, id, required_action?.submit_tool_outputs.tool_calls[0]?.id ?? ''];
}

export async function storedCompletion(client: OpenAIClient): Ids {
  return [await idOf(client.chat.completions.create({ ...CHAT, store: true, metadata }))];
}

export async function container(client: OpenAIClient): Ids {
  return [await idOf(client.containers.create({ name: 'work' }))];
}

export async function containerFile(client: OpenAIClient): Ids {
  const [place = ''] = await container(client);
  return [place, await idOf(client.containers.files.create(place, { file: textFile() }))];
}

export async function conversation(client: OpenAIClient): Ids {
  return [await idOf(client.conversations.create({ items: [...messages] }))];
}

export async function conversationItem(client: OpenAIClient): Ids {
  const [place = ''] = await conversation(client);
  const { data } = await client.conversations.items.list(place);
  return [place, data[0]?.id ?? ''];
}

export async function permission(client: OpenAIClient): Ids {
  const { data } = await client.fineTuning.checkpoints.permissions.create(CHECKPOINT, PROJECT);
  return [data[0]?.id ?? ''];
}

export async function job(client: OpenAIClient): Ids {
  return [await idOf(client.fineTuning.jobs.create(JOB))];
}

export async function pausedJob(client: OpenAIClient): Ids {
  const [id = ''] = await job(client);
  await client.fineTuning.jobs.pause(id);
  return [id];
}

export async function endedJob(client: OpenAIClient): Ids {
  const [id = ''] = await job(client);
  for (let look = 0; look < 6; look += 1) await client.fineTuning.jobs.retrieve(id);
  return [id];
}

export async function trainedModel(client: OpenAIClient): Ids {
  const [id = ''] = await endedJob(client);
  return [(await client.fineTuning.jobs.retrieve(id)).fine_tuned_model ?? ''];
}

export async function response(client: OpenAIClient): Ids {
  return [await idOf(client.responses.create(RESPONSE))];
}

export async function backgroundResponse(client: OpenAIClient): Ids {
  return [await idOf(client.responses.create({ ...RESPONSE, background: true }))];
}

export async function upload(client: OpenAIClient): Ids {
  return [await idOf(client.uploads.create(UPLOAD))];
}

export async function uploadPart(client: OpenAIClient): Ids {
  const [place = ''] = await upload(client);
  return [place, await idOf(client.uploads.parts.create(place, { data: textFile('abc') }))];
}

export async function store(client: OpenAIClient): Ids {
  return [await idOf(client.vectorStores.create({ name: 'notes' }))];
}

export async function storeAndFile(client: OpenAIClient): Ids {
  return [...(await store(client)), ...(await file(client))];
}

/** A store with a file that has been taken in. */
export async function storedFile(client: OpenAIClient): Ids {
  const [vector_store_id = '', file_id = ''] = await storeAndFile(client);
  await client.vectorStores.files.create(vector_store_id, { file_id });
  await client.vectorStores.files.retrieve(file_id, { vector_store_id });
  return [vector_store_id, file_id];
}

export async function fileBatch(client: OpenAIClient): Ids {
  const [place = '', id = ''] = await storeAndFile(client);
  return [place, await idOf(client.vectorStores.fileBatches.create(place, { file_ids: [id] }))];
}

export async function webhook(client: OpenAIClient): Ids {
  return [await idOf(client.webhooks.create(HOOK))];
}

/** A webhook with a server behind it, for the one delivery that a test of it makes. */
export async function reachableWebhook(client: OpenAIClient): Ids {
  const receiver = createServer((_request, response) => {
    response.setHeader('connection', 'close').end(() => receiver.close());
  });
  await once(receiver.listen(0, '127.0.0.1').unref(), 'listening');
  const { port } = receiver.address() as AddressInfo;
  return [await idOf(client.webhooks.create({ ...HOOK, url: `http://127.0.0.1:${port}/` }))];
}
