import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Passage, splitPassages } from './passages.ts';

function split(content: string): Passage[] {
  return splitPassages({ path: 'file.md', content });
}

function words(count: number, word = 'word'): string {
  return Array.from({ length: count }, (_, at) => `${word}${at}`).join(' ');
}

function sentences(count: number): string {
  return Array.from({ length: count }, (_, at) => `Sentence ${at} has ${words(5)}.`).join(' ');
}

function bare(text: string): string {
  return text.replace(/\s+/g, '');
}

function sizes(passages: readonly Passage[]): number[] {
  return passages.map(({ text }) => text.split(/\s+/).length);
}

describe('splitPassages', () => {
  it('keeps file, line and headings', () => {
    const content = `# Guide\n\nIntro.\n\n## Retries ##\n\n### Budget\n\nA\nbudget.\n\n## End\n\nLast.\n`;
    expect(split(content)).toEqual([
      { file: 'file.md', line: 3, heading: 'Guide', text: 'Intro.', prose: 'Intro.' },
      {
        file: 'file.md',
        line: 9,
        heading: 'Guide › Retries › Budget',
        text: 'A budget.',
        prose: 'A budget.',
      },
      { file: 'file.md', line: 14, heading: 'Guide › End', text: 'Last.', prose: 'Last.' },
    ]);
  });

  it('reads underlined headings', () => {
    expect(split('Title\n=====\n\nOne.\n\nPart\n----\nTwo.')).toMatchObject([
      { heading: 'Title', text: 'One.', line: 4 },
      { heading: 'Title › Part', text: 'Two.', line: 8 },
    ]);
  });

  it('gathers short paragraphs of one section, and starts anew when there is enough', () => {
    const content = [words(12, 'a'), words(15, 'b'), words(20, 'c')].join('\n\n');
    expect(sizes(split(content))).toEqual([27, 20]);
  });

  it('lets a few last words join the passage before them', () => {
    expect(sizes(split(`${words(50)}\n\nThe end.`))).toEqual([52]);
  });

  it('cuts a long paragraph between sentences, and knows the line of each piece', () => {
    const lines = sentences(40).split(/(?<=\.) /);
    const passages = split(`First line.\n\n${lines.join('\n')}`);
    expect(passages.length).toBeGreaterThan(3);
    for (const { text, line } of passages.slice(1)) {
      expect(text).toMatch(/^Sentence \d+ .*\.$/);
      expect(text.startsWith(lines[line - 3] ?? 'no such line')).toBe(true);
    }
    for (const size of sizes(passages)) expect(size).toBeLessThanOrEqual(70);
  });

  it('keeps code whole, with the short line that announces it', () => {
    const code = `\`\`\`ts\nconst a = 1;\n\n# no heading\n${words(150)}\n\`\`\``;
    const passages = split(`Like this:\n\n${code}\n\n${words(40)}`);
    expect(passages.map(({ text }) => text)).toEqual([
      'Like this:',
      code.replace('\n\n', '\n'),
      words(40),
    ]);
    expect(split('Run:\n\n~~~~sh\nnpx demo\n~~~\n~~~~')).toMatchObject([
      { text: 'Run:\n\n~~~~sh\nnpx demo\n~~~\n~~~~', heading: '', line: 1 },
    ]);
  });

  it('tells prose from code', () => {
    const content = 'Like this:\n\n```\nnpx demo\n```\n\nAnd so on.\n\n# Code\n\n```\nalone\n```';
    expect(split(content).map(({ prose }) => prose)).toEqual(['Like this:\n\nAnd so on.', '']);
  });

  it('ends code that is not closed with the file', () => {
    expect(split('```\n# still code')).toMatchObject([{ text: '```\n# still code', heading: '' }]);
  });

  it('keeps the lines of lists and tables', () => {
    expect(split('- one\n  goes on\n- two\n\n1. three')[0]?.text).toBe(
      '- one goes on\n- two\n1. three',
    );
    expect(split('| a | b |\n| - | - |\n| 1 | 2 |\nAfter.')[0]?.text).toBe(
      '| a | b |\n| - | - |\n| 1 | 2 |\n\nAfter.',
    );
  });

  it('cuts a long table between rows', () => {
    const row = `| ${words(20)} |`;
    const passages = split(Array.from({ length: 20 }, () => row).join('\n'));
    expect(passages.length).toBeGreaterThan(4);
    for (const { text } of passages) {
      expect(text.split('\n').every((line) => line === row)).toBe(true);
    }
  });

  it('keeps a heading that has nothing below it', () => {
    expect(split('# Guide\n## One\n## Two\nText.\n# End')).toMatchObject([
      { text: 'One', heading: 'Guide › One', line: 2 },
      { text: 'Text.', heading: 'Guide › Two', line: 4 },
      { text: 'End', heading: 'End', line: 5 },
    ]);
  });

  it('cuts text without blanks, and never inside a character', () => {
    const passages = split('𝒳'.repeat(5000));
    expect(passages.length).toBeGreaterThan(3);
    for (const { text } of passages) {
      expect(text).toMatch(/^𝒳+$/u);
      expect(text.length).toBeLessThan(2000);
    }
    expect(passages.map(({ text }) => text).join('')).toBe('𝒳'.repeat(5000));
  });

  it('gives nothing for a file without blocks', () => {
    expect(split('\n\n---\n')).toEqual([]);
  });

  const word = fc.stringMatching(/^[a-zé]{1,12}[.,]?$/);
  const line = fc.array(word, { minLength: 1, maxLength: 25 }).map((list) => list.join(' '));
  const lines = fc.array(line, { minLength: 1, maxLength: 12 });
  const body = fc.oneof(
    lines.map((list) => list.join('\n')),
    lines.map((list) => list.map((item) => `- ${item}`).join('\n')),
    lines.map((list) => list.map((cell) => `| ${cell} |`).join('\n')),
    lines.map((list) => `\`\`\`\n${list.join('\n\n')}\n\`\`\``),
  );
  const heading = fc.tuple(fc.integer({ min: 1, max: 4 }), word);

  it('loses nothing and adds nothing: a property of all documents', () => {
    const section = fc.tuple(heading, fc.array(body, { minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(section, { maxLength: 6 }), (document) => {
        const content = document
          .map(
            ([[level, title], bodies]) => `${'#'.repeat(level)} ${title}\n\n${bodies.join('\n\n')}`,
          )
          .join('\n\n');
        const passages = split(content);
        const all = document.flatMap(([, bodies]) => bodies).join('');
        expect(bare(passages.map(({ text }) => text).join(''))).toBe(bare(all));
        for (const passage of passages) expectPlace(passage, content);
      }),
    );
  });

  it('never fails, and takes every passage from the file: a property of all texts', () => {
    const piece = fc.constantFrom(
      '\n',
      '\n\n',
      ' ',
      '#',
      '`',
      '~',
      '|',
      '-',
      '=',
      '1.',
      'word',
      '\r',
      '\t',
    );
    const text = fc
      .array(fc.oneof(piece, fc.string()), { maxLength: 60 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(text, (content) => {
        for (const passage of split(content)) {
          expect(bare(passage.text)).not.toBe('');
          expect(bare(content)).toContain(bare(passage.text));
        }
      }),
    );
  });
});

/** The passage stands where it says it does. */
function expectPlace({ text, line, heading }: Passage, content: string): void {
  const below = content
    .split('\n')
    .slice(line - 1)
    .join('\n');
  const [firstLine = ''] = text.split('\n');
  expect(bare(below).startsWith(bare(firstLine)) || bare(below).includes(bare(text))).toBe(true);
  const above = content.split('\n').slice(0, line - 1);
  const last = above.findLast((candidate) => candidate.startsWith('#'));
  expect(heading.endsWith(last?.replace(/^#+ /, '') ?? '')).toBe(true);
}
