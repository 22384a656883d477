import { describe, expect, it } from 'vitest';
import { type Answer, Storage } from '../storage.test.support.ts';

const DAY_SECONDS = 86_400;

async function makeStore(storage: Storage, body: object = {}): Promise<string> {
  return `/v1/vector_stores/${(await storage.ask('POST', '/v1/vector_stores', body)).body.id}`;
}

describe('/v1/vector_stores', () => {
  it('expires after its last use', async () => {
    const storage = new Storage();
    const expires_after = { anchor: 'last_active_at', days: 1 };
    const store = await makeStore(storage, { expires_after });
    storage.now += DAY_SECONDS - 1;
    expect((await storage.ask('POST', `${store}/search`, { query: 'a' })).status).toBe(200);
    storage.now += DAY_SECONDS - 1;
    expect((await storage.ask('GET', store)).body['status']).toBe('completed');
    storage.now += 1;
    expect((await storage.ask('GET', store)).body['status']).toBe('expired');
    expect((await storage.ask('POST', `${store}/search`, { query: 'a' })).status).toBe(400);
  });

  it('finds by meaning and by attributes', async () => {
    const storage = new Storage();
    const store = await makeStore(storage);
    const texts = [
      'The breaker opens after five failures.',
      'Bread needs flour.',
      'Salt is white.',
    ];
    for (const [n, text] of texts.entries()) {
      const file_id = await storage.upload(text);
      await storage.ask('POST', `${store}/files`, { file_id, attributes: { n, odd: n % 2 === 1 } });
    }
    await storage.ask('GET', store);
    const search = async (body: object): Promise<string[]> => {
      const { body: found } = await storage.ask('POST', `${store}/search`, body);
      const data = found['data'] as { content: { text: string }[]; score: number }[];
      expect(data.map(({ score }) => score)).toEqual(
        data.map(({ score }) => score).toSorted((a, b) => b - a),
      );
      return data.map(({ content }) => content[0]?.text ?? '');
    };
    const query = 'When does the breaker open?';
    expect((await search({ query }))[0]).toBe(texts[0]);
    expect(await search({ query, max_num_results: 1 })).toHaveLength(1);
    expect(await search({ query, ranking_options: { score_threshold: 0.3 } })).toEqual([texts[0]]);
    const filters = [
      [{ type: 'gte', key: 'n', value: 1 }, 2],
      [{ type: 'eq', key: 'odd', value: true }, 1],
      [{ type: 'in', key: 'n', value: [0, 2] }, 2],
      [{ type: 'nin', key: 'n', value: [0, 2] }, 1],
      [{ type: 'gt', key: 'odd', value: 0 }, 0],
      [
        {
          type: 'and',
          filters: [
            { type: 'lt', key: 'n', value: 2 },
            { type: 'ne', key: 'n', value: 0 },
          ],
        },
        1,
      ],
      [
        {
          type: 'or',
          filters: [
            { type: 'lte', key: 'n', value: 0 },
            { type: 'gt', key: 'n', value: 1 },
          ],
        },
        2,
      ],
    ] as const;
    for (const [filter, count] of filters)
      expect(await search({ query, filters: filter })).toHaveLength(count);
  });

  it.each([
    ['query', {}],
    ['query', { query: 4 }],
    ['max_num_results', { query: 'a', max_num_results: 51 }],
    ['score_threshold', { query: 'a', ranking_options: { score_threshold: 2 } }],
    ['filters.type', { query: 'a', filters: { type: 'like' } }],
    ['filters.filters[0].key', { query: 'a', filters: { type: 'or', filters: [{ type: 'eq' }] } }],
  ])('refuses a search with a wrong %s', async (param, body) => {
    const storage = new Storage();
    const answer = await storage.ask('POST', `${await makeStore(storage)}/search`, body);
    expect(answer).toMatchObject({ status: 400, body: { param } });
  });

  it.each([
    ['chunking_strategy.type', { chunking_strategy: { type: 'odd' } }],
    ['chunking_strategy.static', { chunking_strategy: { type: 'static' } }],
    [
      'chunking_strategy.static.chunk_overlap_tokens',
      {
        chunking_strategy: {
          type: 'static',
          static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 51 },
        },
      },
    ],
    ['expires_after.anchor', { expires_after: { anchor: 'created_at', days: 1 } }],
    ['expires_after.days', { expires_after: { anchor: 'last_active_at' } }],
    ['file_ids', { file_ids: 'a' }],
    ['name', { name: 4 }],
  ])('refuses a wrong %s', async (param, body) => {
    const answer = await new Storage().ask('POST', '/v1/vector_stores', body);
    expect(answer).toMatchObject({ status: 400, body: { param } });
  });

  it.each([
    ['file_ids', {}],
    ['files', { file_ids: ['a'], files: [] }],
    ['files', { files: [] }],
    ['file_ids[0]', { file_ids: [4] }],
    ['file_id', { files: [{}] }],
    ['attributes.a', { files: [{ file_id: 'KEPT', attributes: { a: [] } }] }],
  ])('refuses a batch of files with a wrong %s', async (param, body) => {
    const storage = new Storage();
    const id = await storage.upload('a');
    const given = JSON.parse(JSON.stringify(body).replace('KEPT', id)) as object;
    const store = await makeStore(storage);
    const answer: Answer = await storage.ask('POST', `${store}/file_batches`, given);
    expect(answer).toMatchObject({ status: 400, body: { param } });
  });
});
