import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { DemoFailure, oneLine } from './failure.ts';

/** A text file, read. */
export interface TextFile {
  /** Relative to what was searched, with forward slashes. */
  readonly path: string;
  readonly content: string;
}

/** What a search found. */
export interface TextFiles {
  /** In the order of their paths. */
  readonly files: readonly TextFile[];
  /** Paths of what could not be read as text. */
  readonly skipped: readonly string[];
}

export const MARKDOWN: readonly string[] = ['.md'];
export const TEXT: readonly string[] = ['.md', '.markdown', '.txt'];

/** Folders that hold what others wrote, or what is made from something else. */
const PASSED_OVER = new Set(['node_modules', 'dist']);

/**
 * Reads the text files below a folder, or one file.
 *
 * @param extensions which files of a folder count, such as `.md`. A file that is named itself always counts.
 * @throws DemoFailure when there is nothing there, or nothing to read.
 */
export async function readTextFiles(
  path: string,
  extensions: readonly string[],
  signal: AbortSignal,
): Promise<TextFiles> {
  const found = await stat(path).catch((error: unknown) => {
    throw new DemoFailure(unreachable(path, error), { cause: error });
  });
  if (!found.isDirectory()) return readNamedFile(path, found.isFile());

  const folder = new TextFolder(path, extensions, signal);
  await folder.read(path);
  if (folder.files.length > 0) return folder;
  throw new DemoFailure(
    `${path} has no text to read: no ${extensions.join(', ')} file with words in it.`,
  );
}

/** The folder of this workspace, found from a file in it upwards. @throws DemoFailure outside of it */
export function findRepository(startingAt: string): string {
  for (let folder = startingAt; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new DemoFailure(
    'The demo is not inside its repository, so it has nothing to read: name a folder with --dir.',
  );
}

async function readNamedFile(path: string, isFile: boolean): Promise<TextFiles> {
  if (!isFile) throw new DemoFailure(`${path} is neither a folder nor a file.`);
  const content = await readText(path).catch((error: unknown) => {
    throw new DemoFailure(unreachable(path, error), { cause: error });
  });
  if (content === undefined) throw new DemoFailure(`${path} is a file without text.`);
  return { files: [{ path: basename(path), content }], skipped: [] };
}

class TextFolder implements TextFiles {
  readonly files: TextFile[] = [];
  readonly skipped: string[] = [];
  readonly #root: string;
  readonly #extensions: readonly string[];
  readonly #signal: AbortSignal;

  constructor(root: string, extensions: readonly string[], signal: AbortSignal) {
    this.#root = root;
    this.#extensions = extensions;
    this.#signal = signal;
  }

  async read(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) =>
      this.#unreadable(folder, error),
    );
    for (const entry of entries.toSorted((a, b) => compare(a.name, b.name))) {
      this.#signal.throwIfAborted();
      const path = join(folder, entry.name);
      if (entry.isDirectory() && isWorthEntering(entry)) await this.read(path);
      else if (entry.isFile() && this.#counts(entry)) await this.#readFile(path);
    }
  }

  #counts({ name }: Dirent): boolean {
    return !name.startsWith('.') && this.#extensions.includes(extname(name).toLowerCase());
  }

  async #readFile(path: string): Promise<void> {
    try {
      const content = await readText(path);
      if (content !== undefined) this.files.push({ path: this.#name(path), content });
    } catch {
      this.skipped.push(this.#name(path));
    }
  }

  /** One closed folder is no reason to give up on the others, unless it is the one that was named. */
  #unreadable(folder: string, error: unknown): Dirent[] {
    if (folder === this.#root) throw new DemoFailure(unreachable(folder, error), { cause: error });
    this.skipped.push(this.#name(folder));
    return [];
  }

  #name(path: string): string {
    return relative(this.#root, path).split(sep).join('/');
  }
}

function isWorthEntering({ name }: Dirent): boolean {
  return !name.startsWith('.') && !PASSED_OVER.has(name);
}

/** By code unit, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * The text of a file; undefined when there are no words in it.
 *
 * @throws TypeError when it is not UTF-8.
 */
async function readText(path: string): Promise<string | undefined> {
  const bytes = await readFile(path);
  if (bytes.includes(0)) throw new TypeError('not a text file');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  return /[\p{L}\p{N}]/u.test(text) ? text : undefined;
}

function unreachable(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `${path} does not exist.`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read by this user.`;
  if (error instanceof TypeError) return `${path} is a file without text: it is not UTF-8.`;
  return `${path} cannot be read: ${oneLine(error)}`;
}
