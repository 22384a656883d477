import {
  AbortedError,
  BadRequestError,
  NotFoundError,
  ServerError,
  StreamTruncatedError,
  UnprocessableError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { TranscriptionRequest } from './transcriptions/transcription-request.ts';

const TEXT = 'A ledger keeps every entry. Größe counts too: it is never erased.';
const MODEL = 'voxtral-mini-latest';
const NOBODY = '00000000-0000-4000-8000-000000000000';

let simulator: Simulator;
let client: MistralClient;
let recording: File;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral', wordsPerEvent: 2 });
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    circuitBreaker: false,
  });
  const { audio_data: audio } = await client.audio.speech.create({
    input: TEXT,
    response_format: 'wav',
  });
  recording = new File([Buffer.from(audio, 'base64')], 'speech.wav', { type: 'audio/wav' });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

describe('audio.speech', () => {
  it('gives the sound in base64', async () => {
    const [voice] = (await client.audio.voices.list({ type: 'preset' })).data;
    const request = { input: TEXT, voice_id: voice?.id, response_format: 'wav' } as const;
    const { audio_data: audio } = await client.audio.speech.create(request);
    expect(Buffer.from(audio, 'base64').toString('latin1', 0, 4)).toBe('RIFF');
    expect(simulator.requests.at(-1)).toMatchObject({ path: '/v1/audio/speech', body: request });
  });

  it('gives the same sound as events, with what it cost', async () => {
    const stream = await client.audio.speech.createStream({ input: TEXT, response_format: 'wav' });
    expect(await stream.bytes()).toEqual(new Uint8Array(await recording.arrayBuffer()));
    expect(stream.state).toBe('completed');
    expect(stream.tokenUsage?.inputTokens).toBeGreaterThan(0);
    expect(simulator.requests.at(-1)?.body).toMatchObject({ stream: true });
  });

  it('gives each piece as it comes', async () => {
    const stream = await client.audio.speech.createStream({ input: TEXT });
    const types: string[] = [];
    for await (const { type } of stream) types.push(type);
    expect(types.length).toBeGreaterThan(2);
    expect(types.at(0)).toBe('speech.audio.delta');
    expect(types.at(-1)).toBe('speech.audio.done');
  });

  it('tells a cut stream from a whole one', async () => {
    simulator.inject({ fault: { omitDone: true } });
    const stream = await client.audio.speech.createStream({ input: TEXT });
    await expect(stream.bytes()).rejects.toBeInstanceOf(StreamTruncatedError);
  });

  it('is refused here where it cannot be right', async () => {
    const { speech } = client.audio;
    const refused = [
      speech.create({ input: '' }),
      speech.create(undefined as never),
      speech.createStream(undefined as never),
      speech.createStream({ input: TEXT, response_format: 'aac' as never }),
    ];
    for (const call of refused) await expect(call).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toEqual([]);
  });

  it('tells that a model cannot speak, or a voice is not there', async () => {
    const { speech } = client.audio;
    const mute = speech.create({ input: TEXT, model: MODEL });
    await expect(mute).rejects.toBeInstanceOf(BadRequestError);
    const nobody = speech.create({ input: TEXT, voice_id: NOBODY });
    await expect(nobody).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('audio.transcriptions.create', () => {
  it('gives the text that was said', async () => {
    const heard = await client.audio.transcriptions.create({ model: MODEL, file: recording });
    expect(heard).toMatchObject({ model: MODEL, text: TEXT, language: 'en', segments: [] });
    expect(heard.usage.prompt_audio_seconds).toBeGreaterThan(0);
  });

  it('sends lists as the API reads them, and leaves nulls out', async () => {
    const heard = await client.audio.transcriptions.create({
      model: MODEL,
      file: recording,
      file_url: null,
      language: 'fr',
      temperature: 0,
      diarize: true,
      context_bias: ['ledger', 'entry'],
      timestamp_granularities: ['segment'],
    });
    expect(heard.language).toBe('fr');
    expect(heard.segments?.map(({ speaker_id: speaker }) => speaker)).toEqual([
      'speaker_1',
      'speaker_2',
    ]);
    const body = simulator.requests.at(-1)?.body;
    expect(body).toMatchObject({
      context_bias: ['ledger', 'entry'],
      timestamp_granularities: 'segment',
      diarize: 'true',
      temperature: '0',
    });
    expect(body).not.toHaveProperty('file_url');
    expect(body).not.toHaveProperty('stream');
  });

  it('hears what was uploaded, or is elsewhere', async () => {
    const { id } = await client.files.upload({ file: recording, purpose: 'ocr' });
    const uploaded = await client.audio.transcriptions.create({ model: MODEL, file_id: id });
    expect(uploaded.text).toBe(TEXT);
    const elsewhere = await client.audio.transcriptions.create({
      model: MODEL,
      file_url: 'https://a.example/b.mp3',
    });
    expect(elsewhere.text).toContain('https://a.example/b.mp3');
    const missing = client.audio.transcriptions.create({ model: MODEL, file_id: NOBODY });
    await expect(missing).rejects.toBeInstanceOf(NotFoundError);
  });

  it.each<[string, Partial<TranscriptionRequest>]>([
    ['no model', { model: '' }],
    ['no sound', { file: undefined }],
    ['two sounds', { file_id: 'a' }],
    ['a file that is none', { file: 'sound' as never }],
    ['a language of three letters', { language: 'eng' }],
    ['words with spaces', { context_bias: ['two words'] }],
    ['times of letters', { timestamp_granularities: ['letter' as never] }],
  ])('refuses %s before it is sent', async (_what, over) => {
    const request = { model: MODEL, file: recording, ...over };
    const { transcriptions } = client.audio;
    await expect(transcriptions.create(request)).rejects.toBeInstanceOf(ValidationError);
    await expect(transcriptions.createStream(request)).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toEqual([]);
  });

  it('tells that a model cannot hear', async () => {
    const request = { model: 'mistral-small-latest', file: recording };
    const call = client.audio.transcriptions.create(request);
    await expect(call).rejects.toBeInstanceOf(BadRequestError);
  });
});

describe('audio.transcriptions.createStream', () => {
  it('gives the text piece by piece, and then as a whole', async () => {
    const stream = await client.audio.transcriptions.createStream({
      model: MODEL,
      file: recording,
      timestamp_granularities: ['segment'],
    });
    let text = '';
    const types = new Set<string>();
    for await (const event of stream) {
      types.add(event.type);
      if (event.type === 'transcription.text.delta') text += event.text;
    }
    expect(text).toBe(TEXT);
    expect([...types]).toEqual([
      'transcription.language',
      'transcription.text.delta',
      'transcription.segment',
      'transcription.done',
    ]);
    expect(await stream.finalTranscription()).toMatchObject({ text: TEXT, model: MODEL });
    expect(stream.tokenUsage?.outputTokens).toBeGreaterThan(0);
    expect(simulator.requests.at(-1)?.body).toMatchObject({ stream: 'true' });
  });

  it('gives the whole text to who does not read the pieces', async () => {
    const request = { model: MODEL, file: recording };
    const stream = await client.audio.transcriptions.createStream(request);
    expect((await stream.finalTranscription()).text).toBe(TEXT);
  });

  it('tells a cut stream from a whole one', async () => {
    simulator.inject({ fault: { omitDone: true } });
    const request = { model: MODEL, file: recording };
    const stream = await client.audio.transcriptions.createStream(request);
    await expect(stream.finalTranscription()).rejects.toBeInstanceOf(StreamTruncatedError);
  });

  it('throws the error that the stream carries', async () => {
    simulator.inject({ fault: { errorEvent: { afterEvents: 2 } } });
    const request = { model: MODEL, file: recording };
    const stream = await client.audio.transcriptions.createStream(request);
    await expect(stream.finalTranscription()).rejects.toBeInstanceOf(ServerError);
  });

  it('ends where it is left', async () => {
    const request = { model: MODEL, file: recording };
    const stream = await client.audio.transcriptions.createStream(request);
    for await (const { type } of stream) if (type === 'transcription.text.delta') break;
    await expect(stream.finalTranscription()).rejects.toBeInstanceOf(AbortedError);
  });
});

describe('the telemetry of audio', () => {
  it('tells of the models and what they used', async () => {
    const tracer = new TestTracer();
    const traced = client.withOptions({ tracer });
    const request = { model: MODEL, file: recording, temperature: 0.5 };
    const { usage } = await traced.audio.transcriptions.create(request);
    const stream = await traced.audio.transcriptions.createStream(request);
    await stream.finalTranscription();
    const spoken = { input: TEXT, model: 'voxtral-mini-tts-latest' };
    await (await traced.audio.speech.createStream(spoken)).bytes();
    await traced.close();
    const roots = tracer.spans.filter((span) => span.parent === undefined);
    const heard = {
      'gen_ai.operation.name': 'transcription',
      'gen_ai.request.model': MODEL,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.response.model': MODEL,
      'gen_ai.usage.input_tokens': usage.prompt_tokens,
      'gen_ai.usage.output_tokens': usage.completion_tokens,
    };
    expect(roots.map(({ attributes }) => attributes)).toMatchObject([
      heard,
      heard,
      {
        'gen_ai.operation.name': 'speech',
        'gen_ai.request.model': 'voxtral-mini-tts-latest',
        'gen_ai.output.type': 'speech',
        'gen_ai.usage.input_tokens': expect.any(Number),
      },
    ]);
  });
});

describe('audio.voices', () => {
  it('are made, looked at, heard, changed and deleted', async () => {
    const sample = Buffer.from(await recording.arrayBuffer());
    const { voices } = client.audio;
    const made = await voices.create({
      name: 'Ada',
      sample_audio: sample.toString('base64'),
      languages: ['en'],
      tags: null,
    });
    expect(made).toMatchObject({ name: 'Ada', languages: ['en'], user_id: expect.any(String) });
    expect(await voices.get(made.id)).toEqual(made);
    const heard = await voices.sample(made.id);
    expect(heard.contentType).toBe('audio/wav');
    expect(Buffer.from(await heard.bytes())).toEqual(sample);
    const changed = await voices.update(made.id, { description: 'Calm.' });
    expect(changed).toMatchObject({ name: 'Ada', description: 'Calm.' });
    expect(await voices.delete(made.id)).toEqual(changed);
    await expect(voices.get(made.id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(voices.sample(made.id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('are listed page by page', async () => {
    const { voices } = client.audio;
    for (const name of ['One', 'Two', 'Three']) await voices.create({ name, sample_audio: 'AAAA' });
    const page = await voices.list({ limit: 2, type: 'custom' });
    expect(page.data).toEqual(page.items);
    expect(page).toMatchObject({ total: 3, page: 1, total_pages: 2 });
    const names: string[] = [];
    for await (const { name } of voices.list({ limit: 2, type: 'custom' })) names.push(name);
    expect(names).toEqual(['One', 'Two', 'Three']);
    expect(simulator.requests.at(-1)?.query).toBe('?limit=2&type=custom&offset=2');
    const all: string[] = [];
    for await (const { name } of voices.list({ offset: 1, limit: 1 })) all.push(name);
    expect(all).toHaveLength(4);
  });

  it('that the API brings stay', async () => {
    const [preset] = (await client.audio.voices.list({ type: 'preset' })).data;
    const call = client.audio.voices.delete(preset?.id ?? '');
    await expect(call).rejects.toBeInstanceOf(NotFoundError);
  });

  it('are refused here where they cannot be right', async () => {
    const { voices } = client.audio;
    const refused = [
      voices.create({ name: '', sample_audio: 'AAAA' }),
      voices.create({ name: 'Ada', sample_audio: '' }),
      voices.create({ name: 'Ada', sample_audio: 'AAAA', description: 'x'.repeat(501) }),
      voices.update(NOBODY, { description: 'x'.repeat(501) }),
      voices.get(''),
      voices.sample(''),
    ];
    for (const call of refused) await expect(call).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toEqual([]);
  });

  it('of too many on a page are refused there', async () => {
    const call = client.audio.voices.list({ limit: 101 });
    await expect(call).rejects.toBeInstanceOf(UnprocessableError);
  });
});
