import {
  BadRequestError,
  NotFoundError,
  StreamTruncatedError,
  ValidationError,
} from '@integrations/errors';
import { toFile } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const TEXT = 'A ledger keeps every entry. Größe counts too: it is never erased.';
const SPOKEN = { model: 'gpt-4o-mini-tts', input: TEXT, voice: 'alloy' } as const;

let simulator: Simulator;
let client: OpenAIClient;
let recording: File;

beforeAll(async () => {
  simulator = await createSimulator({ wordsPerEvent: 2 });
  client = createOpenAIClient({ apiKey: 'k', baseURL: simulator.baseURL, maxRetries: 0 });
  const spoken = await client.audio.speech.create({ ...SPOKEN, response_format: 'wav' });
  recording = await toFile(await spoken.bytes(), 'speech.wav', { type: 'audio/wav' });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearFaults());

describe('audio.speech.create', () => {
  it('gives an audio file', async () => {
    const response = await client.audio.speech.create({ ...SPOKEN, response_format: 'wav' });
    expect(response.contentType).toBe('audio/wav');
    const bytes = Buffer.from(await response.bytes());
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(simulator.requests.at(-1)?.headers.accept).toBe('application/octet-stream');
  });

  it('gives the same audio as events, with what it cost', async () => {
    const request = { ...SPOKEN, response_format: 'wav' } as const;
    const whole = await (await client.audio.speech.create(request)).bytes();
    const stream = await client.audio.speech.create({ ...request, stream_format: 'sse' });
    expect(await stream.bytes()).toEqual(whole);
    expect(stream.state).toBe('completed');
    expect(stream.tokenUsage?.inputTokens).toBeGreaterThan(0);
  });

  it('tells a cut stream from a whole one', async () => {
    simulator.inject({ fault: { omitDone: true } });
    const stream = await client.audio.speech.create({ ...SPOKEN, stream_format: 'sse' });
    await expect(stream.bytes()).rejects.toThrow(StreamTruncatedError);
  });

  it.each([
    [{ input: '' }, /input/],
    [{ input: 'x'.repeat(4097) }, /input/],
    [{ speed: 5 }, /speed/],
    [{ voice: {} as { id: string } }, /voice/],
  ])('refuses %o before it is sent', async (over, message) => {
    const call = client.audio.speech.create({ ...SPOKEN, ...over });
    await expect(call).rejects.toThrow(ValidationError);
    await expect(call).rejects.toThrow(message);
  });

  it('tells that a model is not there', async () => {
    const call = client.audio.speech.create({ ...SPOKEN, model: 'whisper-1' });
    await expect(call).rejects.toThrow(NotFoundError);
  });
});

describe('audio.transcriptions.create', () => {
  const request = (): { file: File; model: string } => ({ file: recording, model: 'whisper-1' });

  it('gives the text that was said', async () => {
    const { text, usage } = await client.audio.transcriptions.create(request());
    expect(text).toBe(TEXT);
    expect(usage?.type).toBe('duration');
  });

  it('hears pcm as well', async () => {
    const spoken = await client.audio.speech.create({
      ...SPOKEN,
      response_format: 'pcm',
      speed: 4,
    });
    const file = await toFile(await spoken.bytes(), 'speech.pcm');
    const { text } = await client.audio.transcriptions.create({ ...request(), file });
    expect(text).toBe(TEXT);
  });

  it('gives times of sentences and words', async () => {
    const result = await client.audio.transcriptions.create({
      ...request(),
      response_format: 'verbose_json',
      timestamp_granularities: ['segment', 'word'],
    });
    expect(result.duration).toBeGreaterThan(1);
    expect(result.segments?.map(({ text }) => text).join(' ')).toBe(TEXT);
    expect(result.words?.at(-1)).toMatchObject({ word: 'erased.', end: result.duration });
  });

  it('tells speakers apart', async () => {
    const result = await client.audio.transcriptions.create({
      file: recording,
      model: 'gpt-4o-transcribe-diarize',
      response_format: 'diarized_json',
      known_speaker_names: ['customer', 'agent'],
    });
    expect(result.segments.map(({ speaker }) => speaker)).toEqual(['customer', 'agent']);
    expect(simulator.requests.at(-1)?.body).toMatchObject({
      known_speaker_names: ['customer', 'agent'],
    });
  });

  it.each([
    ['text', /^A ledger keeps every entry\..*\n$/],
    ['srt', /^1\n00:00:00,000 --> 00:00:0\d,\d{3}\nA ledger keeps every entry\.\n\n2\n/],
    ['vtt', /^WEBVTT\n\n00:00:00\.000 --> /],
  ] as const)('gives %s as a string', async (format, pattern) => {
    const call = client.audio.transcriptions.create({ ...request(), response_format: format });
    const { data, requestId } = await call.withResponse();
    expect(data).toMatch(pattern);
    expect(requestId).toMatch(/^req_/);
  });

  it('streams the text', async () => {
    const stream = await client.audio.transcriptions.create({
      file: recording,
      model: 'gpt-4o-transcribe',
      stream: true,
    });
    let text = '';
    for await (const event of stream) {
      if (event.type === 'transcript.text.delta') text += event.delta;
    }
    expect(text).toBe(TEXT);
    expect((await stream.finalTranscription()).text).toBe(TEXT);
    expect(stream.tokenUsage?.outputTokens).toBeGreaterThan(0);
  });

  it('streams segments of speakers', async () => {
    const stream = await client.audio.transcriptions.create({
      file: recording,
      model: 'gpt-4o-transcribe-diarize',
      stream: true,
    });
    const types = new Set<string>();
    for await (const { type } of stream) types.add(type);
    expect([...types]).toEqual([
      'transcript.text.delta',
      'transcript.text.segment',
      'transcript.text.done',
    ]);
  });

  it('tells a cut stream from a whole one', async () => {
    simulator.inject({ fault: { cutAfterEvents: 2 } });
    const stream = await client.audio.transcriptions.create({
      file: recording,
      model: 'gpt-4o-transcribe',
      stream: true,
    });
    await expect(stream.finalTranscription()).rejects.toThrow(StreamTruncatedError);
  });

  it('passes over events that it does not know', async () => {
    simulator.inject({ fault: { unknownEvent: { afterEvents: 1, event: 'ping', data: '{}' } } });
    const stream = await client.audio.transcriptions.create({
      file: recording,
      model: 'gpt-4o-transcribe',
      stream: true,
    });
    expect((await stream.finalTranscription()).text).toBe(TEXT);
  });

  it('leaves out what is null, which a form cannot hold', async () => {
    await client.audio.transcriptions.create({
      ...request(),
      stream: null,
      chunking_strategy: null,
    });
    expect(Object.keys(simulator.requests.at(-1)?.body as object)).toEqual(['file', 'model']);
  });

  it('refuses a file that is none before it is sent', async () => {
    const file = 'speech.wav' as unknown as File;
    const call = client.audio.transcriptions.create({ ...request(), file });
    await expect(call).rejects.toThrow(/file: must be a File/);
  });

  it('tells that a format does not go with a model', async () => {
    const call = client.audio.transcriptions.create({
      file: recording,
      model: 'gpt-4o-transcribe',
      response_format: 'srt',
    });
    await expect(call).rejects.toThrow(BadRequestError);
    await expect(call).rejects.toMatchObject({ param: 'response_format' });
  });
});

describe('audio.translations.create', () => {
  const request = (): { file: File; model: string } => ({ file: recording, model: 'whisper-1' });

  it('gives the text', async () => {
    expect((await client.audio.translations.create(request())).text).toBe(TEXT);
  });

  it('gives times', async () => {
    const verbose = { ...request(), response_format: 'verbose_json' } as const;
    const { segments, language } = await client.audio.translations.create(verbose);
    expect([segments?.length, language]).toEqual([2, 'english']);
  });

  it('gives subtitles', async () => {
    const vtt = { ...request(), response_format: 'vtt' } as const;
    expect(await client.audio.translations.create(vtt)).toMatch(/^WEBVTT/);
  });

  it('refuses what cannot be right', async () => {
    const call = client.audio.translations.create({ ...request(), temperature: 2 });
    await expect(call).rejects.toThrow(ValidationError);
  });
});
