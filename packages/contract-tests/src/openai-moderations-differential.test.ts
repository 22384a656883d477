import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import { compareCalls, compareFailures, type SameCall } from './compare-calls.test.support.ts';

let both: BothClients;

beforeAll(async () => {
  both = await connectBoth();
});

afterAll(() => both[Symbol.asyncDispose]());

const IMAGE = { type: 'image_url' as const, image_url: { url: 'https://example.test/a.png' } };

describe('moderations.create', () => {
  it.each([
    ['a text', { input: 'I will kill the process.' }],
    ['several texts', { input: ['good morning', 'you idiot'], model: 'omni-moderation-latest' }],
    ['a text with an image', { input: [{ type: 'text' as const, text: 'a picture' }, IMAGE] }],
  ])('%s', async (_what, request) => {
    await compareCalls(both, {
      ours: (client) => client.moderations.create(request),
      theirs: (client) => client.moderations.create(request),
    });
  });

  it('an unknown model', async () => {
    const request = { input: 'x', model: 'no-such-model' };
    const error = await compareFailures(both, {
      ours: (client) => client.moderations.create(request),
      theirs: (client) => client.moderations.create(request),
    });
    expect(error).toMatchObject({ code: 'model_not_found', param: 'model' });
  });
});

describe('realtime.clientSecrets.create', () => {
  it.each([
    ['plain', {}],
    ['with a session', { session: { type: 'realtime' as const, instructions: 'Be brief.' } }],
    ['for transcription', { session: { type: 'transcription' as const } }],
    ['for a time', { expires_after: { anchor: 'created_at' as const, seconds: 60 } }],
  ])('%s', async (_what, request) => {
    await compareCalls(both, {
      ours: (client) => client.realtime.clientSecrets.create(request),
      theirs: (client) => client.realtime.clientSecrets.create(request),
    });
  });
});

describe('models.delete', () => {
  it.each(['gpt-4o', 'ft:gpt-4o:none::1'])('%s', async (model) => {
    const deletion: SameCall = {
      ours: (client) => client.models.delete(model),
      theirs: (client) => client.models.delete(model),
    };
    await compareFailures(both, deletion);
  });
});
