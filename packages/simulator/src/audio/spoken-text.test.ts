import { describe, expect, it } from 'vitest';
import { listen, secondsOf, speak } from './spoken-text.ts';
import { samplesOf, toWav } from './wav.ts';

describe('speak', () => {
  it.each(['a', 'A ledger keeps every entry.', 'Größe — 大きさ 😀', '😀', 'x'.repeat(4096)])(
    'says what can be heard again: %s',
    (text) => {
      for (const speed of [0.25, 1, 4]) {
        const samples = speak(text, speed);
        expect(listen(samples)).toBe(text);
        expect(listen(samplesOf(toWav(samples)))).toBe(text);
      }
    },
  );

  it('takes the time that the speed says', () => {
    const [slow, fast] = [speak('a'.repeat(100), 1), speak('a'.repeat(100), 2)];
    expect(secondsOf(slow)).toBeCloseTo(2, 1);
    expect(secondsOf(fast)).toBeCloseTo(1, 1);
  });
});

describe('listen', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['silence', Buffer.alloc(10_000)],
    ['what was cut', speak('A ledger keeps every entry.', 1).subarray(0, 200)],
  ])('hears no words in %s', (_what, samples) => {
    expect(listen(samples)).toBeUndefined();
  });
});
