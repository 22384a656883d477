import { describe, expect, it } from 'vitest';
import { createView } from './create-view.ts';
import { createPalette } from './palette.ts';
import { PlainView } from './plain-view.ts';

function createPlainView(): { view: PlainView; writes: string[] } {
  const writes: string[] = [];
  const view = new PlainView({
    output: { write: (text) => writes.push(text), columns: 41 },
    palette: createPalette(false),
    status: (activity) => ({
      activity,
      totals: { requests: 1, retries: 0, promptTokens: 10, completionTokens: 0 },
      elapsedMs: 100,
    }),
  });
  return { view, writes };
}

describe('PlainView', () => {
  it('tells of progress a few times only', () => {
    const { view, writes } = createPlainView();
    for (let done = 0; done <= 200; done += 1) {
      view.show({ label: 'embedding', progress: { done, of: 200, unit: 'passages' } });
    }
    view.show({ label: 'answering' });
    view.finish();
    expect(writes).toEqual(
      [50, 100, 150, 200].map(
        (done) => `  embedding ${done}/200 passages · 1 request · 0 retries · 10 tokens · 0.1 s\n`,
      ),
    );
  });

  it('writes the answer word by word, as it comes', () => {
    const { view, writes } = createPlainView();
    for (const piece of ['Be', 'gin', ' he', 're', ' and', ' end.']) view.answer(piece);
    expect(writes).toEqual(['  Begin', ' here', ' and']);
    view.finish();
    expect(writes.join('')).toBe('  Begin here and end.\n');
  });

  it('breaks lines between words, and takes nothing back', () => {
    const { view, writes } = createPlainView();
    const answer =
      'A long answer with words enough to need three lines of this narrow width [1], and more.';
    for (const letter of answer) view.answer(letter);
    view.finish();
    const lines = writes.join('').split('\n');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^ {2}\S.{0,37}$/);
    expect(
      lines
        .map((line) => line.trim())
        .join(' ')
        .trim(),
    ).toBe(answer);
  });

  it('lets nothing through that steers a terminal', () => {
    const { view, writes } = createPlainView();
    view.answer('red \u001B[31m text\u0007');
    view.finish();
    expect(writes.join('')).toBe('  red [31m text\n');
  });

  it('ends a line only once', () => {
    const { view, writes } = createPlainView();
    view.print(['one', '']);
    view.finish();
    view.finish();
    expect(writes.join('')).toBe('one\n\n');
  });

  it.each([
    [true, 'xterm', 'TerminalView'],
    [true, undefined, 'TerminalView'],
    [true, 'dumb', 'PlainView'],
    [false, 'xterm', 'PlainView'],
    [undefined, 'xterm', 'PlainView'],
  ])('is chosen where the output cannot be redrawn (%s, %s)', (isTTY, terminal, expected) => {
    const options = {
      output: { write: () => true, isTTY },
      palette: createPalette(false),
      status: () => {
        throw new Error('nobody asked');
      },
    };
    expect(createView(options, terminal).constructor.name).toBe(expected);
  });
});
