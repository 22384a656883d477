import { describe, expect, it } from 'vitest';
import { estimateResponseInputTokens, estimateResponseTokens } from './response-token-estimate.ts';

describe('estimateResponseInputTokens', () => {
  it('counts four characters as a token, and what a message costs besides', () => {
    expect(estimateResponseInputTokens({ input: 'x'.repeat(40) })).toBe(14);
    expect(estimateResponseInputTokens({ input: 'x'.repeat(40), instructions: 'abcd' })).toBe(15);
  });

  it.each<[string, object, number]>([
    ['a message', { role: 'user', content: 'abcd' }, 5],
    ['parts', { role: 'user', content: [{ type: 'input_text', text: 'abcdefgh' }] }, 6],
    ['an image', { role: 'user', content: [{ type: 'input_image', detail: 'high' }] }, 769],
    ['a call', { type: 'function_call', arguments: 'abcd' }, 5],
    ['a custom call', { type: 'custom_tool_call', input: 'abcd' }, 5],
    ['an output', { type: 'function_call_output', output: 'abcd' }, 5],
    ['what cannot be read', { type: 'compaction', encrypted_content: 'abcd' }, 4],
  ])('counts %s', (_what, item, tokens) => {
    expect(estimateResponseInputTokens({ input: [item] })).toBe(tokens);
  });

  it('counts nothing where there is nothing', () => {
    expect(estimateResponseInputTokens({})).toBe(0);
  });
});

describe('estimateResponseTokens', () => {
  it('adds all that the answer may have', () => {
    expect(estimateResponseTokens({ input: 'abcdef', max_output_tokens: 100 })).toBe(106);
    expect(estimateResponseTokens({ input: 'abcdef', max_output_tokens: null })).toBe(6);
  });
});
