import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Completion, CompletionChoice } from './completion.ts';
import { CompletionAccumulator } from './completion-accumulator.ts';

function piece(choices: readonly object[], more: object = {}): Completion {
  return {
    id: 'cmpl-1',
    object: 'text_completion',
    created: 1,
    model: 'm',
    choices: choices as CompletionChoice[],
    ...more,
  };
}

describe('CompletionAccumulator', () => {
  it('joins the texts and probabilities of each choice, and keeps the usage', () => {
    const answer = new CompletionAccumulator();
    const logprobs = (tokens: string[]): object => ({ tokens, top_logprobs: null });
    answer.add(piece([{ index: 1, text: 'x', logprobs: null, finish_reason: null }]));
    answer.add(piece([{ index: 0, text: 'a', logprobs: logprobs(['a']), finish_reason: null }]));
    answer.add(piece([{ index: 0, text: 'b', logprobs: logprobs(['b']), finish_reason: 'stop' }]));
    expect(answer.completion()).toBeUndefined();
    answer.add(piece([{ index: 1, text: '', logprobs: null, finish_reason: 'length' }]));
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    answer.add(piece([], { usage }));
    expect(answer.completion()).toEqual(
      piece(
        [
          {
            index: 0,
            text: 'ab',
            logprobs: { tokens: ['a', 'b'], top_logprobs: [] },
            finish_reason: 'stop',
          },
          { index: 1, text: 'x', logprobs: null, finish_reason: 'length' },
        ],
        { usage },
      ),
    );
  });

  it('gives the texts however they were cut and mixed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 3 }), fc.string()), { minLength: 1 }),
        (pieces) => {
          const answer = new CompletionAccumulator();
          const texts = new Map<number, string>();
          for (const [index, text] of pieces) {
            texts.set(index, (texts.get(index) ?? '') + text);
            answer.add(piece([{ index, text, logprobs: null, finish_reason: null }]));
          }
          for (const index of texts.keys()) {
            answer.add(piece([{ index, text: '', logprobs: null, finish_reason: 'stop' }]));
          }
          const choices = answer.completion()?.choices ?? [];
          expect(new Map(choices.map(({ index, text }) => [index, text]))).toEqual(texts);
        },
      ),
    );
  });

  it('has nothing where nothing came', () => {
    expect(new CompletionAccumulator().completion()).toBeUndefined();
  });
});
