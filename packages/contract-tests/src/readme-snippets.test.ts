import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSnippets, type Snippet } from './readme-snippets.ts';

const run = promisify(execFile);
const here = join(import.meta.dirname, '..');
const repository = join(here, '../..');
const snippets = readSnippets(repository);

/** Below this package, so that the snippets' imports are found. */
const folder = mkdtempSync(join(here, '.snippets-'));

/** `packages/openai/README.md`, 2 → `packages-openai-2`. */
function nameOf({ readme, number }: Snippet): string {
  const place = dirname(readme) === '.' ? 'repository' : dirname(readme).replaceAll('/', '-');
  return `${place}-${number}`;
}

let simulator: Simulator;
let mistral: Simulator;

/** What the compiler said; nothing where all is well. */
let complaints: string;

/** Compiled, because the oldest Node.js that we support does not know `await using`. */
async function compile(): Promise<string> {
  const config = join(folder, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({
      extends: '../../../tsconfig.base.json',
      compilerOptions: {
        incremental: false,
        tsBuildInfoFile: null,
        isolatedDeclarations: false,
        declaration: false,
        emitDeclarationOnly: false,
        rootDir: '.',
        outDir: 'compiled',
      },
      include: ['*.ts'],
    }),
  );
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  return execute(process.execPath, [join(dirname(compiler), 'bin/tsc'), '-p', config]);
}

beforeAll(async () => {
  simulator = await createSimulator();
  mistral = await createSimulator({ provider: 'mistral' });
  for (const snippet of snippets)
    writeFileSync(join(folder, `${nameOf(snippet)}.ts`), snippet.code);
  complaints = await compile();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await simulator.close();
  await mistral.close();
});

/** What a failed command printed: the reason, for the test's report. */
async function execute(file: string, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    OPENAI_API_KEY: 'test-key',
    OPENAI_BASE_URL: simulator.baseURL,
    MISTRAL_API_KEY: 'test-key',
    MISTRAL_BASE_URL: mistral.baseURL,
    NODE_NO_WARNINGS: '1',
  };
  try {
    await run(file, args, { cwd: folder, env, timeout: 30_000 });
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${String(error)}\n${stdout ?? ''}\n${stderr ?? ''}`;
  }
}

describe('README snippets', () => {
  it('stand in the README of the repository and of every provider', () => {
    const readmes = new Set(snippets.map(({ readme }) => readme));
    const expected = ['README.md', 'packages/mistral/README.md', 'packages/openai/README.md'];
    expect([...readmes]).toEqual(expect.arrayContaining(expected));
  });

  it('compile under the strictest settings', () => {
    expect(complaints).toBe('');
  });

  it.for(snippets)('$readme, snippet $number runs', { timeout: 40_000 }, async (snippet) => {
    const compiled = join(folder, 'compiled', `${nameOf(snippet)}.js`);
    expect(await execute(process.execPath, [compiled])).toBe('');
  });
});
