import { appendFile, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMistralClient, type MistralClient } from '@integrations/mistral';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embedTexts, type EmbedTextsOptions } from './embed-texts.ts';
import { VectorFile } from './vector-file.ts';

const TEXTS = Array.from({ length: 25 }, (_, at) => `entry ${at}`);
const VECTOR_BYTES = 1024 * 4;

let simulator: Simulator;
let client: MistralClient;
let folder: string;

beforeEach(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
  });
  folder = await mkdtemp(join(tmpdir(), 'bulk-embedding-'));
  await writeFile(join(folder, 'input'), TEXTS.join('\n\n'));
});

afterEach(async () => {
  await client.close();
  await simulator.close();
  await rm(folder, { recursive: true });
});

async function embed(output: string, changes: Partial<EmbedTextsOptions> = {}): Promise<Buffer> {
  await using source = await open(join(folder, 'input'));
  await using file = await VectorFile.open(join(folder, output), 1024);
  const { signal } = new AbortController();
  const options = { client, model: 'mistral-embed', batchSize: 4, width: 2, signal };
  await embedTexts(source.readLines(), file, { ...options, ...changes });
  return await readFile(join(folder, output));
}

/** The texts that were sent, in order, since the journal had `from` entries. */
function sentTexts(from = 0): unknown[] {
  return simulator.requests
    .slice(from)
    .flatMap(({ body }) => (body as { readonly input: string[] }).input);
}

describe('embedTexts', () => {
  it('writes the vectors of all texts, in their order', async () => {
    const counts: number[] = [];
    const bytes = await embed('whole', { onProgress: (count) => counts.push(count) });
    expect(counts).toEqual([4, 8, 12, 16, 20, 24, 25]);
    const { data } = await client.embeddings.create(
      { model: 'mistral-embed', input: TEXTS },
      { vectors: 'float32' },
    );
    const expected = data.map(({ embedding }) => Buffer.from(new Uint8Array(embedding.buffer)));
    expect(bytes.length).toBe(TEXTS.length * VECTOR_BYTES);
    expect(bytes.equals(Buffer.concat(expected))).toBe(true);
  });

  it('goes on after a failure, and sends nothing twice that was written', async () => {
    const whole = await embed('whole');
    const before = simulator.requests.length;
    simulator.inject({ match: { path: '/v1/embeddings' }, skip: 3, fault: { status: 503 } });
    const failing = embed('output', { width: 1 });
    await expect(failing).rejects.toMatchObject({ name: 'EmbeddingBatchError' });
    simulator.clearFaults();
    const written = await readFile(join(folder, 'output'));
    expect(written.equals(whole.subarray(0, 12 * VECTOR_BYTES))).toBe(true);

    // The process was killed while it wrote the next one.
    await appendFile(join(folder, 'output'), Buffer.alloc(100));
    const failed = simulator.requests.length;
    expect(failed - before).toBe(4);
    const resumed = await embed('output');
    expect(resumed.equals(whole)).toBe(true);
    expect(sentTexts(failed)).toEqual(TEXTS.slice(12));
  });

  it('has nothing to do where all is done', async () => {
    const whole = await embed('output');
    const before = simulator.requests.length;
    expect((await embed('output')).equals(whole)).toBe(true);
    expect(simulator.requests).toHaveLength(before);
  });

  it('holds no more texts than its batches under way', async () => {
    simulator.inject({ fault: { headersThenStall: true } });
    let read = 0;
    const endless = async function* (): AsyncGenerator<string> {
      for (;;) yield `entry ${(read += 1)}`;
    };
    const stop = new AbortController();
    await using file = await VectorFile.open(join(folder, 'output'), 1024);
    const { signal } = stop;
    const options = { client, model: 'mistral-embed', batchSize: 5, width: 3, signal };
    const embedding = embedTexts(endless(), file, options);
    while (simulator.requests.length < 3) await new Promise(setImmediate);
    expect(read).toBe(15);
    stop.abort();
    await expect(embedding).rejects.toMatchObject({ name: 'EmbeddingBatchError' });
    expect(read).toBe(15);
    expect(file.count).toBe(0);
  });

  it('writes nothing of vectors that are longer than those before', async () => {
    await using source = await open(join(folder, 'input'));
    await using file = await VectorFile.open(join(folder, 'output'), 256);
    const { signal } = new AbortController();
    const embedding = embedTexts(source.readLines(), file, {
      client,
      model: 'mistral-embed',
      signal,
    });
    await expect(embedding).rejects.toThrow('A vector has 1024 dimensions and the file 256');
    expect(await readFile(join(folder, 'output'))).toHaveLength(0);
  });
});
