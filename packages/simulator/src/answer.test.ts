import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer } from './answer.ts';

const PASSAGES = `[1] The circuit breaker opens after five failures in a row. It lets one trial call through after thirty seconds.
[2] The rate limiter keeps a sliding ledger of tokens,
which settles to the true usage. Bread needs flour, e.g. rye.
[3] Retries wait longer each time.`;

describe('answer', () => {
  it("quotes the sentence that fits best, under its passage's marker", () => {
    const text = answer([{ role: 'user', text: `${PASSAGES}\n\nWhen does the breaker open?` }]);
    expect(text).toMatch(/^"The circuit breaker opens after five failures in a row\." \[1\]/);
    expect(text).not.toContain('Bread');
  });

  it('finds passages in another message, the question before them, and a labelled question', () => {
    const expected = '"Retries wait longer each time." [3]';
    expect(
      answer([
        { role: 'system', text: PASSAGES },
        { role: 'user', text: 'Do retries wait?' },
      ]),
    ).toContain(expected);
    expect(
      answer([{ role: 'user', text: `Question: how long do retries wait\n${PASSAGES}` }]),
    ).toContain(expected);
    expect(
      answer([{ role: 'user', text: `${PASSAGES}\n\nHow do retries wait?\n\nAnswer with care.` }]),
    ).toContain(expected);
  });

  it('quotes a sentence over several lines as it stands, and does not stop at an abbreviation', () => {
    const ask = (question: string): string =>
      answer([{ role: 'user', text: `${PASSAGES}\n\n${question}` }]);
    expect(ask('What ledger of tokens does the limiter keep?')).toContain(
      '"The rate limiter keeps a sliding ledger of tokens,\nwhich settles to the true usage." [2]',
    );
    expect(ask('Which flour does bread need?')).toContain('"Bread needs flour, e.g. rye." [2]');
  });

  it('quotes unmarked text without a marker, but never the assistant or the question itself', () => {
    const text = answer([
      { role: 'assistant', text: 'The tower is made of cheese.' },
      { role: 'system', text: 'The tower is made of iron. It stands in Paris.' },
      { role: 'user', text: 'What is the tower made of?' },
    ]);
    expect(text).toBe('"The tower is made of iron."');
  });

  it("repeats a bare question's key words, and says so when marked passages are of no use", () => {
    expect(answer([{ role: 'user', text: 'What is a circuit breaker?' }])).toBe(
      'You asked about circuit, breaker, and there was no text to quote an answer from.',
    );
    expect(answer([{ role: 'user', text: `${PASSAGES}\n\nWho won the football match?` }])).toBe(
      'The given passages say nothing about won, football, match.',
    );
    expect(answer([{ role: 'user', text: '' }])).toContain('nothing in particular');
  });

  it('quotes only exact substrings, and answers the same twice, whatever the text', () => {
    const word = fc.constantFrom(
      'breaker',
      'opens',
      'Limits',
      'token',
      'e.g.',
      'five',
      'Zürich',
      '熔断器',
      '"so"',
      '3.5',
    );
    const sentence = fc
      .tuple(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('. ', '! ', '?\n', '.\n\n', ' '),
      )
      .map(([words, end]) => words.join(' ') + end);
    const passages = fc.array(fc.array(sentence, { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(passages, (given) => {
        const context = given
          .map((sentences, index) => `[${index + 1}] ${sentences.join('')}`)
          .join('\n');
        const messages = [
          { role: 'user', text: `${context}\n\nQuestion: which breaker opens at the token limit?` },
        ];
        const text = answer(messages);
        expect(answer(messages)).toBe(text);
        if (!text.startsWith('"')) return;
        expect(text).toMatch(/" \[\d+\]$/);
        for (const [, quoted, marker] of text.matchAll(/"(.+?)" (\[\d+\])(?: (?=")|$)/gs)) {
          expect(context).toContain(quoted);
          expect(marker).toBeDefined();
        }
      }),
    );
  });
});
