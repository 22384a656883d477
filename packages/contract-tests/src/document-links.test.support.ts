import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What people read in the repository, from its root. */
export function documents(repository: string): string[] {
  const below = globSync(['packages/*/README.md', '.github/*.md'], { cwd: repository });
  return ['README.md', ...below.toSorted()];
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```.*?^```$/gms, '');
}

/** What a page calls its headings: ``Coming from `openai` `` → `coming-from-openai`. */
function anchors(text: string): Set<string> {
  const headings = [...withoutCode(text).matchAll(/^#+ (.+)$/gm)];
  return new Set(
    headings.map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-'),
    ),
  );
}

/** The links of a document that lead nowhere within the repository. */
export function brokenLinks(repository: string, document: string): string[] {
  const path = join(repository, document);
  const links = [...withoutCode(readFileSync(path, 'utf8')).matchAll(/\]\(([^()\s]+)\)/g)];
  return links
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(path, link));
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : join(dirname(from), file);
  if (!existsSync(target)) return false;
  if (anchor === undefined) return true;
  const page = statSync(target).isDirectory() ? join(target, 'README.md') : target;
  return existsSync(page) && anchors(readFileSync(page, 'utf8')).has(anchor);
}
