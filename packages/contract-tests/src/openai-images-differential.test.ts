import { toFile } from '@integrations/openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothClients, connectBoth } from './both-clients.ts';
import {
  collectItems,
  compareCalls,
  compareFailures,
  type SameCall,
} from './compare-calls.test.support.ts';

const REQUEST = { model: 'gpt-image-1', prompt: 'A ledger in the rain', size: '256x256' } as const;

let both: BothClients;
let image: File;

beforeAll(async () => {
  both = await connectBoth();
  image = await toFile(Buffer.from('an image'), 'image.png', { type: 'image/png' });
});

afterAll(() => both[Symbol.asyncDispose]());

function compare(ours: SameCall['ours'], theirs: SameCall['theirs']): Promise<unknown> {
  return compareCalls(both, { ours, theirs });
}

describe('images.generate', () => {
  it.each([
    {},
    { n: 2, quality: 'low', background: null },
    { output_format: 'png', user: 'u' },
  ] as const)('%o', async (over) => {
    const request = { ...REQUEST, ...over };
    await compare(
      (client) => client.images.generate(request),
      (client) => client.images.generate(request),
    );
  });

  it('streams the same events', async () => {
    const request = { ...REQUEST, stream: true, partial_images: 2 } as const;
    const events = await compare(
      async (client) => collectItems(await client.images.generate(request)),
      async (client) => collectItems(await client.images.generate(request)),
    );
    expect(events).toHaveLength(3);
  });

  it('fails alike', async () => {
    const request = { ...REQUEST, response_format: 'url' } as const;
    await compareFailures(both, {
      ours: (client) => client.images.generate(request),
      theirs: (client) => client.images.generate(request),
    });
  });
});

describe('images.edit', () => {
  it('one image', async () => {
    await compare(
      (client) => client.images.edit({ ...REQUEST, image, n: 2 }),
      (client) => client.images.edit({ ...REQUEST, image, n: 2 }),
    );
  });

  it('several images and a mask', async () => {
    await compare(
      (client) => client.images.edit({ ...REQUEST, image: [image, image], mask: image }),
      (client) => client.images.edit({ ...REQUEST, image: [image, image], mask: image }),
    );
  });

  it('streams the same events', async () => {
    const request = { ...REQUEST, image, stream: true, partial_images: 1 } as const;
    const events = await compare(
      async (client) => collectItems(await client.images.edit(request)),
      async (client) => collectItems(await client.images.edit(request)),
    );
    expect(events).toHaveLength(2);
  });
});

describe('images.createVariation', () => {
  it('fails alike where there are none', async () => {
    await compareFailures(both, {
      ours: (client) => client.images.createVariation({ image, n: 2 }),
      theirs: (client) => client.images.createVariation({ image, n: 2 }),
    });
  });
});
