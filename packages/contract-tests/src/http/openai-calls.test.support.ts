import {
  type OpenAIClient,
  zodFunction,
  zodResponseFormat,
  zodResponsesFunction,
  zodTextFormat,
} from '@integrations/openai';
import { z } from 'zod';
import { after, type CallTable } from './call-table.test.support.ts';
import { OPENAI_ASSISTANT_CALLS } from './openai-assistant-calls.test.support.ts';
import * as a from './openai-things.test.support.ts';

const ANSWER = z.object({ text: z.string() });
const CHAT_FORMAT = zodResponseFormat(ANSWER, 'answer');
const TEXT_FORMAT = { format: zodTextFormat(ANSWER, 'answer') };
const IMAGE = { model: 'gpt-image-1', prompt: 'A ledger', size: '256x256' } as const;
const TOOL = {
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  function: ({ city }: { readonly city: string }) => `Sunny in ${city}.`,
};
const SPEECH = { model: 'gpt-4o-mini-tts', input: 'Hi', voice: 'alloy' } as const;
const EMBEDDING = { model: 'text-embedding-3-small', dimensions: 4 };
const KEYED = { idempotencyKey: 'order-1' };
const PAGE = { limit: 2 };
const image = new File(['an image'], 'image.png', { type: 'image/png' });
const sound = new File(['a sound'], 'speech.wav', { type: 'audio/wav' });

