import { SerializationError, ValidationError } from '@integrations/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BatchedRequest,
  type BatchInputRules,
  batchInputs,
  customIdsOf,
} from './batch-input.ts';

const RULES: BatchInputRules = {
  call: 'acme batches.process',
  mostRequests: 3,
  mostBytes: 1000,
};

interface Cut {
  readonly sizes: number[];
  readonly ids: string[];
}

function cut(bodies: readonly object[], rules = RULES): Cut {
  const requests: BatchedRequest[] = bodies.map((body) => ({ body }));
  const inputs = [...batchInputs(requests, customIdsOf(requests, rules.call), rules)];
  return {
    sizes: inputs.map(({ customIds }) => customIds.length),
    ids: inputs.flatMap(({ customIds }) => customIds),
  };
}

describe('batchInputs', () => {
  it.each([
    [undefined, {}],
    [
      { method: 'POST', url: '/v1/chat' },
      { method: 'POST', url: '/v1/chat' },
    ],
  ])('writes a line for each request, in order, with the head %j', async (lineHead, head) => {
    const requests = [{ custom_id: 'a', body: { n: 1 } }, { body: { text: 'ä\n' } }];
    const ids = customIdsOf(requests, RULES.call);
    const [input] = batchInputs(requests, ids, { ...RULES, lineHead });
    const lines = (await input?.file.text())?.split('\n').filter(Boolean) ?? [];
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { custom_id: 'a', ...head, body: { n: 1 } },
      { custom_id: 'request-1', ...head, body: { text: 'ä\n' } },
    ]);
    expect(input?.file.name).toBe('batch.jsonl');
  });

  it('makes another batch when the requests are too many', () => {
    const { sizes, ids } = cut([{}, {}, {}, {}]);
    expect(sizes).toEqual([3, 1]);
    expect(new Set(ids).size).toBe(4);
  });

  it('makes another batch when the bytes are too many', () => {
    const body = { text: 'x'.repeat(400) };
    expect(cut([body, body, body]).sizes).toEqual([2, 1]);
  });

  it('leaves one that is too large alone to itself, for the API to refuse', () => {
    expect(cut([{ text: 'x'.repeat(2000) }, {}]).sizes).toEqual([1, 1]);
  });

  it('makes another batch when a quota is used up', () => {
    const quota = { most: 4, count: (body: object) => (body as { texts: number }).texts };
    expect(cut([{ texts: 2 }, { texts: 2 }, { texts: 1 }], { ...RULES, quota }).sizes).toEqual([
      2, 1,
    ]);
    expect(cut([{ texts: 2 }, { texts: 2 }, { texts: 1 }]).sizes).toEqual([3]);
  });

  it('loses and doubles nothing, and keeps within the limits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 300 }), { minLength: 1 }), async (texts) => {
        const requests: BatchedRequest[] = texts.map((text) => ({ body: { text } }));
        const inputs = [...batchInputs(requests, customIdsOf(requests, RULES.call), RULES)];
        const written = await Promise.all(inputs.map(({ file }) => file.text()));
        const found = written.flatMap((text) =>
          text
            .split('\n')
            .filter(Boolean)
            .map((line) => (JSON.parse(line) as { body: { text: string } }).body.text),
        );
        expect(found).toEqual(texts);
        for (const { customIds, file } of inputs) {
          expect(customIds.length).toBeLessThanOrEqual(RULES.mostRequests);
          if (customIds.length > 1) expect(file.size).toBeLessThanOrEqual(RULES.mostBytes);
        }
      }),
    );
  });

  it('refuses what is no JSON', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => cut([cycle])).toThrow(SerializationError);
  });
});

describe('customIdsOf', () => {
  const ask = (ids: (string | undefined)[]): string[] =>
    customIdsOf(
      ids.map((custom_id) => ({ custom_id })),
      RULES.call,
    );

  it('names those that have no name', () => {
    expect(ask(['a', undefined, 'b'])).toEqual(['a', 'request-1', 'b']);
  });

  it.each([[[]], [['a', 'a']], [['']], [['request-1', undefined]]])('refuses %j', (ids) => {
    expect(() => ask(ids)).toThrow(ValidationError);
  });
});
