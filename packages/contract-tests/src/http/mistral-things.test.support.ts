import type { MistralClient } from '@integrations/mistral';
import { idOf } from './call-table.test.support.ts';

export interface Question {
  readonly role: 'user';
  readonly content: string;
}

export const MODEL = 'mistral-small-latest';
export const QUESTION = '[1] A ledger keeps every entry.\n\nWhat does a ledger keep?';
export const messages: readonly Question[] = [{ role: 'user', content: QUESTION }];
export const CHAT: { readonly model: string; readonly messages: readonly Question[] } = {
  model: MODEL,
  messages,
};
export const TALK: { readonly model: string; readonly inputs: string } = {
  model: MODEL,
  inputs: QUESTION,
};
export const metadata = { team: 'a' } as const;
export const AGENT = {
  model: 'mistral-small-latest',
  name: 'one',
  instructions: 'Be brief.',
} as const;
export const VOICE = { name: 'Ada', sample_audio: 'AAAA', sample_filename: 'a.wav' } as const;
export const DEFINITION = { content: 'Greet {{name}}.', variables: [{ name: 'name' }] } as const;
export const TRAINED = 'ft:open-mistral-7b:587a6b29:20240514:7e773925';
export const CLASSIFIER = 'ft:classifier:ministral-3b-latest:587a6b29:20250601:1f4c2a90';
export const SOMEBODY = {
  share_with_uuid: '00000000-0000-4000-8000-000000000000',
  share_with_type: 'User',
} as const;
export const JOB = {
  model: 'open-mistral-nemo',
  training_files: [{ file_id: 'file-training' }],
  hyperparameters: { training_steps: 10 },
  auto_start: false,
} as const;
export const BATCH = {
  endpoint: '/v1/chat/completions',
  model: 'mistral-small-latest',
  requests: [{ custom_id: 'a', body: { messages: [{ role: 'user', content: 'Hi.' }] } }],
  metadata: { team: 'a' },
} as const;

/** The ids of what was made, in the order in which calls name them. */
type Ids = Promise<readonly string[]>;

export function textFile(text = 'A ledger.', name = 'notes.txt'): File {
  return new File([text], name, { type: 'text/plain' });
}

export async function agent(client: MistralClient): Ids {
  return [await idOf(client.agents.create(AGENT))];
}

export async function agentWithAlias(client: MistralClient): Ids {
  const [id = ''] = await agent(client);
  await client.agents.aliases.set(id, { alias: 'stable', version: 0 });
  return [id];
}

export async function voice(client: MistralClient): Ids {
  return [await idOf(client.audio.voices.create(VOICE))];
}

export async function batch(client: MistralClient): Ids {
  return [await idOf(client.batch.create(BATCH))];
}

export async function endedBatch(client: MistralClient): Ids {
  const [id = ''] = await batch(client);
  for (let look = 0; look < 2; look += 1) await client.batch.get(id);
  return [id];
}

export async function conversation(client: MistralClient): Ids {
  return [(await client.conversations.start(TALK)).conversation_id];
}

export async function conversationEntry(client: MistralClient): Ids {
  const { conversation_id: id, outputs } = await client.conversations.start(TALK);
  return [id, outputs.find((entry) => 'id' in entry)?.id ?? ''];
}

export async function file(client: MistralClient): Ids {
  return [await idOf(client.files.upload({ file: textFile(), purpose: 'ocr' }))];
}

export async function job(client: MistralClient): Ids {
  return [await idOf(client.fineTuning.create(JOB))];
}

/** A job that has been found right, and waits for its start. */
export async function checkedJob(client: MistralClient): Ids {
  const [id = ''] = await job(client);
  for (let look = 0; look < 2; look += 1) await client.fineTuning.get(id);
  return [id];
}

export async function library(client: MistralClient): Ids {
  return [await idOf(client.libraries.create({ name: 'Ledgers' }))];
}

export async function sharedLibrary(client: MistralClient): Ids {
  const [id = ''] = await library(client);
  await client.libraries.accesses.set(id, { ...SOMEBODY, level: 'Editor' });
  return [id];
}

/** A document that has been read. */
export async function document(client: MistralClient): Ids {
  const [place = ''] = await library(client);
  const id = await idOf(client.libraries.documents.upload(place, { file: textFile() }));
  for (let look = 0; look < 3; look += 1) await client.libraries.documents.status(place, id);
  return [place, id];
}

export async function archivedModel(client: MistralClient): Ids {
  await client.models.archive(TRAINED);
  return [TRAINED];
}

export async function prompt(client: MistralClient): Ids {
  return [(await client.prompts.create({ name: 'greeting', definition: DEFINITION })).id ?? ''];
}
