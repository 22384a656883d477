import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

function fileOf({ readme, number }: Snippet): string {
  return join(folder, `${dirname(readme).replaceAll('/', '-')}-${number}.ts`);
}

let simulator: Simulator;

beforeAll(async () => {
  simulator = await createSimulator();
  mkdirSync(folder, { recursive: true });
  for (const snippet of snippets) writeFileSync(fileOf(snippet), snippet.code);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await simulator.close();
});

/** What a failed command printed: the reason, for the test's report. */
async function execute(file: string, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    OPENAI_API_KEY: 'test-key',
    OPENAI_BASE_URL: simulator.baseURL,
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
    expect([...readmes]).toEqual(
      expect.arrayContaining(['README.md', join('packages', 'openai', 'README.md')]),
    );
  });

  it('compile under the strictest settings', { timeout: 60_000 }, async () => {
    const config = join(folder, 'tsconfig.json');
    writeFileSync(
      config,
      JSON.stringify({
        extends: '../../../tsconfig.base.json',
        compilerOptions: {
          noEmit: true,
          incremental: false,
          isolatedDeclarations: false,
          declaration: false,
          rootDir: '.',
          allowImportingTsExtensions: true,
          rewriteRelativeImportExtensions: false,
        },
        include: ['*.ts'],
      }),
    );
    const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
    expect(
      await execute(process.execPath, [join(dirname(compiler), 'bin/tsc'), '-p', config]),
    ).toBe('');
  });

  it.for(snippets)('$readme, snippet $number runs', { timeout: 40_000 }, async (snippet) => {
    expect(await execute(process.execPath, [fileOf(snippet)])).toBe('');
  });
});
