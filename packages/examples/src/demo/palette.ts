import { styleText } from 'node:util';

/** Colours by what they mean; without colours each gives its text back. */
export interface Palette {
  title(text: string): string;
  label(text: string): string;
  accent(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

/** What decides whether there are colours. */
export interface ColorConditions {
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** False when the user said `--no-color`. */
  readonly wanted: boolean;
}

/** Whether to write colours. `FORCE_COLOR` outranks `NO_COLOR`, and the user's own word outranks both. */
export function hasColors({ isTerminal, environment, wanted }: ColorConditions): boolean {
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: terminal } = environment;
  if (!wanted) return false;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (none !== undefined && none !== '') return false;
  return isTerminal && terminal !== 'dumb';
}

type Format = Parameters<typeof styleText>[0];

/** Makes the colours, or their absence. */
export function createPalette(colored: boolean): Palette {
  const style =
    (format: Format) =>
    (text: string): string =>
      colored ? styleText(format, text, { validateStream: false }) : text;
  return {
    title: style('bold'),
    label: style('dim'),
    accent: style('cyan'),
    good: style('green'),
    bad: style('red'),
  };
}
