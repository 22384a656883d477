import { BadRequestError } from '@integrations/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectItems } from './compare-calls.test.support.ts';
import {
  compareMistralCalls,
  compareMistralFailures,
  eventData,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { asWire, type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

const MODEL = 'voxtral-mini-latest';
const INPUT = 'A ledger keeps every entry. It is never erased.';

let both: BothMistralClients;
let file: File;

beforeAll(async () => {
  both = await connectBothMistral();
  const spoken = await compare(
    (client) => client.audio.speech.create({ input: INPUT, response_format: 'wav' }),
    (client) =>
      client.audio.speech.complete({ input: INPUT, responseFormat: 'wav', stream: false }),
  );
  const { audio_data: audio } = spoken as { audio_data: string };
  file = new File([Buffer.from(audio, 'base64')], 'speech.wav', { type: 'audio/wav' });
});

afterAll(() => both[Symbol.asyncDispose]());

function compare(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<unknown> {
  return compareMistralCalls(both, { ours, theirs });
}

describe('audio.speech', () => {
  it('gives the same events', async () => {
    const events = await compare(
      async (client) => collectItems(await client.audio.speech.createStream({ input: INPUT })),
      async (client) =>
        asWire(await eventData(await client.audio.speech.complete({ input: INPUT, stream: true }))),
    );
    expect((events as unknown[]).length).toBeGreaterThan(3);
  });
});

describe('audio.transcriptions', () => {
  it('gives the same text', async () => {
    await compare(
      (client) => client.audio.transcriptions.create({ model: MODEL, file, diarize: false }),
      (client) => client.audio.transcriptions.complete({ model: MODEL, file }),
    );
  });

  it('gives the same segments', async () => {
    await compare(
      (client) =>
        client.audio.transcriptions.create({
          model: MODEL,
          file,
          language: 'fr',
          temperature: 0.5,
          diarize: true,
          context_bias: ['ledger', 'entry'],
          timestamp_granularities: ['segment'],
        }),
      (client) =>
        client.audio.transcriptions.complete({
          model: MODEL,
          file,
          language: 'fr',
          temperature: 0.5,
          diarize: true,
          contextBias: ['ledger', 'entry'],
          timestampGranularities: ['segment'],
        }),
    );
  });

  it('hears what is elsewhere', async () => {
    const address = 'https://a.example/b.mp3';
    await compare(
      (client) =>
        client.audio.transcriptions.create({
          model: MODEL,
          file_url: address,
          file_id: null,
          diarize: false,
        }),
      (client) =>
        client.audio.transcriptions.complete({ model: MODEL, fileUrl: address, fileId: null }),
    );
  });

  it('streams the same events', async () => {
    const events = await compare(
      async (client) =>
        collectItems(
          await client.audio.transcriptions.createStream({ model: MODEL, file, diarize: false }),
        ),
      async (client) => eventData(await client.audio.transcriptions.stream({ model: MODEL, file })),
    );
    expect((events as unknown[]).length).toBeGreaterThan(3);
  });

  it('fails alike', async () => {
    const model = 'mistral-small-latest';
    const error = await compareMistralFailures(both, {
      ours: (client) => client.audio.transcriptions.create({ model, file, diarize: false }),
      theirs: (client) => client.audio.transcriptions.complete({ model, file }),
    });
    expect(error).toBeInstanceOf(BadRequestError);
  });
});

describe('audio.voices', () => {
  it('are made, looked at, heard, changed, listed and deleted', async () => {
    const made = await compare(
      (client) =>
        client.audio.voices.create({
          name: 'Ada',
          sample_audio: 'AAAA',
          sample_filename: 'a.wav',
          languages: ['en'],
          retention_notice: 30,
        }),
      (client) =>
        client.audio.voices.create({
          name: 'Ada',
          sampleAudio: 'AAAA',
          sampleFilename: 'a.wav',
          languages: ['en'],
        }),
    );
    const { id: voiceId } = made as { id: string };
    await compare(
      (client) => client.audio.voices.get(voiceId),
      (client) => client.audio.voices.get({ voiceId }),
    );
    await compare(
      async (client) => {
        const sample = await client.audio.voices.sample(voiceId);
        return Buffer.from(await sample.bytes()).toString('base64');
      },
      async (client) => {
        const sample = await client.audio.voices.getSampleAudio({ voiceId });
        return Buffer.from(await new Response(sample).arrayBuffer()).toString('base64');
      },
    );
    await compare(
      (client) => client.audio.voices.update(voiceId, { tags: ['calm'], gender: null }),
      (client) =>
        client.audio.voices.update({
          voiceId,
          voiceUpdateRequest: { tags: ['calm'], gender: null },
        }),
    );
    await compare(
      async (client) => {
        const { data: _same, ...page } = await client.audio.voices.list({
          limit: 2,
          offset: 1,
          type: 'all',
        });
        return page;
      },
      (client) => client.audio.voices.list({ limit: 2, offset: 1 }),
    );
    await compare(
      (client) => client.audio.voices.delete(voiceId),
      (client) => client.audio.voices.delete({ voiceId }),
    );
  });
});
