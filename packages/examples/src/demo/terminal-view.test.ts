import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPalette } from './palette.ts';
import { TerminalView } from './terminal-view.ts';

/** What a terminal would show, for the few controls that the view uses. */
class Screen {
  readonly columns = 60;
  readonly isTTY = true;
  isCursorVisible = true;
  readonly #rows: string[] = [''];
  #row = 0;
  #column = 0;

  get rows(): string[] {
    return this.#rows.map((row) => row.trimEnd());
  }

  write(text: string): void {
    for (const [token] of text.matchAll(/\p{Cc}\[\??\d*[A-Za-z]|./gsu)) this.#take(token);
  }

  #take(token: string): void {
    if (token === '\r') this.#column = 0;
    else if (token === '\n') this.#newLine();
    else if (token === '\u001B[J') this.#eraseBelow();
    else if (token === '\u001B[?25l') this.isCursorVisible = false;
    else if (token === '\u001B[?25h') this.isCursorVisible = true;
    else if (/^.\[\d+A$/.test(token)) this.#row -= Number(token.slice(2, -1));
    else if (/^.\[\d+m$/.test(token)) return;
    else if (token.startsWith('\u001B'))
      throw new Error(`unknown control ${JSON.stringify(token)}`);
    else this.#put(token);
    if (this.#row < 0) throw new Error('the view went up too far');
  }

  #newLine(): void {
    this.#row += 1;
    this.#column = 0;
    this.#rows[this.#row] ??= '';
  }

  #eraseBelow(): void {
    this.#rows.length = this.#row + 1;
    this.#rows[this.#row] = (this.#rows[this.#row] ?? '').slice(0, this.#column);
  }

  #put(letter: string): void {
    if (this.#column >= this.columns) throw new Error('the line wrapped by itself');
    const row = (this.#rows[this.#row] ?? '').padEnd(this.#column);
    this.#rows[this.#row] = row.slice(0, this.#column) + letter + row.slice(this.#column + 1);
    this.#column += 1;
  }
}

function createTerminalView(): { view: TerminalView; screen: Screen } {
  const screen = new Screen();
  const view = new TerminalView({
    output: screen,
    palette: createPalette(true),
    status: (activity) => ({
      activity,
      totals: { requests: 1, retries: 0, promptTokens: 10, completionTokens: 0 },
      elapsedMs: 100,
    }),
  });
  return { view, screen };
}

const STATUS = '1 request · 0 retries · 10 tokens · 0.1 s';
const ANSWER =
  'A long answer with words enough to need three lines of this screen [1], and then some more words that end it [2].';

describe('TerminalView', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps one status line and takes it away in the end', () => {
    const { view, screen } = createTerminalView();
    view.print(['Header', '']);
    view.show({ label: 'working' });
    expect(screen.rows).toEqual(['Header', '', `  ⠋ working · ${STATUS}`]);
    expect(screen.isCursorVisible).toBe(false);
    view.show({ label: 'resting' });
    expect(screen.rows).toEqual(['Header', '', `  ⠋ resting · ${STATUS}`]);
    view.print(['News']);
    expect(screen.rows).toEqual(['Header', '', 'News', `  ⠋ resting · ${STATUS}`]);
    view.finish();
    expect(screen.rows).toEqual(['Header', '', 'News', '']);
    expect(screen.isCursorVisible).toBe(true);
  });

  it('turns while nothing happens, and leaves no timer behind', () => {
    const { view, screen } = createTerminalView();
    view.show({ label: 'working' });
    vi.advanceTimersByTime(80);
    expect(screen.rows).toEqual([`  ⠙ working · ${STATUS}`]);
    view.finish();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('writes the answer above the status, letter by letter', () => {
    const { view, screen } = createTerminalView();
    view.print(['Answer']);
    view.show({ label: 'answering' });
    for (const [at, letter] of ANSWER.split('').entries()) {
      view.answer(letter);
      if (at % 7 === 0) vi.advanceTimersByTime(80);
      const rows = screen.rows;
      expect(rows[0]).toBe('Answer');
      expect(rows.at(-1)).toContain('answering · 1 request');
      expect(textOf(rows.slice(1, -1))).toBe(ANSWER.slice(0, at + 1).trim());
    }
    view.finish();
    expect(screen.rows.length).toBeGreaterThanOrEqual(4);
    expect(screen.rows.at(-1)).toBe('');
    expect(textOf(screen.rows.slice(1))).toBe(ANSWER);
    view.print(['After']);
    expect(screen.rows.slice(-2)).toEqual(['After', '']);
  });

  it('keeps the empty lines of an answer', () => {
    const { view, screen } = createTerminalView();
    view.show({ label: 'answering' });
    for (const piece of ['One\n', '\n', 'Two\n']) view.answer(piece);
    view.finish();
    expect(screen.rows).toEqual(['  One', '', '  Two', '']);
  });

  it('lets nothing through that steers the terminal', () => {
    const { view, screen } = createTerminalView();
    view.answer('a\u001B[2Jb\rc');
    view.finish();
    expect(screen.rows).toEqual(['  a[2Jbc', '']);
  });

  it('may be finished at any time, and again', () => {
    const { view, screen } = createTerminalView();
    view.finish();
    view.show({ label: 'working' });
    view.finish();
    view.finish();
    expect(screen.rows).toEqual(['']);
    expect(screen.isCursorVisible).toBe(true);
  });
});

function textOf(rows: readonly string[]): string {
  return rows
    .map((row) => row.trim())
    .join(' ')
    .trim();
}