/** One call for each method of the client that makes one request, and some for the other ways to make it. */
export const OPENAI_CALLS: CallTable<OpenAIClient> = {
  ...OPENAI_ASSISTANT_CALLS,

  'audio.speech.create': (client) => client.audio.speech.create(SPEECH),
  'audio.speech.create, streamed': (client) =>
    client.audio.speech.create({ ...SPEECH, stream_format: 'sse' }),
  'audio.transcriptions.create': (client) =>
    client.audio.transcriptions.create({ file: sound, model: 'whisper-1' }),
  'audio.transcriptions.create, as text': (client) =>
    client.audio.transcriptions.create({ file: sound, model: 'whisper-1', response_format: 'srt' }),
  'audio.transcriptions.create, streamed': (client) =>
    client.audio.transcriptions.create({ file: sound, model: 'gpt-4o-transcribe', stream: true }),
  'audio.translations.create': (client) =>
    client.audio.translations.create({ file: sound, model: 'whisper-1' }),

  'batches.cancel': after(a.batch, (client, id) => client.batches.cancel(id)),
  'batches.create': after(a.batchInput, (client, file) =>
    client.batches.create(a.batchOf(file), KEYED),
  ),
  'batches.list': after(a.batch, (client) => client.batches.list(PAGE)),
  'batches.retrieve': after(a.batch, (client, id) => client.batches.retrieve(id)),

  'chat.completions.create': (client) => client.chat.completions.create(a.CHAT),
  'chat.completions.create, with a key': (client) =>
    client.chat.completions.create(a.CHAT, { ...KEYED, headers: { 'X-Team': 'a' } }),
  'chat.completions.create, streamed': (client) =>
    client.chat.completions.create({ ...a.CHAT, stream: true }),
  'chat.completions.delete': after(a.storedCompletion, (client, id) =>
    client.chat.completions.delete(id),
  ),
  'chat.completions.list': after(a.storedCompletion, (client) =>
    client.chat.completions.list({ metadata: a.metadata, limit: 2, order: 'asc' }),
  ),
  'chat.completions.messages.list': after(a.storedCompletion, (client, id) =>
    client.chat.completions.messages.list(id, { order: 'asc' }),
  ),
  'chat.completions.parse': (client) =>
    client.chat.completions.parse({ ...a.CHAT, response_format: CHAT_FORMAT }),
  'chat.completions.retrieve': after(a.storedCompletion, (client, id) =>
    client.chat.completions.retrieve(id),
  ),
  'chat.completions.runTools': (client) =>
    client.chat.completions.runTools({ ...a.CHAT, tools: [zodFunction(TOOL)] }).finalCompletion(),
  'chat.completions.stream': (client) =>
    client.chat.completions.stream({ ...a.CHAT, response_format: CHAT_FORMAT }),
  'chat.completions.update': after(a.storedCompletion, (client, id) =>
    client.chat.completions.update(id, { metadata: { team: 'b' } }),
  ),
  'chat.create': (client) => client.chat.create(a.CHAT),
  'chat.createStream': (client) =>
    client.chat.createStream({ ...a.CHAT, stream_options: { include_usage: true } }),

  'completions.create': (client) =>
    client.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: a.QUESTION }),

  'containers.create': (client) => client.containers.create({ name: 'work', memory_limit: '4g' }),
  'containers.delete': after(a.container, (client, id) => client.containers.delete(id)),
  'containers.files.content.retrieve': after(a.containerFile, (client, container_id, id) =>
    client.containers.files.content.retrieve(id, { container_id }),
  ),
  'containers.files.create': after(a.container, (client, container) =>
    client.containers.files.create(container, { file: a.textFile() }),
  ),
  'containers.files.delete': after(a.containerFile, (client, container_id, id) =>
    client.containers.files.delete(id, { container_id }),
  ),
  'containers.files.list': after(a.containerFile, (client, container) =>
    client.containers.files.list(container, PAGE),
  ),
  'containers.files.retrieve': after(a.containerFile, (client, container_id, id) =>
    client.containers.files.retrieve(id, { container_id }),
  ),
  'containers.list': after(a.container, (client) => client.containers.list({ name: 'work' })),
  'containers.retrieve': after(a.container, (client, id) => client.containers.retrieve(id)),

  'conversations.create': (client) => client.conversations.create({ metadata: a.metadata }),
  'conversations.delete': after(a.conversation, (client, id) => client.conversations.delete(id)),
  'conversations.items.create': after(a.conversation, (client, id) =>
    client.conversations.items.create(id, { items: [...a.messages] }),
  ),
  'conversations.items.delete': after(a.conversationItem, (client, conversation_id, id) =>
    client.conversations.items.delete(id, { conversation_id }),
  ),
  'conversations.items.list': after(a.conversation, (client, id) =>
    client.conversations.items.list(id, { include: ['message.output_text.logprobs'] }),
  ),
  'conversations.items.retrieve': after(a.conversationItem, (client, conversation_id, id) =>
    client.conversations.items.retrieve(id, { conversation_id }),
  ),
  'conversations.retrieve': after(a.conversation, (client, id) =>
    client.conversations.retrieve(id),
  ),
  'conversations.update': after(a.conversation, (client, id) =>
    client.conversations.update(id, { metadata: { team: 'b' } }),
  ),

  'embeddings.create': (client) => client.embeddings.create({ ...EMBEDDING, input: 'one' }),
  'embeddings.create, as numbers': (client) =>
    client.embeddings.create({ ...EMBEDDING, input: ['one', 'two'], encoding_format: 'float' }),
  'embeddings.createMany': (client) => client.embeddings.createMany(['one', 'two'], EMBEDDING),

  'files.content': after(a.file, (client, id) => client.files.content(id)),
  'files.create': (client) =>
    client.files.create({
      file: a.textFile('Größe', 'n"otes ä.txt'),
      purpose: 'user_data',
      expires_after: { anchor: 'created_at', seconds: 3600 },
    }),
  'files.delete': after(a.file, (client, id) => client.files.delete(id)),
  'files.list': after(a.file, (client) =>
    client.files.list({ ...PAGE, order: 'asc', purpose: 'user_data' }),
  ),
  'files.retrieve': after(a.file, (client, id) => client.files.retrieve(id)),

  'fineTuning.checkpoints.permissions.create': (client) =>
    client.fineTuning.checkpoints.permissions.create(a.CHECKPOINT, a.PROJECT),
  'fineTuning.checkpoints.permissions.delete': after(a.permission, (client, id) =>
    client.fineTuning.checkpoints.permissions.delete(id, {
      fine_tuned_model_checkpoint: a.CHECKPOINT,
    }),
  ),
  'fineTuning.checkpoints.permissions.list': after(a.permission, (client) =>
    client.fineTuning.checkpoints.permissions.list(a.CHECKPOINT, { order: 'ascending' }),
  ),
  'fineTuning.checkpoints.permissions.retrieve': after(a.permission, (client) =>
    client.fineTuning.checkpoints.permissions.retrieve(a.CHECKPOINT, { project_id: 'proj-1' }),
  ),
  'fineTuning.jobs.cancel': after(a.job, (client, id) => client.fineTuning.jobs.cancel(id)),
  'fineTuning.jobs.checkpoints.list': after(a.endedJob, (client, id) =>
    client.fineTuning.jobs.checkpoints.list(id, { limit: 1 }),
  ),
  'fineTuning.jobs.create': (client) =>
    client.fineTuning.jobs.create({ ...a.JOB, suffix: 'custom', seed: 7 }),
  'fineTuning.jobs.list': after(a.job, (client) => client.fineTuning.jobs.list(PAGE)),
  'fineTuning.jobs.listEvents': after(a.job, (client, id) =>
    client.fineTuning.jobs.listEvents(id, { limit: 1 }),
  ),
  'fineTuning.jobs.pause': after(a.job, (client, id) => client.fineTuning.jobs.pause(id)),
  'fineTuning.jobs.resume': after(a.pausedJob, (client, id) => client.fineTuning.jobs.resume(id)),
  'fineTuning.jobs.retrieve': after(a.job, (client, id) => client.fineTuning.jobs.retrieve(id)),

  // The API has switched variations off.
  'images.createVariation': (client) => client.images.createVariation({ image, n: 2 }),
  'images.edit': (client) => client.images.edit({ ...IMAGE, image, mask: image }),
  'images.generate': (client) => client.images.generate(IMAGE),
  'images.generate, streamed': (client) =>
    client.images.generate({ ...IMAGE, stream: true, partial_images: 1 }),

  'models.delete': after(a.trainedModel, (client, id) => client.models.delete(id)),
  'models.list': (client) => client.models.list(),
  'models.retrieve': (client) => client.models.retrieve('gpt-4o'),

  'moderations.create': (client) => client.moderations.create({ input: 'I kill the process.' }),

  'realtime.clientSecrets.create': (client) =>
    client.realtime.clientSecrets.create({ session: { type: 'realtime' } }),

  'responses.cancel': after(a.backgroundResponse, (client, id) => client.responses.cancel(id)),
  'responses.compact': (client) => client.responses.compact(a.RESPONSE),
  'responses.create': (client) => client.responses.create(a.RESPONSE),
  'responses.createStream': (client) => client.responses.createStream(a.RESPONSE),
  'responses.delete': after(a.response, (client, id) => client.responses.delete(id)),
  'responses.inputItems.list': after(a.response, (client, id) =>
    client.responses.inputItems.list(id, { order: 'asc' }),
  ),
  'responses.inputTokens.count': (client) => client.responses.inputTokens.count(a.RESPONSE),
  'responses.parse': (client) => client.responses.parse({ ...a.RESPONSE, text: TEXT_FORMAT }),
  'responses.retrieve': after(a.response, (client, id) =>
    client.responses.retrieve(id, { include: ['reasoning.encrypted_content'] }),
  ),
  'responses.runTools': (client) =>
    client.responses
      .runTools({ ...a.RESPONSE, tools: [zodResponsesFunction(TOOL)] })
      .finalResponse(),
  'responses.stream': (client) => client.responses.stream({ ...a.RESPONSE, text: TEXT_FORMAT }),

  'uploads.cancel': after(a.upload, (client, id) => client.uploads.cancel(id)),
  'uploads.complete': after(a.uploadPart, (client, id, part) =>
    client.uploads.complete(id, { part_ids: [part] }),
  ),
  'uploads.create': (client) => client.uploads.create(a.UPLOAD),
  'uploads.parts.create': after(a.upload, (client, id) =>
    client.uploads.parts.create(id, { data: a.textFile('abc') }),
  ),

  'vectorStores.create': after(a.file, (client, file) =>
    client.vectorStores.create({ name: 'notes', file_ids: [file] }),
  ),
  'vectorStores.delete': after(a.store, (client, id) => client.vectorStores.delete(id)),
  'vectorStores.fileBatches.cancel': after(a.fileBatch, (client, vector_store_id, id) =>
    client.vectorStores.fileBatches.cancel(id, { vector_store_id }),
  ),
  'vectorStores.fileBatches.create': after(a.storeAndFile, (client, store, file) =>
    client.vectorStores.fileBatches.create(store, { file_ids: [file] }),
  ),
  'vectorStores.fileBatches.listFiles': after(a.fileBatch, (client, vector_store_id, id) =>
    client.vectorStores.fileBatches.listFiles(id, { vector_store_id, order: 'asc' }),
  ),
  'vectorStores.fileBatches.retrieve': after(a.fileBatch, (client, vector_store_id, id) =>
    client.vectorStores.fileBatches.retrieve(id, { vector_store_id }),
  ),
  'vectorStores.files.content': after(a.storedFile, (client, vector_store_id, id) =>
    client.vectorStores.files.content(id, { vector_store_id }),
  ),
  'vectorStores.files.create': after(a.storeAndFile, (client, store, file_id) =>
    client.vectorStores.files.create(store, { file_id, attributes: { team: 'a', n: 1 } }),
  ),
  'vectorStores.files.delete': after(a.storedFile, (client, vector_store_id, id) =>
    client.vectorStores.files.delete(id, { vector_store_id }),
  ),
  'vectorStores.files.list': after(a.storedFile, (client, store) =>
    client.vectorStores.files.list(store, { filter: 'completed' }),
  ),
  'vectorStores.files.retrieve': after(a.storedFile, (client, vector_store_id, id) =>
    client.vectorStores.files.retrieve(id, { vector_store_id }),
  ),
  'vectorStores.files.update': after(a.storedFile, (client, vector_store_id, id) =>
    client.vectorStores.files.update(id, { vector_store_id, attributes: null }),
  ),
  'vectorStores.list': after(a.store, (client) => client.vectorStores.list(PAGE)),
  'vectorStores.retrieve': after(a.store, (client, id) => client.vectorStores.retrieve(id)),
  'vectorStores.search': after(a.storedFile, (client, id) =>
    client.vectorStores.search(id, { query: 'ledger', max_num_results: 3 }),
  ),
  'vectorStores.update': after(a.store, (client, id) =>
    client.vectorStores.update(id, { name: null }),
  ),

  'webhooks.create': (client) => client.webhooks.create(a.HOOK),
  'webhooks.delete': after(a.webhook, (client, id) => client.webhooks.delete(id)),
  'webhooks.eventTypes.list': (client) => client.webhooks.eventTypes.list(),
  'webhooks.list': after(a.webhook, (client) => client.webhooks.list(PAGE)),
  'webhooks.retrieve': after(a.webhook, (client, id) => client.webhooks.retrieve(id)),
  'webhooks.rotateSecret': after(a.webhook, (client, id) => client.webhooks.rotateSecret(id)),
  'webhooks.test': after(a.reachableWebhook, (client, id) =>
    client.webhooks.test(id, { event_type: 'batch.completed' }),
  ),
  'webhooks.update': after(a.webhook, (client, id) => client.webhooks.update(id, { name: 'b' })),
};
