import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunk, END, streamOf } from './chat-stream.test.support.ts';

describe('the content of a stream', () => {
  it.each<[string, object[], unknown, string | null]>([
    ['strings', [{ content: 'Hel' }, { content: 'lo' }], 'Hello', 'Hello'],
    ['nothing', [{ content: null }], null, null],
    ['an empty text', [{ content: '' }], '', ''],
    [
      'parts',
      [
        { content: [{ type: 'text', text: 'Hel' }] },
        {
          content: [
            { type: 'text', text: 'lo' },
            { type: 'reference', reference_ids: [1] },
          ],
        },
        { content: [{ type: 'text', text: '!' }] },
      ],
      [
        { type: 'text', text: 'Hello' },
        { type: 'reference', reference_ids: [1] },
        { type: 'text', text: '!' },
      ],
      'Hello!',
    ],
    [
      'a text before parts',
      [{ content: 'Well' }, { content: [{ type: 'reference', reference_ids: ['a'] }] }],
      [
        { type: 'text', text: 'Well' },
        { type: 'reference', reference_ids: ['a'] },
      ],
      'Well',
    ],
    [
      'parts that nobody knows',
      [{ content: [{ type: 'hologram', hologram: 'H' }] }, { content: 'o' }],
      [
        { type: 'hologram', hologram: 'H' },
        { type: 'text', text: 'o' },
      ],
      'o',
    ],
  ])('of %s', async (_what, deltas, content, text) => {
    const stream = await streamOf([...deltas.map((delta) => chunk(delta)), END, '[DONE]']);
    expect((await stream.finalMessage()).content).toEqual(content);
    expect(await stream.finalContent()).toBe(text);
  });

  /** A piece of a thought or of a text, in each of the forms that it can have. */
  const piece = fc.record({
    kind: fc.constantFrom('thinking', 'text', 'string'),
    text: fc.string(),
  });

  it('is that of its pieces, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (pieces) => {
        const deltas = pieces.map(({ kind, text }) => {
          const part = { type: 'text', text };
          if (kind === 'string') return { content: text };
          return { content: [kind === 'text' ? part : { type: 'thinking', thinking: [part] }] };
        });
        const stream = await streamOf([...deltas.map((delta) => chunk(delta)), END, '[DONE]']);
        const texts = pieces.filter(({ kind }) => kind !== 'thinking');
        expect((await stream.finalContent()) ?? '').toBe(texts.map(({ text }) => text).join(''));
        const { content } = await stream.finalMessage();
        const kinds = Array.isArray(content) ? content.map(({ type }) => type) : [];
        // What is of one kind in sequence is one part.
        expect(kinds.filter((kind, at) => kind === kinds[at - 1])).toEqual([]);
        const thoughts = Array.isArray(content)
          ? content.flatMap((part) => (part.type === 'thinking' ? part.thinking : []))
          : [];
        const thought = thoughts.map((part) => (part.type === 'text' ? part.text : '')).join('');
        const wanted = pieces.filter(({ kind }) => kind === 'thinking');
        expect(thought).toBe(wanted.map(({ text }) => text).join(''));
      }),
      { numRuns: 60 },
    );
  });
});
