import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DemoFailure } from './failure.ts';
import { findRepository, MARKDOWN, readTextFiles, TEXT } from './text-files.ts';

const signal = new AbortController().signal;
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'text-files-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

describe('readTextFiles', () => {
  it('reads the text files of a folder and of those below it, in order', async () => {
    await write('b.txt', 'text');
    await write('a/deep/c.MD', 'deep');
    await write('a.markdown', 'more');
    await write('code.ts', 'const a = 1;');
    expect(await readTextFiles(root, TEXT, signal)).toMatchObject({
      files: [
        { path: 'a/deep/c.MD', content: 'deep' },
        { path: 'a.markdown', content: 'more' },
        { path: 'b.txt', content: 'text' },
      ],
      skipped: [],
    });
  });

  it('heeds only the extensions it is given', async () => {
    await write('a.md', 'one');
    await write('b.txt', 'two');
    const { files } = await readTextFiles(root, MARKDOWN, signal);
    expect(files.map(({ path }) => path)).toEqual(['a.md']);
  });

  it('passes over dependencies, products, hidden files and links', async () => {
    await write('kept.md', 'kept');
    await write('node_modules/x/README.md', 'no');
    await write('dist/README.md', 'no');
    await write('.git/README.md', 'no');
    await write('.hidden.md', 'no');
    await symlink(root, join(root, 'circle'));
    const { files } = await readTextFiles(root, TEXT, signal);
    expect(files.map(({ path }) => path)).toEqual(['kept.md']);
  });

  it('leaves out files without words, and tells of those that are no text', async () => {
    await write('kept.md', 'kept');
    await write('empty.md', ' \n---\n');
    await write('latin.txt', Uint8Array.of(0x63, 0x61, 0x66, 0xe9));
    await write('image.md', Uint8Array.of(0x41, 0, 0x42));
    const { files, skipped } = await readTextFiles(root, TEXT, signal);
    expect(files.map(({ path }) => path)).toEqual(['kept.md']);
    expect(skipped).toEqual(['image.md', 'latin.txt']);
  });

  it('reads a file that is named itself, whatever its extension', async () => {
    await write('notes.org', 'words');
    expect(await readTextFiles(join(root, 'notes.org'), TEXT, signal)).toEqual({
      files: [{ path: 'notes.org', content: 'words' }],
      skipped: [],
    });
  });

  it.each([
    ['an empty folder', '', 'has no text to read'],
    ['a missing path', 'missing', 'does not exist'],
    ['a path below a file', 'empty.md/below', 'does not exist'],
    ['a file without words', 'empty.md', 'is a file without text'],
    ['a file that is no text', 'image.md', 'is a file without text'],
  ])('refuses %s', async (_what, path, expected) => {
    await write('empty.md', '\n');
    await write('image.md', Uint8Array.of(0x41, 0, 0x42));
    await expect(readTextFiles(join(root, path), TEXT, signal)).rejects.toThrow(expected);
    await expect(readTextFiles(join(root, path), TEXT, signal)).rejects.toThrow(DemoFailure);
  });

  it('stops when it is told to', async () => {
    await write('a.md', 'one');
    const reason = new Error('enough');
    await expect(readTextFiles(root, TEXT, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('findRepository', () => {
  it('looks upwards for the workspace', async () => {
    await write('pnpm-workspace.yaml', '');
    await write('packages/a/src/b.ts', '');
    expect(findRepository(join(root, 'packages/a/src'))).toBe(root);
    expect(findRepository(root)).toBe(root);
  });

  it('says what to do outside of it', () => {
    expect(() => findRepository(root)).toThrow('name a folder with --dir');
  });
});
