import { inflateSync } from 'node:zlib';
import {
  BadRequestError,
  GoneError,
  StreamTruncatedError,
  ValidationError,
} from '@integrations/errors';
import { toFile } from '@integrations/provider';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { MockHttpTransport } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAIClient, type OpenAIClient } from '../client.ts';

const REQUEST = { model: 'gpt-image-1', prompt: 'A ledger in the rain', size: '256x256' } as const;

let simulator: Simulator;
let client: OpenAIClient;

beforeAll(async () => {
  simulator = await createSimulator();
  client = createOpenAIClient({ apiKey: 'k', baseURL: simulator.baseURL, maxRetries: 0 });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => simulator.clearFaults());

async function png(): Promise<File> {
  const { data } = await client.images.generate({ ...REQUEST, prompt: 'a picture' });
  return toFile(Buffer.from(data?.[0]?.b64_json ?? '', 'base64'), 'picture.png', {
    type: 'image/png',
  });
}

describe('images.generate', () => {
  it('gives images, the same for the same prompt', async () => {
    const [one, again, other] = await Promise.all([
      client.images.generate(REQUEST),
      client.images.generate(REQUEST),
      client.images.generate({ ...REQUEST, prompt: 'something else' }),
    ]);
    const image = Buffer.from(one.data?.[0]?.b64_json ?? '', 'base64');
    expect(image.toString('latin1', 1, 4)).toBe('PNG');
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([256, 256]);
    const data = image.indexOf('IDAT');
    const pixels = inflateSync(image.subarray(data + 4, data + 4 + image.readUInt32BE(data - 4)));
    expect(pixels).toHaveLength(256 * (1 + 256 / 4));
    expect(again.data).toEqual(one.data);
    expect(other.data).not.toEqual(one.data);
    expect(one.usage?.output_tokens).toBeGreaterThan(0);
  });

  it('gives as many as asked for, and addresses from the older models', async () => {
    const { data } = await client.images.generate({ ...REQUEST, model: 'dall-e-2', n: 3 });
    expect(data).toHaveLength(3);
    expect(data?.[0]?.url).toMatch(/^data:image\/png;base64,/);
  });

  it('streams unfinished images before each finished one', async () => {
    const { data } = await client.images.generate({ ...REQUEST, n: 2 });
    const request = { ...REQUEST, n: 2, stream: true, partial_images: 2 } as const;
    const stream = await client.images.generate(request);
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    const each = ['partial_image', 'partial_image', 'completed'];
    expect(types).toEqual([...each, ...each].map((type) => `image_generation.${type}`));
    const images = await stream.finalImages();
    expect(images.map(({ b64_json }) => ({ b64_json }))).toEqual(data);
    expect(stream.tokenUsage?.outputTokens).toBe(
      images.reduce((sum, { usage }) => sum + usage.output_tokens, 0),
    );
  });

  it('tells a cut stream from a whole one', async () => {
    simulator.inject({ fault: { omitDone: true } });
    const stream = await client.images.generate({ ...REQUEST, stream: true, partial_images: 1 });
    await expect(stream.finalImages()).rejects.toThrow(StreamTruncatedError);
  });

  it.each([
    [{ prompt: '' }, /prompt/],
    [{ n: 11 }, /n:/],
    [{ partial_images: 4 }, /partial_images/],
  ])('refuses %o before it is sent', async (over, message) => {
    const call = client.images.generate({ ...REQUEST, ...over });
    await expect(call).rejects.toThrow(ValidationError);
    await expect(call).rejects.toThrow(message);
  });

  it('tells what the server refuses', async () => {
    const call = client.images.generate({ ...REQUEST, response_format: 'url' });
    await expect(call).rejects.toThrow(BadRequestError);
  });
});

describe('images.edit', () => {
  it('gives an image that depends on what it was made of', async () => {
    const image = await png();
    const edited = await client.images.edit({ ...REQUEST, image });
    const masked = await client.images.edit({ ...REQUEST, image: [image, image], mask: image });
    expect(edited.data?.[0]?.b64_json).not.toBe(masked.data?.[0]?.b64_json);
    expect(edited.usage?.input_tokens_details.image_tokens).toBeGreaterThan(0);
  });

  it('streams', async () => {
    const request = { ...REQUEST, image: await png(), stream: true, partial_images: 1 } as const;
    const stream = await client.images.edit(request);
    const types: string[] = [];
    for await (const { type } of stream) types.push(type);
    expect(types).toEqual(['image_edit.partial_image', 'image_edit.completed']);
  });

  it('leaves out what is null, which a form cannot hold', async () => {
    await client.images.edit({ ...REQUEST, image: await png(), background: null });
    expect(simulator.requests.at(-1)?.body).not.toHaveProperty('background');
  });

  it('refuses an image that is none before it is sent', async () => {
    const call = client.images.edit({ ...REQUEST, image: [] });
    await expect(call).rejects.toThrow(/image/);
  });
});

describe('images.createVariation', () => {
  it('is gone, and says what to do instead', async () => {
    const call = client.images.createVariation({ image: await png() });
    await expect(call).rejects.toThrow(GoneError);
    await expect(call).rejects.toMatchObject({
      status: 404,
      retryable: false,
      message: expect.stringContaining('client.images.edit'),
    });
  });

  it('works with servers that have it', async () => {
    const transport = new MockHttpTransport().respond({ json: { created: 1, data: [] } });
    await using other = createOpenAIClient({ apiKey: 'k', transport });
    const result = await other.images.createVariation({ image: new Blob(['png']), n: 2 });
    expect(result.data).toEqual([]);
    expect(transport.requests[0]?.url).toMatch(/\/images\/variations$/);
  });

  it('refuses what cannot be right', async () => {
    const call = client.images.createVariation({ image: await png(), n: 0 });
    await expect(call).rejects.toThrow(ValidationError);
  });
});
