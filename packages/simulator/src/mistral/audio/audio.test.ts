import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, post } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';

const MODEL = 'voxtral-mini-latest';
const INPUT = 'A ledger keeps every entry. It is never erased.';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
});

afterAll(() => simulator.close());

async function transcribe(
  fields: readonly (readonly [string, string | File])[],
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const headers = { authorization: 'Bearer test-key' };
  return fetch(`${simulator.url}/v1/audio/transcriptions`, { method: 'POST', headers, body: form });
}

async function recording(): Promise<File> {
  const response = await post(simulator, '/v1/audio/speech', { input: INPUT });
  const { audio_data: audio } = (await response.json()) as { audio_data: string };
  return new File([Buffer.from(audio, 'base64')], 'speech.wav');
}

describe('POST /v1/audio/speech', () => {
  it('names its events, and ends with what it cost', async () => {
    const request = { input: INPUT, stream: true };
    const stream = await (await post(simulator, '/v1/audio/speech', request)).text();
    expect(stream).toMatch(/^event: speech\.audio\.delta\ndata: /);
    expect(stream).toMatch(/event: speech\.audio\.done\ndata: \{[^\n]*"usage"[^\n]*\}\n\n$/);
  });

  it.each([{}, { input: '' }, { input: 'a', response_format: 'aac' }])(
    'refuses %j',
    async (body) => {
      expect((await post(simulator, '/v1/audio/speech', body)).status).toBe(422);
    },
  );
});

describe('POST /v1/audio/transcriptions', () => {
  it('hears what was spoken, with times and speakers', async () => {
    const response = await transcribe([
      ['model', MODEL],
      ['file', await recording()],
      ['diarize', 'true'],
      ['timestamp_granularities', 'segment'],
      ['timestamp_granularities', 'word'],
    ]);
    const body = (await response.json()) as { segments: { text: string; speaker_id: string }[] };
    expect(body).toMatchObject({ model: MODEL, text: INPUT, language: 'en' });
    expect(body.segments).toHaveLength(2 + INPUT.split(' ').length);
    expect(body.segments[1]).toMatchObject({ speaker_id: 'speaker_2' });
  });

  it('streams it', async () => {
    const file = await recording();
    const response = await transcribe([
      ['model', MODEL],
      ['file', file],
      ['stream', 'true'],
    ]);
    const stream = await response.text();
    const events = dataOf(stream.replace(/^event: .*\n/gm, '')).map((data) => JSON.parse(data));
    expect(events.at(0)).toEqual({ type: 'transcription.language', audio_language: 'en' });
    expect(events.at(-1)).toMatchObject({ type: 'transcription.done', text: INPUT });
  });

  it.each<[string, [string, string][]]>([
    ['nothing to hear', [['model', MODEL]]],
    [
      'two things to hear',
      [
        ['model', MODEL],
        ['file_url', 'https://a.example'],
        ['file_id', 'a'],
      ],
    ],
    ['no model', [['file_url', 'https://a.example']]],
    [
      'a language of three letters',
      [
        ['model', MODEL],
        ['file_id', 'a'],
        ['language', 'eng'],
      ],
    ],
    [
      'what is neither true nor false',
      [
        ['model', MODEL],
        ['file_id', 'a'],
        ['diarize', 'yes'],
      ],
    ],
    [
      'a field that nobody knows',
      [
        ['model', MODEL],
        ['file_id', 'a'],
        ['colour', 'red'],
      ],
    ],
  ])('refuses %s', async (_what, fields) => {
    expect((await transcribe(fields)).status).toBe(422);
  });
});
