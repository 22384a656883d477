import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DemoFailure } from './failure.ts';
import type { Passage } from './passages.ts';
import { checkQuotes, insistOnQuotes } from './quotes.ts';

function passage(text: string): Passage {
  return { file: 'a.md', line: 1, heading: '', text, prose: text };
}

const passages = [
  passage('Retries are counted.\nA budget\nlimits them.'),
  passage('He said "stop" and left. Use `choices[0]` first.'),
  passage('See "one" [1] and "two" [2] for more.'),
];

describe('checkQuotes', () => {
  it('finds each quote in the passage that it cites', () => {
    const check = checkQuotes(
      '"A budget limits them." [1] "Use `choices[0]` first." [2]',
      passages,
    );
    expect(check).toEqual({
      quotes: [
        { text: 'A budget limits them.', cited: 1, isFaithful: true },
        { text: 'Use `choices[0]` first.', cited: 2, isFaithful: true },
      ],
      bare: [],
      hasUncited: false,
    });
  });

  it.each([
    ['another passage', '"A budget limits them." [2]'],
    ['words that are nowhere', '"A budget limits nothing." [1]'],
    ['a passage that was not given', '"A budget limits them." [9]'],
    ['passage 0', '"A budget limits them." [0]'],
    ['nothing at all', '"" [1]'],
    ['one of two passages only', '"A budget limits them." [1][2]'],
    ['a quote without an opening', 'A budget limits them." [1]'],
  ])('objects to %s', (_what, answer) => {
    const { quotes } = checkQuotes(answer, passages);
    expect(quotes.some(({ isFaithful }) => !isFaithful)).toBe(true);
  });

  it('goes on after a quote that is not true', () => {
    const { quotes } = checkQuotes('"Made up." [1] "A budget limits them." [1]', passages);
    expect(quotes.map(({ text, isFaithful }) => [text, isFaithful])).toEqual([
      ['Made up.', false],
      ['A budget limits them.', true],
    ]);
  });

  it('takes the longest true quote where quotes hold quotes', () => {
    expect(checkQuotes('"He said "stop" and left." [2]', passages)).toMatchObject({
      quotes: [{ text: 'He said "stop" and left.', isFaithful: true }],
      hasUncited: false,
    });
    expect(checkQuotes('"See "one" [1] and "two" [2] for more." [3]', passages)).toMatchObject({
      quotes: [{ text: 'See "one" [1] and "two" [2] for more.', cited: 3, isFaithful: true }],
      hasUncited: false,
    });
  });

  it('tells of quoted words without a passage', () => {
    expect(checkQuotes('Some say "never" and "Retries are counted." [1]', passages)).toMatchObject({
      quotes: [{ text: 'Retries are counted.', isFaithful: true }],
      hasUncited: true,
    });
    expect(checkQuotes('It says "Retries are counted."', passages)).toEqual({
      quotes: [],
      bare: [],
      hasUncited: true,
    });
  });

  it('tells of numbers that follow no quote', () => {
    expect(checkQuotes('There is a budget [1], and more [2, 3].', passages)).toEqual({
      quotes: [],
      bare: [1, 2, 3],
      hasUncited: false,
    });
  });

  it('reads the ways in which models write quotes', () => {
    const { quotes } = checkQuotes('As it says, “A budget limits them”. [1, 2] End.', passages);
    expect(quotes).toEqual([
      { text: 'A budget limits them', cited: 1, isFaithful: true },
      { text: 'A budget limits them', cited: 2, isFaithful: false },
    ]);
    expect(checkQuotes('“He said “stop” and left.” [2]', passages).quotes).toMatchObject([
      { isFaithful: true },
    ]);
  });

  const text = fc
    .array(fc.constantFrom('word', '"', '[1]', '[2]', '.', 'ab', '" [1]', '"quoted"'), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => `Begin ${parts.join(' ')} end.`);

  it('accepts whatever is quoted whole: a property of all texts', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
        const given = texts.map(passage);
        const answer = texts.map((quoted, at) => `"${quoted}" [${at + 1}]`).join(' ');
        const check = checkQuotes(answer, given);
        expect(check.quotes.every(({ isFaithful }) => isFaithful)).toBe(true);
        expect(check.hasUncited).toBe(false);
      }),
    );
  });

  it('accepts no sentence that is nowhere: a property of all texts', () => {
    const invented = fc.stringMatching(/^[x-z]{3,8}( [x-z]{3,8}){1,4}$/);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), invented, (texts, words) => {
        const { quotes, hasUncited } = checkQuotes(`"${words}" [1]`, texts.map(passage));
        expect(quotes).toEqual([{ text: words, cited: 1, isFaithful: false }]);
        expect(hasUncited).toBe(false);
      }),
    );
  });
});

describe('insistOnQuotes', () => {
  it('accepts true quotes, and an answer that quotes nothing', () => {
    insistOnQuotes(checkQuotes('"Retries are counted." [1]', passages));
    insistOnQuotes(checkQuotes('The given passages say nothing about that.', passages));
  });

  it.each([
    ['a quote that is not true', '"Retries are counted." [1] "Made up." [2]', '1 of its 2 quotes'],
    ['a quote without a passage', '"Retries are counted." Or so.', 'without citing'],
    ['words before the true part', '"Made up "Retries are counted." [1]', 'without citing'],
  ])('refuses %s', (_what, answer, expected) => {
    expect(() => insistOnQuotes(checkQuotes(answer, passages))).toThrow(expected);
    expect(() => insistOnQuotes(checkQuotes(answer, passages))).toThrow(DemoFailure);
  });
});
