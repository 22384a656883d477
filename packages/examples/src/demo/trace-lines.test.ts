import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { createPalette } from './palette.ts';
import type { SpanNode } from './span-tree.ts';
import { textWidth } from './text-width.ts';
import { traceLines } from './trace-lines.ts';

const plain = createPalette(false);

type Parts = Partial<Omit<SpanNode, 'name' | 'startMs' | 'durationMs'>>;

function span(name: string, startMs: number, durationMs: number, parts: Parts = {}): SpanNode {
  return { name, startMs, durationMs, status: 'unset', attributes: {}, children: [], ...parts };
}

function embedding(startMs: number, tokens: number): SpanNode {
  return span('ai.embed', startMs, 1234.56, {
    status: 'ok',
    attributes: { 'gen_ai.request.model': 'small', 'gen_ai.usage.input_tokens': tokens },
    children: [
      span('check', startMs + 0.4, 0.04, { attributes: { state: 'closed' } }),
      span('request', startMs + 2, 1230, {
        status: 'error',
        attributes: { 'http.request.method': 'POST', 'error.type': 'overloaded' },
        children: [span('send', startMs + 3, 1)],
      }),
      span('record', startMs + 1234, 0.1),
    ],
  });
}

it('draws calls as trees, with their figures side by side', () => {
  expect(traceLines([embedding(0, 48)], 80, plain).join('\n')).toBe(`
  Trace
             start      ms
  ai.embed       0  1234.6  ✓  small, 48 tokens
  ├ check        0     0.0  ·  closed
  ├ request      2  1230.0  ✗  attempt 1, overloaded
  │ └ send       3     1.0  ·
  └ record    1234     0.1  ·`);
});

it('shows once what calls have in common', () => {
  const calls = [embedding(0, 48), embedding(20, 7), span('ai.chat', 1300, 1), embedding(40, 9)];
  expect(traceLines(calls, 80, plain).slice(8).join('\n')).toBe(`\
  ai.embed      20  1234.6  ✓  7 tokens
  ai.chat     1300     1.0  ·
  ai.embed      40  1234.6  ✓  9 tokens

  A call that went like one above it has a single line.`);
});

it('breaks details that are too long, below the rails of the tree', () => {
  expect(
    traceLines([embedding(0, 1048)], 46, plain)
      .slice(3)
      .join('\n'),
  ).toBe(`\
  ai.embed       0  1234.6  ✓  small, 1,048
  │                            tokens
  ├ check        0     0.0  ·  closed
  ├ request      2  1230.0  ✗  attempt 1,
  │ │                          overloaded
  │ └ send       3     1.0  ·
  └ record    1234     0.1  ·`);
});

it('says so when there was no call', () => {
  expect(traceLines([], 80, plain)).toEqual(['', '  Trace', '', '  No call was traced.']);
});

it('has the same lines in colours', () => {
  const calls = [embedding(0, 1048), embedding(20, 7)];
  const colored = traceLines(calls, 46, createPalette(true)).join('\n');
  expect(colored).toContain('\u001B[31m✗\u001B[39m');
  expect(colored).toContain('\u001B[1mai.embed\u001B[22m');
  const bare = stripVTControlCharacters(colored).replaceAll(/ +$/gm, '');
  expect(bare).toBe(traceLines(calls, 46, plain).join('\n'));
});

it('lets nothing through that steers a terminal, and counts wide letters as two', () => {
  const attributes = { 'gen_ai.request.model': 'a\u001B[2Jb' };
  const [, , , first = '', second = ''] = traceLines(
    [span('\u001B[31m', 0, 1, { attributes }), span('名前', 1, 1)],
    80,
    plain,
  );
  expect(first).toContain('a[2Jb');
  expect(first).not.toMatch(/\p{Cc}/u);
  expect(textWidth(first.slice(0, first.indexOf('·')))).toBe(
    textWidth(second.slice(0, second.indexOf('·'))),
  );
});
