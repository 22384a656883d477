import { createOpenAIClient } from '@integrations/openai';
import { createSimulator, type Simulator } from '@integrations/simulator';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embed, EmbeddingIndex, embedPassages } from './embedding-index.ts';
import type { Passage } from './passages.ts';

function passage(text: string): Passage {
  return { file: 'a.md', line: 1, heading: '', text, prose: text };
}

const passages = ['north', 'east', 'north east', 'south'].map(passage);
const vectors = [
  [0, 2],
  [3, 0],
  [1, 1],
  [0, -1],
].map((vector) => Float32Array.from(vector));

describe('EmbeddingIndex', () => {
  it('ranks by direction, not by length', () => {
    const ranked = new EmbeddingIndex(passages, vectors).nearest(Float32Array.of(0, 9), 3);
    expect(ranked.map(({ passage }) => passage.text)).toEqual(['north', 'north east', 'east']);
    expect(ranked.map(({ similarity }) => similarity)).toEqual([
      1,
      expect.closeTo(Math.SQRT1_2, 6),
      0,
    ]);
  });

  it('gives each text once', () => {
    const twice = [passage('north'), passage('north'), passage('east')];
    const index = new EmbeddingIndex(
      twice,
      [
        [0, 1],
        [0, 1],
        [1, 0],
      ].map((v) => Float32Array.from(v)),
    );
    const texts = index.nearest(Float32Array.of(0, 1), 2).map(({ passage }) => passage.text);
    expect(texts).toEqual(['north', 'east']);
  });

  it('leaves out what cannot be quoted', () => {
    const index = new EmbeddingIndex([{ ...passage('code'), prose: '' }], [Float32Array.of(1)]);
    expect(index.nearest(Float32Array.of(1), 1)).toEqual([]);
  });

  it('has no direction for a vector of zeros', () => {
    const index = new EmbeddingIndex(passages.slice(0, 1), [Float32Array.of(0, 0)]);
    expect(index.nearest(Float32Array.of(0, 1), 1)[0]?.similarity).toBe(0);
  });

  it.each([
    ['a vector too few', vectors.slice(1)],
    ['vectors of different lengths', [...vectors.slice(1), Float32Array.of(1)]],
  ])('refuses %s', (_what, given) => {
    expect(() => new EmbeddingIndex(passages, given)).toThrow('4 passages');
  });

  it('finds what a search of all cosines finds', () => {
    const vector = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 20 }), vector, (list, sought) => {
        const texts = list.map((_, at) => passage(String(at)));
        const index = new EmbeddingIndex(
          texts,
          list.map((v) => Float32Array.from(v)),
        );
        const [best] = index.nearest(Float32Array.from(sought), 1);
        const most = Math.max(...list.map((v) => cosine(v, sought)));
        expect(best?.similarity).toBeCloseTo(most, 5);
        expect(cosine(list[Number(best?.passage.text)] ?? [], sought)).toBeCloseTo(most, 5);
      }),
    );
  });
});

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? 0 : dot(a, b) / lengths;
}

describe('embedPassages', () => {
  const many = Array.from({ length: 200 }, (_, at) => passage(`the passage of number ${at}`));
  const signal = new AbortController().signal;
  const model = 'text-embedding-3-small';
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await createSimulator({ latencyMs: 5 });
  });

  afterEach(async () => {
    await simulator.close();
  });

  it('embeds in batches and keeps each vector with its passage', async () => {
    await using client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
    const progress: number[] = [];
    const settings = { client, model, signal };
    const index = await embedPassages(many, {
      ...settings,
      onProgress: (done) => progress.push(done),
    });
    expect(simulator.requests).toHaveLength(Math.ceil(many.length / 32));
    expect(progress).toHaveLength(7);
    expect(progress.at(-1)).toBe(200);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    for (const at of [0, 31, 32, 199]) {
      const [vector] = await embed([many[at]?.text ?? ''], settings);
      const [nearest] = index.nearest(vector ?? new Float32Array(), 1);
      expect(nearest?.passage).toBe(many[at]);
    }
  });

  it('embeds a heading with its passage', async () => {
    await using client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
    await embedPassages([{ ...passage('text'), heading: 'Retries' }], { client, model, signal });
    expect(simulator.requests[0]?.body).toMatchObject({ input: ['Retries\n\ntext'] });
  });

  it('stops the other batches when one fails', async () => {
    simulator.inject({ skip: 1, times: 1, fault: { status: 400 } });
    await using client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
    const work = embedPassages(many, { client, model, signal });
    await expect(work).rejects.toMatchObject({ code: 'bad_request' });
    expect(simulator.requests.length).toBeLessThan(7);
  });

  it('stops when it is told to', async () => {
    await using client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
    const stop = new AbortController();
    const work = embedPassages(many, {
      client,
      model,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    expect(simulator.requests.length).toBeLessThan(7);
  });
});
