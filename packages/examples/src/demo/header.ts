import type { DemoOptions } from './arguments.ts';
import { fieldList } from './field-list.ts';
import { counted } from './figures.ts';
import { MARGIN } from './live-view.ts';
import type { Palette } from './palette.ts';
import { printable } from './text-width.ts';
import { wrapped } from './word-wrap.ts';

/** What is said before the work begins. */
export interface Opening {
  readonly options: DemoOptions;
  /** Whom the client talks to. */
  readonly where: string;
  readonly files: number;
  readonly skipped: number;
  readonly passages: number;
}

const PURPOSE = 'Finds the passages nearest to a question and quotes an answer from them.';
const FAULTS = 'on purpose, to show how the client gets over them';

/** The lines that say what this is and what runs where. */
export function headerLines(opening: Opening, columns: number, palette: Palette): string[] {
  const { chatModel, embeddingModel, faults, question } = opening.options;
  return [
    '',
    MARGIN + palette.title('Ask the documentation'),
    ...wrapped(PURPOSE, columns - MARGIN.length).map((line) => MARGIN + palette.label(line)),
    '',
    ...fieldList(
      [
        ['Provider', opening.where],
        ['Models', printable(`${chatModel} answers, ${embeddingModel} embeds`)],
        ['Text', textRead(opening)],
        ...(faults ? [['Faults', FAULTS] as const] : []),
        ['Question', printable(question.replace(/\s+/g, ' ').trim())],
      ],
      columns,
      palette,
    ),
    '',
  ];
}

function textRead({ options: { path }, files, skipped, passages }: Opening): string {
  const source = path === undefined ? 'Markdown of this repository' : printable(path);
  const unread = skipped === 0 ? '' : `, ${counted(skipped, 'unreadable one')} left out`;
  return `${source}: ${counted(files, 'file')}${unread}, ${counted(passages, 'passage')}`;
}
