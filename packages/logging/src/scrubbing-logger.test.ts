import { registerSecret } from '@integrations/errors';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.ts';
import { KeptLines, LEVELS } from './lines.test.support.ts';

/** No shape knows it, so that only its place or its registration can give it away. */
const MARKED = 'quiet marked words';

/** Ways of putting a value into a larger one. */
const WRAPPERS: readonly ((value: unknown) => unknown)[] = [
  (value) => ({ a: 1, inner: value, z: 'z' }),
  (value) => [0, value, null],
  (value) => new Map<unknown, unknown>([['m', value]]),
  (value) => new Set([1, value]),
  (value) => ({ toJSON: () => ({ from: value }) }),
  (value) => new Error('outer', { cause: value }),
  (value) => new AggregateError([value, new Error('other')], 'several'),
  (value) => ({
    get read(): unknown {
      return value;
    },
  }),
];

function asJsonText(value: unknown): string {
  const seen = new Set<unknown>();
  const text = JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member === 'bigint') return member.toString();
    if (typeof member === 'object' && member !== null) {
      if (seen.has(member)) return '[again]';
      seen.add(member);
    }
    return member;
  });
  return text ?? '{}';
}

const wrapped = (leaf: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(leaf, fc.array(fc.constantFrom(...WRAPPERS, asJsonText), { maxLength: 6 }))
    .map(([value, wrappers]) => wrappers.reduce<unknown>((inner, wrap) => wrap(inner), value));

/** Writes a value in every place that a line has, at every level. */
function written(value: unknown): string {
  const kept = new KeptLines();
  const logger = createLogger({
    level: 'trace',
    destination: kept,
    fields: { value },
    spanContext: () => ({ trace_id: 't', span_id: 's', name: value as string }),
  });
  for (const level of LEVELS) logger[level](value as string, { value });
  logger.child({ value, target: value }).info('child', value as never);
  // Reading each line proves that it is JSON.
  expect(kept.lines).toHaveLength(LEVELS.length + 1);
  return kept.text;
}

describe('a registered secret', () => {
  const name = fc.string({ maxLength: 8 });
  const leaf = fc.oneof(
    fc.constant(MARKED),
    fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before}${MARKED}${after}`),
    name.map((key) => ({ [`${key}${MARKED}`]: 1 })),
    fc.constant(new Map([[MARKED, MARKED]])),
    fc.constant(new Error(`failed with ${MARKED}`)),
    fc.constant(Object.assign(new Error('x'), { code: MARKED, name: MARKED })),
    fc.constant(Object.assign(new Error('x'), { stack: `Error: x\n at ${MARKED} (file.ts:1)` })),
    fc.constant(new URL(`https://host.test/${encodeURIComponent(MARKED)}?q=${MARKED}`)),
    fc.constant(`https://host.test/?q=${encodeURIComponent(MARKED)}`),
    fc.constant(`Basic ${btoa(`user:${MARKED}`)}`),
    fc.constant({ headers: { 'X-Custom': MARKED } }),
  );

  it('is in no line, wherever it was', () => {
    using registration = registerSecret(MARKED);
    expect(registration.registered).toBe(true);
    const spellings = [MARKED, encodeURIComponent(MARKED), MARKED.replaceAll(' ', '+')];
    spellings.push(btoa(`user:${MARKED}`).slice(8, -4));
    fc.assert(
      fc.property(wrapped(leaf), (value) => {
        const text = written(value);
        for (const spelling of spellings) expect(text).not.toContain(spelling);
      }),
      { numRuns: 500 },
    );
  });

  it('would be there without its registration', () => {
    expect(written({ a: MARKED })).toContain(MARKED);
  });
});

describe('what its name gives away', () => {
  const NAMES = [
    'authorization',
    'proxy-authorization',
    'cookie',
    'set-cookie',
    'x-api-key',
    'api_key',
    'client_secret',
    'password',
    'access_token',
    'openai-organization',
    'openai-project',
    'organization',
    'organization_id',
    'project',
    'project_id',
  ];

  /** Each letter large or small. */
  const anyCase = (text: string): fc.Arbitrary<string> =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((large) =>
        Array.from(text, (letter, at) => (large[at] ? letter.toUpperCase() : letter)).join(''),
      );

  const secretName = fc.constantFrom(...NAMES).chain(anyCase);
  const planted = secretName.chain((name) =>
    fc.constantFrom<unknown>(
      { [name]: MARKED },
      { [name]: [MARKED] },
      { [name]: { inner: MARKED } },
      new Map([[name, MARKED]]),
      ['accept', '*/*', name, MARKED],
      [[name, MARKED]],
      { name, value: MARKED },
      JSON.stringify({ [name]: MARKED }),
      JSON.stringify({ body: JSON.stringify({ [name]: MARKED, n: 1 }) }),
      `the server was sent {"${name}": "${MARKED}", "n": 1}`,
      `the server was sent {\\"${name}\\": \\"${MARKED}\\"}`,
    ),
  );

  it('is in no line, in any case and depth', () => {
    fc.assert(
      fc.property(wrapped(planted), (value) => {
        expect(written(value)).not.toContain(MARKED);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['token', 'api_key', 'secret', 'password', 'sig', 'key', 'X-Amz-Signature'])(
    'is in no address: %s',
    (name) => {
      const url = `https://host.test/v1/files?limit=5&${name}=abc123hidden&after=x`;
      for (const value of [url, new URL(url), new Error(`GET ${url} failed`)]) {
        const text = written({ value });
        expect(text).not.toContain('abc123hidden');
        expect(text).toContain('limit=5');
      }
    },
  );
});

describe('any value', () => {
  it('is written as one line of JSON each, and nothing throws', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withTypedArray: true,
      withSparseArray: true,
      withUnicodeString: true,
    });
    fc.assert(
      fc.property(wrapped(anything), (value) => {
        expect(written(value).split('\n')).toHaveLength(LEVELS.length + 2);
      }),
      { numRuns: 500 },
    );
  });

  // Quadratic work on this length takes minutes, and the test would time out.
  const LENGTH = 200_000;
  it.each([
    'a',
    '{',
    '[',
    '"',
    '\\',
    '\\"',
    '{"a":',
    ' ',
    'sk-',
    '"secret":"',
    '//a@',
    '=',
    '?key=',
  ])('is done soon with a repeated %j', (piece) => {
    using registration = registerSecret(`${piece.repeat(40)}x`);
    expect(registration.registered).toBe(true);
    const kept = new KeptLines();
    const text = piece.repeat(LENGTH / piece.length);
    createLogger({ destination: kept }).info(text, { text, [text]: `{${text}}` });
    expect(kept.lines).toHaveLength(1);
  });

  it('is cut where it is too much', () => {
    const kept = new KeptLines();
    const wide = Array.from({ length: 100_000 }, (_, index) => ({ index }));
    createLogger({ destination: kept }).info('x', { wide });
    expect(kept.text.length).toBeLessThan(500_000);
    expect(kept.text).toContain('[Truncated]');
  });
});
