import { toFile } from '@integrations/openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

const SPOKEN = {
  model: 'gpt-4o-mini-tts',
  input: 'A ledger keeps every entry. It is never erased.',
  voice: 'alloy',
} as const;

let both: BothClients;
let file: File;

beforeAll(async () => {
  both = await connectBoth();
  const request = { ...SPOKEN, response_format: 'wav' } as const;
  const spoken = await both.ours.audio.speech.create(request);
  // The request ids count up alike only if both servers see as many requests.
  await both.theirs.audio.speech.create(request);
  file = await toFile(await spoken.bytes(), 'speech.wav', { type: 'audio/wav' });
});

afterAll(() => both[Symbol.asyncDispose]());

function compare(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<unknown> {
  return compareCalls(both, { ours, theirs });
}

describe('audio.speech.create', () => {
  it.each([{}, { response_format: 'pcm', speed: 2 }, { instructions: 'Slowly.' }] as const)(
    'gives the same audio: %o',
    async (over) => {
      const request = { ...SPOKEN, ...over };
      const audio = await compare(
        async (client) => {
          const response = await client.audio.speech.create(request);
          return Buffer.from(await response.arrayBuffer()).toString('base64');
        },
        async (client) => {
          const response = await client.audio.speech.create(request);
          return Buffer.from(await response.arrayBuffer()).toString('base64');
        },
      );
      expect(audio).not.toBe('');
    },
  );
});

describe('audio.transcriptions.create', () => {
  it.each([
    ['json', { model: 'whisper-1' }],
    ['with lists', { model: 'gpt-4o-transcribe', include: ['logprobs'], languages: ['en', 'de'] }],
    [
      'with an object',
      {
        model: 'gpt-4o-transcribe-diarize',
        response_format: 'diarized_json',
        chunking_strategy: { type: 'server_vad', threshold: 0.5 },
        known_speaker_names: ['a', 'b'],
      },
    ],
    [
      'verbose',
      {
        model: 'whisper-1',
        response_format: 'verbose_json',
        temperature: 0,
        timestamp_granularities: ['word', 'segment'],
      },
    ],
    ['text', { model: 'whisper-1', response_format: 'text' }],
    ['srt', { model: 'whisper-1', response_format: 'srt' }],
    ['vtt', { model: 'whisper-1', response_format: 'vtt', prompt: 'Größe' }],
  ] as const)('%s', async (_what, over) => {
    await compare(
      (client) => client.audio.transcriptions.create({ file, ...over }),
      (client) =>
        client.audio.transcriptions.create({ file, ...over } as unknown as {
          file: File;
          model: string;
        }),
    );
  });

  it('streams the same events', async () => {
    const request = { file, model: 'gpt-4o-transcribe', stream: true } as const;
    const events = await compare(
      async (client) => collectItems(await client.audio.transcriptions.create(request)),
      async (client) => collectItems(await client.audio.transcriptions.create(request)),
    );
    expect((events as unknown[]).length).toBeGreaterThan(3);
  });

  it('fails alike', async () => {
    const request = { file, model: 'no-such-model' };
    await compareFailures(both, {
      ours: (client) => client.audio.transcriptions.create(request),
      theirs: (client) => client.audio.transcriptions.create(request),
    });
  });
});

describe('audio.translations.create', () => {
  it.each(['json', 'verbose_json', 'text', 'srt', 'vtt'] as const)('%s', async (format) => {
    const request = { file, model: 'whisper-1', response_format: format };
    await compare(
      (client) => client.audio.translations.create(request),
      (client) => client.audio.translations.create(request),
    );
  });
});
