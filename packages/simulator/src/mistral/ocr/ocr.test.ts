import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';

const CONTENT = ['# Ledger\n\n![a](img-0.png)\n\n![b](img-1.png)', 'Two', 'Three'];
const ADDRESS = `data:text/plain;base64,${Buffer.from(CONTENT.join('\f')).toString('base64')}`;
const REQUEST = {
  model: 'mistral-ocr-latest',
  document: { type: 'document_url', document_url: ADDRESS },
};

let simulator: Simulator;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
});

afterAll(() => simulator.close());

interface Answer {
  readonly pages: readonly {
    readonly index: number;
    readonly images: readonly { readonly id: string }[];
    readonly blocks: readonly { readonly type: string }[] | null;
  }[];
}

async function read(over: object): Promise<Answer> {
  const response = await post(simulator, '/v1/ocr', { ...REQUEST, ...over });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

describe('POST /v1/ocr', () => {
  it.each([
    ['0', [0]],
    ['1-9', [1, 2]],
    ['0, 2', [0, 2]],
    [[1], [1]],
    [null, [0, 1, 2]],
  ])('reads the pages %j', async (pages, indices) => {
    const answer = await read({ pages });
    expect(answer.pages.map(({ index }) => index)).toEqual(indices);
  });

  it('tells of images and paragraphs as far as it is asked for', async () => {
    const [page] = (await read({ pages: '0' })).pages;
    expect(page?.images.map(({ id }) => id)).toEqual(['img-0.png', 'img-1.png']);
    expect(page?.blocks?.map(({ type }) => type)).toEqual(['title', 'image', 'image']);
    const [less] = (await read({ pages: '0', image_limit: 1, include_blocks: false })).pages;
    expect(less?.images).toHaveLength(1);
    expect(less?.blocks).toBeNull();
  });

  it.each([
    [{ model: undefined, document: undefined }, 'missing'],
    [{ document: { type: 'text' } }, 'union_tag_invalid'],
    [{ pages: 'one' }, 'value_error'],
    [{ pages: [-1] }, 'greater_than_equal'],
    [{ document_annotation_format: { type: 'text' } }, 'value_error'],
    [{ colour: 'red' }, 'extra_forbidden'],
  ])('refuses %j', async (over, type) => {
    const response = await post(simulator, '/v1/ocr', { ...REQUEST, ...over });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ message: { detail: [{ type }] } });
  });
});
