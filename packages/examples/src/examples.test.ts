import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createSimulator, type SimulatorOptions } from '@integrations/simulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the examples take for the folder of temporary files. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

type Variables = Readonly<Record<string, string>>;

/** Starts a built example without the variables of this run. It does not outlive its test. */
function start(args: readonly string[], variables: Variables = {}): ChildProcess {
  const { PATH = '', SystemRoot = '' } = process.env;
  const [name = '', ...rest] = args;
  const child = spawn(process.execPath, [join(DIST, `${name}.js`), ...rest], {
    cwd: folder,
    env: { PATH, SystemRoot, TMPDIR: folder, TEMP: folder, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function run(args: readonly string[], variables?: Variables): Promise<Run> {
  const child = start(args, variables);
  if (child.stdout === null || child.stderr === null) throw new TypeError('there is no output');
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** A simulator of this test, as the environment names the API. */
async function simulate(options: SimulatorOptions): Promise<{
  readonly simulator: Awaited<ReturnType<typeof createSimulator>>;
  readonly variables: Variables;
}> {
  const simulator = await createSimulator(options);
  onTestFinished(() => simulator.close());
  const name = options.provider === 'mistral' ? 'MISTRAL' : 'OPENAI';
  const variables = {
    [`${name}_API_KEY`]: 'test-key',
    [`${name}_BASE_URL`]: simulator.baseURL,
  };
  return { simulator, variables };
}

/** Reads what a program writes until it matches. */
async function waitForOutput(child: ChildProcess, pattern: RegExp): Promise<string> {
  let written = '';
  for await (const piece of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    written += String(piece);
    const [found] = pattern.exec(written) ?? [];
    if (found !== undefined) return found;
  }
  throw new TypeError(`the example ended without ${pattern.source}: ${written}`);
}

describe('each example runs with nothing but Node.js', { timeout: 30_000 }, () => {
  it.each([
    ['bulk-embedding', /1000 vectors in \S+\.f32\./],
    ['structured-extraction', /"supplier": "[^]+without understanding the text\.\n$/],
    ['tool-agent', /tool: \{"number":17.+\n {2}tool: The customer does not want that\.\n/],
    ['batch-webhook', /webhook: batch\.completed\nWhat is [^]+\nWhat is [^]+\nWhat is /],
    [
      'shared-limiter',
      /two clients here: 5 answered, 1 held back\nworker 1: 5 answered, 1 held back\nworker 2: 4 answered, 2 held back\n$/,
    ],
    [
      'own-parts',
      /call 1: answered\n[^]+call 4: overloaded\n[^]*call 5: circuit_open, not before /,
    ],
  ])('%s', async (name, expected) => {
    const { code, stdout, stderr } = await run([name]);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toMatch(/simulator of \w+ on 127\.0\.0\.1:\d+/);
    expect(stdout).toMatch(expected);
  });

  it.skipIf(process.platform === 'win32')('chat-server, until Ctrl-C', async () => {
    const child = start(['chat-server']);
    const closed = once(child, 'close');
    const url = await waitForOutput(child, /http:\/\/127\.0\.0\.1:\d+\/chat\?question=[^']+/);
    expect(await (await fetch(url)).text()).toMatch(
      /^event: text\n[^]+event: done\ndata: \{\}\n\n$/,
    );
    child.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });
});

describe('examples with a key', { timeout: 30_000 }, () => {
  it('call what the environment names, unless they are to simulate', async () => {
    const { simulator, variables } = await simulate({ provider: 'mistral' });
    const { stdout } = await run(['structured-extraction'], variables);
    expect(stdout).toContain('the mistral API, with the key of MISTRAL_API_KEY');
    expect(simulator.requests).toHaveLength(1);
    const { code } = await run(['structured-extraction', '--simulate'], variables);
    expect(code).toBe(0);
    expect(simulator.requests).toHaveLength(1);
  });

  it('end with one line and 1 when a call fails for good', async () => {
    const { variables } = await simulate({ provider: 'mistral', apiKeys: ['another-key'] });
    const { code, stderr } = await run(['structured-extraction'], variables);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).not.toContain('test-key');
  });

  it('batch-webhook says what it needs', async () => {
    const { variables } = await simulate({});
    const { code, stderr } = await run(['batch-webhook'], variables);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Set PUBLIC_URL to an address of a proxy that leads to http:.+\n$/);
  });

  it('shared-limiter stays within the limit across its threads', async () => {
    const { simulator, variables } = await simulate({
      requestsPerMinute: 14,
      enforceRateLimits: true,
    });
    const { code, stderr } = await run(['shared-limiter'], variables);
    expect([stderr, code]).toEqual(['', 0]);
    expect(simulator.requests.map(({ status }) => status)).toEqual(Array(14).fill(200));
  });

  it('bulk-embedding embeds the file that it is given, and goes on where it stopped', async () => {
    const input = join(folder, 'notes.txt');
    await writeFile(input, 'one\n\ntwo\nthree');
    const { simulator, variables } = await simulate({ provider: 'mistral' });
    const fault = simulator.inject({ fault: { status: 401 } });
    const failed = await run(['bulk-embedding', input], variables);
    expect([failed.code, fault.hits]).toEqual([1, 1]);
    simulator.clearFaults();
    expect((await run(['bulk-embedding', input], variables)).code).toBe(0);
    expect(await readFile(`${input}.f32`)).toHaveLength(3 * 1024 * 4);
    const missing = await run(['bulk-embedding', join(folder, 'nothing.txt')], variables);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('ENOENT');
  });

  it('are stopped by Ctrl-C', async () => {
    const { simulator, variables } = await simulate({});
    simulator.inject({ fault: { headersThenStall: true } });
    const child = start(['tool-agent'], variables);
    const closed = once(child, 'close');
    await waitForOutput(child, /Asking/);
    while (simulator.requests.length === 0) await new Promise(setImmediate);
    child.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    await simulator.waitForIdle();
    expect(simulator.requests[0]).toMatchObject({ aborted: true });
  });
});

describe('pnpm example', { timeout: 30_000 }, () => {
  it('runs an example by its name, with its arguments', async () => {
    const { code, stdout } = await run(['example', 'tool-agent', 'find_order {"number":17}']);
    expect(code).toBe(0);
    expect(stdout).toContain('tool: {"number":17,"item":"a ledger","status":"sent"}');
  });

  it.each([[[]], [['no-such']]])('names the examples for %j', async (args) => {
    const { code, stderr } = await run(['example', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^There is no example .+; there are chat-server, .+, own-parts\.\n$/);
  });
});
