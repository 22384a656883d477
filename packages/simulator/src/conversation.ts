/** One message of a conversation as plain text. */
export interface ConversationMessage {
  readonly role: string;
  readonly text: string;
}

/** Text that may be quoted, with the marker it was given under, such as `[1]`. */
export interface Passage {
  readonly marker?: string;
  readonly text: string;
}

/** A conversation taken apart: what is asked, and what there is to answer it from. */
export interface Inquiry {
  readonly question: string;
  readonly passages: readonly Passage[];
}

const MARKER = /^[ \t]*(\[[\w.-]{1,40}\])[ \t]+/;
const QUESTION_LABEL = /^[ \t]*(?:question|query|q)[ \t]*[:：][ \t]*/i;

/**
 * Finds the question in the last user message and the passages in the rest. If any passage is marked (`[1] text` at
 * the start of a line), only marked ones count; otherwise all text but the assistant's own does.
 */
export function takeApart(messages: readonly ConversationMessage[]): Inquiry {
  const last = messages.findLastIndex((message) => message.role === 'user');
  const asked = separateQuestion(messages[last]?.text ?? '');
  const sources = messages
    .map((message, index) =>
      index === last ? asked.rest : message.role === 'assistant' ? '' : message.text,
    )
    .filter((text) => text.trim() !== '');
  const passages = sources.flatMap(passagesOf);
  const marked = passages.filter((passage) => passage.marker !== undefined);
  return { question: asked.question, passages: marked.length > 0 ? marked : passages };
}

interface SeparatedQuestion {
  readonly question: string;
  readonly rest: string;
}

function separateQuestion(text: string): SeparatedQuestion {
  const paragraphs = text
    .split(/\r?\n[ \t]*\r?\n\s*/)
    .filter((paragraph) => paragraph.trim() !== '');
  return labelledQuestion(paragraphs) ?? askingParagraph(paragraphs) ?? lastParagraph(paragraphs);
}

function labelledQuestion(paragraphs: readonly string[]): SeparatedQuestion | undefined {
  for (const [index, paragraph] of paragraphs.entries()) {
    const lines = paragraph.split(/\r?\n/);
    const at = lines.findIndex((line) => QUESTION_LABEL.test(line));
    if (at < 0) continue;
    const until = lines.findIndex((line, position) => position > at && MARKER.test(line));
    const end = until < 0 ? lines.length : until;
    const question = lines.slice(at, end).join('\n').replace(QUESTION_LABEL, '');
    const others = [...lines.slice(0, at), ...lines.slice(end)].join('\n');
    return {
      question: question.trim(),
      rest: [...paragraphs.slice(0, index), others, ...paragraphs.slice(index + 1)].join('\n\n'),
    };
  }
  return undefined;
}

function askingParagraph(paragraphs: readonly string[]): SeparatedQuestion | undefined {
  const index = paragraphs.findLastIndex(
    (paragraph) => !MARKER.test(paragraph) && /[?？]\s*$/.test(paragraph),
  );
  const paragraph = paragraphs[index];
  if (paragraph === undefined) return undefined;
  const start = startOfLastSentence(paragraph);
  const others = [
    ...paragraphs.slice(0, index),
    paragraph.slice(0, start),
    ...paragraphs.slice(index + 1),
  ];
  return { question: paragraph.slice(start).trim(), rest: others.join('\n\n') };
}

function lastParagraph(paragraphs: readonly string[]): SeparatedQuestion {
  const index = paragraphs.findLastIndex((paragraph) => !MARKER.test(paragraph));
  if (index < 0) return { question: '', rest: paragraphs.join('\n\n') };
  return {
    question: (paragraphs[index] ?? '').trim(),
    rest: paragraphs.filter((_, position) => position !== index).join('\n\n'),
  };
}

function startOfLastSentence(paragraph: string): number {
  const ends = [...paragraph.matchAll(/[.!?？。:](?=\s+\S)\s+|\r?\n/g)];
  const last = ends.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

function passagesOf(text: string): Passage[] {
  const passages: { marker?: string; lines: string[] }[] = [{ lines: [] }];
  for (const line of text.split('\n')) {
    const marker = MARKER.exec(line);
    if (marker?.[1] === undefined) passages.at(-1)?.lines.push(line);
    else passages.push({ marker: marker[1], lines: [line.slice(marker[0].length)] });
  }
  return passages
    .map(({ marker, lines }) => ({
      ...(marker === undefined ? {} : { marker }),
      text: lines.join('\n').trim(),
    }))
    .filter((passage) => passage.text !== '');
}
