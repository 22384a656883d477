import { describe, expect, it } from 'vitest';
import { estimateChatTokens } from './chat-token-estimate.ts';

describe('estimateChatTokens', () => {
  it('counts messages by their characters', () => {
    const messages = [
      { role: 'system' as const, content: 'x'.repeat(40) },
      { role: 'user' as const, content: [{ type: 'text' as const, text: 'y'.repeat(20) }] },
    ];
    expect(estimateChatTokens({ messages })).toBe(4 + 10 + 4 + 5);
  });

  it('adds all that the answers may have', () => {
    const messages = [{ role: 'user' as const, content: '' }];
    expect(estimateChatTokens({ messages, max_tokens: 50 })).toBe(54);
    expect(
      estimateChatTokens({
        messages,
        max_completion_tokens: 100,
        max_tokens: 50,
        n: 3,
      }),
    ).toBe(304);
  });

  it('counts an image as one, however many bytes it has', () => {
    const url = `data:image/png;base64,${'A'.repeat(1_000_000)}`;
    const content = [{ type: 'image_url' as const, image_url: { url } }];
    expect(estimateChatTokens({ messages: [{ content }] })).toBe(769);
  });

  it('takes messages without content', () => {
    const messages = [
      { role: 'assistant' as const, content: null, tool_calls: [] },
      { role: 'assistant' as const },
    ];
    expect(estimateChatTokens({ messages, n: null })).toBe(8);
  });
});
