import { type MistralClient, standardFunction, zodResponseFormat } from '@integrations/mistral';
import { z } from 'zod';
import { after, type CallTable } from './call-table.test.support.ts';
import * as a from './mistral-things.test.support.ts';

const ANSWER = {
  ...a.CHAT,
  response_format: zodResponseFormat(z.object({ text: z.string() }), 'answer'),
};
const WEATHER = standardFunction({
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  function: ({ city }) => `Sunny in ${city}.`,
});
const CODE = { model: 'codestral-latest', prompt: 'def add(a, b):', suffix: 'print(add(1, 2))' };
const EMBEDDING = { model: 'codestral-embed', output_dimension: 4 };
const SPEECH = { input: 'Hi', response_format: 'wav' } as const;
const PAGE = { page: 0, page_size: 2 };
const KEYED = { idempotencyKey: 'order-1' };
const sound = new File(['a sound'], 'speech.wav', { type: 'audio/wav' });

/** One call for each method of the client that makes one request, and some for the other ways to make it. */
export const MISTRAL_CALLS: CallTable<MistralClient> = {
  'agents.aliases.delete': after(a.agentWithAlias, (client, id) =>
    client.agents.aliases.delete(id, { alias: 'stable' }),
  ),
  'agents.aliases.list': after(a.agentWithAlias, (client, id) => client.agents.aliases.list(id)),
  'agents.aliases.set': after(a.agent, (client, id) =>
    client.agents.aliases.set(id, { alias: 'stable', version: 0 }),
  ),
  'agents.complete': after(a.agent, (client, id) =>
    client.agents.complete(id, { messages: a.messages }),
  ),
  'agents.completeStream': after(a.agent, (client, id) =>
    client.agents.completeStream(id, { messages: a.messages }),
  ),
  'agents.create': (client) => client.agents.create(a.AGENT),
  'agents.delete': after(a.agent, (client, id) => client.agents.delete(id)),
  'agents.get': after(a.agent, (client, id) => client.agents.get(id, { agent_version: 0 })),
  'agents.list': after(a.agent, (client) =>
    client.agents.list({ ...PAGE, name: 'one', sources: ['api', 'playground'] }),
  ),
  'agents.listPages': after(a.agent, (client) => client.agents.listPages({ page_size: 2 })),
  'agents.update': after(a.agent, (client, id) => client.agents.update(id, { name: 'two' })),
  'agents.updateVersion': after(a.agent, (client, id) => client.agents.updateVersion(id, 0)),
  'agents.versions.get': after(a.agent, (client, id) => client.agents.versions.get(id, 0)),
  'agents.versions.list': after(a.agent, (client, id) => client.agents.versions.list(id, PAGE)),

  'audio.speech.create': (client) => client.audio.speech.create(SPEECH),
  'audio.speech.createStream': (client) => client.audio.speech.createStream(SPEECH),
  'audio.transcriptions.create': (client) =>
    client.audio.transcriptions.create({
      model: 'voxtral-mini-latest',
      file: sound,
      diarize: true,
      timestamp_granularities: ['segment'],
    }),
  'audio.transcriptions.createStream': (client) =>
    client.audio.transcriptions.createStream({ model: 'voxtral-mini-latest', file: sound }),
  'audio.voices.create': (client) => client.audio.voices.create(a.VOICE),
  'audio.voices.delete': after(a.voice, (client, id) => client.audio.voices.delete(id)),
  'audio.voices.get': after(a.voice, (client, id) => client.audio.voices.get(id)),
  'audio.voices.list': after(a.voice, (client) => client.audio.voices.list({ type: 'custom' })),
  'audio.voices.sample': after(a.voice, (client, id) => client.audio.voices.sample(id)),
  'audio.voices.update': after(a.voice, (client, id) =>
    client.audio.voices.update(id, { tags: ['calm'], gender: null }),
  ),

  'batch.cancel': after(a.batch, (client, id) => client.batch.cancel(id)),
  'batch.create': (client) => client.batch.create(a.BATCH, KEYED),
  'batch.delete': after(a.endedBatch, (client, id) => client.batch.delete(id)),
  'batch.get': after(a.endedBatch, (client, id) => client.batch.get(id, { inline: true })),
  'batch.list': after(a.batch, (client) =>
    client.batch.list({ ...PAGE, metadata: a.metadata, status: ['QUEUED', 'RUNNING'] }),
  ),

  'chat.create': (client) => client.chat.create(a.CHAT),
  'chat.create, with a key': (client) =>
    client.chat.create(a.CHAT, { ...KEYED, headers: { 'X-Team': 'a' } }),
  'chat.createStream': (client) => client.chat.createStream(a.CHAT),
  'chat.parse': (client) => client.chat.parse(ANSWER),
  'chat.parseStream': (client) => client.chat.parseStream(ANSWER),
  'chat.runTools': (client) =>
    client.chat.runTools({ ...a.CHAT, tools: [WEATHER] }).finalCompletion(),

  'classifiers.classify': (client) =>
    client.classifiers.classify({ model: a.CLASSIFIER, input: 'What a good day.' }),
  'classifiers.classifyChat': (client) =>
    client.classifiers.classifyChat({ model: a.CLASSIFIER, input: { messages: a.messages } }),
  'classifiers.moderate': (client) =>
    client.classifiers.moderate({ model: 'mistral-moderation-latest', input: ['I kill you.'] }),
  'classifiers.moderateChat': (client) =>
    client.classifiers.moderateChat({ model: 'mistral-moderation-latest', input: a.messages }),

  'conversations.append': after(a.conversation, (client, id) =>
    client.conversations.append(id, { inputs: a.QUESTION, store: true }),
  ),
  'conversations.appendStream': after(a.conversation, (client, id) =>
    client.conversations.appendStream(id, { inputs: a.QUESTION }),
  ),
  'conversations.delete': after(a.conversation, (client, id) => client.conversations.delete(id)),
  'conversations.get': after(a.conversation, (client, id) => client.conversations.get(id)),
  'conversations.history': after(a.conversation, (client, id) => client.conversations.history(id)),
  'conversations.list': after(a.conversation, (client) => client.conversations.list(PAGE)),
  'conversations.messages': after(a.conversation, (client, id) =>
    client.conversations.messages(id),
  ),
  'conversations.restart': after(a.conversationEntry, (client, id, from_entry_id) =>
    client.conversations.restart(id, { from_entry_id, inputs: a.QUESTION }),
  ),
  'conversations.restartStream': after(a.conversationEntry, (client, id, from_entry_id) =>
    client.conversations.restartStream(id, { from_entry_id, inputs: a.QUESTION }),
  ),
  'conversations.runTools': (client) =>
    client.conversations.runTools({ ...a.TALK, tools: [WEATHER] }).finalResponse(),
  'conversations.start': (client) => client.conversations.start(a.TALK),
  'conversations.startStream': (client) => client.conversations.startStream(a.TALK),

  'embeddings.create': (client) => client.embeddings.create({ ...EMBEDDING, input: 'one' }),
  'embeddings.create, rounded': (client) =>
    client.embeddings.create({ ...EMBEDDING, input: ['one', 'two'], output_dtype: 'int8' }),
  'embeddings.createMany': (client) => client.embeddings.createMany(['one', 'two'], EMBEDDING),

  'files.delete': after(a.file, (client, id) => client.files.delete(id)),
  'files.download': after(a.file, (client, id) => client.files.download(id)),
  'files.list': after(a.file, (client) =>
    client.files.list({ ...PAGE, purpose: 'ocr', source: ['upload'], include_total: true }),
  ),
  'files.retrieve': after(a.file, (client, id) => client.files.retrieve(id)),
  'files.signedUrl': after(a.file, (client, id) => client.files.signedUrl(id, { expiry: 3 })),
  'files.upload': (client) =>
    client.files.upload({ file: a.textFile('Größe', 'n"otes ä.txt'), purpose: 'ocr', expiry: 2 }),

  'fim.create': (client) => client.fim.create(CODE),
  'fim.createStream': (client) => client.fim.createStream(CODE),

  'fineTuning.cancel': after(a.job, (client, id) => client.fineTuning.cancel(id)),
  'fineTuning.create': (client) => client.fineTuning.create(a.JOB),
  'fineTuning.get': after(a.job, (client, id) => client.fineTuning.get(id)),
  'fineTuning.list': after(a.job, (client) => client.fineTuning.list(PAGE)),
  'fineTuning.start': after(a.checkedJob, (client, id) => client.fineTuning.start(id)),

  'libraries.accesses.delete': after(a.sharedLibrary, (client, id) =>
    client.libraries.accesses.delete(id, a.SOMEBODY),
  ),
  'libraries.accesses.list': after(a.sharedLibrary, (client, id) =>
    client.libraries.accesses.list(id),
  ),
  'libraries.accesses.set': after(a.library, (client, id) =>
    client.libraries.accesses.set(id, { ...a.SOMEBODY, level: 'Viewer' }),
  ),
  'libraries.create': (client) => client.libraries.create({ name: 'Ledgers', owner_type: 'User' }),
  'libraries.delete': after(a.library, (client, id) => client.libraries.delete(id)),
  'libraries.documents.delete': after(a.document, (client, library, id) =>
    client.libraries.documents.delete(library, id),
  ),
  'libraries.documents.extractedTextSignedUrl': after(a.document, (client, library, id) =>
    client.libraries.documents.extractedTextSignedUrl(library, id),
  ),
  'libraries.documents.get': after(a.document, (client, library, id) =>
    client.libraries.documents.get(library, id),
  ),
  'libraries.documents.list': after(a.document, (client, library) =>
    client.libraries.documents.list(library, { ...PAGE, search: 'notes', sort_order: 'asc' }),
  ),
  'libraries.documents.reprocess': after(a.document, (client, library, id) =>
    client.libraries.documents.reprocess(library, id),
  ),
  'libraries.documents.signedUrl': after(a.document, (client, library, id) =>
    client.libraries.documents.signedUrl(library, id),
  ),
  'libraries.documents.status': after(a.document, (client, library, id) =>
    client.libraries.documents.status(library, id),
  ),
  'libraries.documents.textContent': after(a.document, (client, library, id) =>
    client.libraries.documents.textContent(library, id, { page_start: 0, page_end: 1 }),
  ),
  'libraries.documents.update': after(a.document, (client, library, id) =>
    client.libraries.documents.update(library, id, { name: 'c.txt', attributes: { year: 1999 } }),
  ),
  'libraries.documents.upload': after(a.library, (client, library) =>
    client.libraries.documents.upload(library, { file: a.textFile() }),
  ),
  'libraries.get': after(a.library, (client, id) => client.libraries.get(id)),
  'libraries.list': after(a.library, (client) => client.libraries.list({ search: 'ledger' })),
  'libraries.update': after(a.library, (client, id) =>
    client.libraries.update(id, { description: 'Of 1999' }),
  ),

  'models.archive': (client) => client.models.archive(a.TRAINED),
  'models.delete': (client) => client.models.delete(a.TRAINED),
  'models.get': (client) => client.models.get(a.MODEL),
  'models.list': (client) => client.models.list(),
  'models.unarchive': after(a.archivedModel, (client, id) => client.models.unarchive(id)),
  'models.update': (client) => client.models.update(a.TRAINED, { name: 'mine' }),

  'ocr.process': after(a.file, (client, file_id) =>
    client.ocr.process({ model: 'mistral-ocr-latest', document: { type: 'file', file_id } }),
  ),

  'prompts.create': (client) =>
    client.prompts.create({ name: 'greeting', definition: a.DEFINITION, aliases: ['live'] }),
  'prompts.delete': after(a.prompt, (client, id) => client.prompts.delete(id)),
  'prompts.get': after(a.prompt, (client, id) =>
    client.prompts.get(id, { fields: ['name', 'definition'] }),
  ),
  'prompts.list': after(a.prompt, (client) =>
    client.prompts.list({ pageSize: 2, sort_by: 'name' }),
  ),
  'prompts.update': after(a.prompt, (client, id) => client.prompts.update(id, { title: 'Hello' })),
  'prompts.versions.create': after(a.prompt, (client, id) =>
    client.prompts.versions.create(id, { definition: { content: 'Hail.' }, notes: 'New.' }),
  ),
  'prompts.versions.get': after(a.prompt, (client, id) => client.prompts.versions.get(id, 1)),
  'prompts.versions.list': after(a.prompt, (client, id) => client.prompts.versions.list(id)),
  'prompts.versions.update': after(a.prompt, (client, id) =>
    client.prompts.versions.update(id, 1, { notes: 'First.', aliases: { values: ['live'] } }),
  ),
};
