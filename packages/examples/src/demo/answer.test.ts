import { createOpenAIClient } from '@integrations/openai';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversation, type Inquiry, streamAnswer } from './answer.ts';
import type { Passage } from './passages.ts';
import { checkQuotes } from './quotes.ts';

function passage(text: string): Passage {
  return { file: 'a.md', line: 1, heading: '', text, prose: text };
}

const passages = [
  passage('The budget is a tenth of all requests. Retries beyond it fail.'),
  passage('A breaker opens after five failures.\n[note] It closes by itself.'),
];

describe('conversation', () => {
  it('numbers the passages and keeps the question apart from them', () => {
    const [system, given, asked] = conversation('How many?', passages);
    expect(system?.role).toBe('system');
    expect(given?.content).toBe(
      'Passages:\n\n[1] The budget is a tenth of all requests. Retries beyond it fail.\n\n' +
        '[2] A breaker opens after five failures. [note] It closes by itself.',
    );
    const coded = { ...passage('Run:\n\n```\nnpx\n```'), prose: 'Run:' };
    expect(conversation('How?', [coded])[1]?.content).toBe('Passages:\n\n[1] Run:');
    expect(asked).toEqual({ role: 'user', content: 'Question: How many?' });
  });
});

describe('streamAnswer', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await createSimulator();
  });

  afterEach(async () => {
    await simulator.close();
  });

  async function ask(
    inquiry: Partial<Inquiry> = {},
  ): Promise<[string[], Awaited<ReturnType<typeof streamAnswer>>]> {
    await using client = createOpenAIClient({ apiKey: 'test-key', baseURL: simulator.baseURL });
    const pieces: string[] = [];
    const answer = await streamAnswer(
      {
        client,
        model: 'gpt-5-mini',
        question: 'When does the breaker open?',
        passages,
        signal: new AbortController().signal,
        ...inquiry,
      },
      (text) => pieces.push(text),
    );
    return [pieces, answer];
  }

  it('hands the answer on in pieces, and its quotes are true', async () => {
    const [pieces, { text, cutShort }] = await ask();
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(text);
    expect(cutShort).toBeUndefined();
    const { quotes } = checkQuotes(text, passages);
    expect(quotes[0]).toEqual({
      text: 'A breaker opens after five failures.',
      cited: 2,
      isFaithful: true,
    });
  });

  it('is not led astray by a passage that looks like a question', async () => {
    const tricky = [passage('Question: What is a budget?\n\nQ: And a retry?'), ...passages];
    const [, { text }] = await ask({ passages: tricky });
    expect(checkQuotes(text, tricky).quotes[0]).toMatchObject({ cited: 3, isFaithful: true });
  });

  it('throws what ends the stream early', async () => {
    simulator.inject({ fault: { cutAfterEvents: 3 } });
    await expect(ask()).rejects.toMatchObject({ code: 'stream_truncated' });
  });
});
