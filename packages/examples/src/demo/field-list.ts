import { MARGIN } from './live-view.ts';
import type { Palette } from './palette.ts';
import { textWidth } from './text-width.ts';
import { wrapped } from './word-wrap.ts';

/** A name and what it stands for. */
export type Field = readonly [name: string, value: string];

const GAP = 2;

/** Names and values in two columns; a value that is too long goes on below itself. */
export function fieldList(fields: readonly Field[], columns: number, palette: Palette): string[] {
  const nameWidth = Math.max(...fields.map(([name]) => textWidth(name))) + GAP;
  const room = columns - MARGIN.length - nameWidth;
  return fields.flatMap(([name, value]) =>
    wrapped(value, room).map((line, at) => {
      const shown = at === 0 ? name : '';
      const padding = ' '.repeat(nameWidth - textWidth(shown));
      return `${MARGIN}${palette.label(shown)}${padding}${line}`.trimEnd();
    }),
  );
}
