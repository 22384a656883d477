import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createSimulator } from '@integrations/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DEMO = fileURLToPath(new URL('../dist/demo.js', import.meta.url));
/** Anything but line feeds. */
const CONTROLS = /(?!\n)\p{Cc}/u;

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Variables = Readonly<Record<string, string>>;

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
  await mkdir(join(folder, 'empty'));
  await mkdir(join(folder, 'notes/deep'), { recursive: true });
  await writeFile(join(folder, 'notes/harbour.md'), HARBOUR);
  await writeFile(join(folder, 'notes/deep/bridge.txt'), 'The bridge closes at night.\n');
  await writeFile(join(folder, 'blank.md'), '\n\n');
  await writeFile(join(folder, 'headings.md'), '# Top\n##\n');
  await writeFile(join(folder, 'code.md'), '```\nconst a = 1;\n```\n');
  await writeFile(join(folder, 'image.bin'), Uint8Array.of(1, 0, 2, 255));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const HARBOUR = `# Harbour

## Opening hours

The harbour opens at six in the morning. In winter it opens at eight.

## Fees

| boat | fee |
| ---- | --- |
| small | 5 |

A ferry pays nothing, and neither does the \u001B[31mlifeboat\u001B[0m.
`;

/** Starts the built demo, in another folder and without the variables of this run. */
function start(args: readonly string[], variables: Variables = {}): ChildProcess {
  const { PATH = '', SystemRoot = '' } = process.env;
  return spawn(process.execPath, [DEMO, ...args], {
    cwd: tmpdir(),
    env: { PATH, SystemRoot, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finish(child: ChildProcess): Promise<Run> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new TypeError('the demo has no output');
  const [written, failed, [code]] = await Promise.all([
    text(stdout),
    text(stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout: written, stderr: failed };
}

function run(args: readonly string[], variables?: Variables): Promise<Run> {
  return finish(start(args, variables));
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function number(stdout: string, pattern: RegExp): number {
  return Number(pattern.exec(stdout)?.[1]?.replaceAll(',', ''));
}

function answerIn(stdout: string): string {
  const answer = /\n {2}Answer\n(.+?)\n\n {2}Sources\n/s.exec(stdout)?.[1];
  if (answer === undefined) throw new TypeError('there is no answer');
  return answer;
}

function breakerChanges(stdout: string): string[] {
  const lines = stdout.matchAll(/^ {2}breaker {2}embeddings (\S+ → \S+) \(.+\)$/gm);
  return Array.from(lines, ([, change = '']) => change);
}

describe('the demo', { timeout: 30_000 }, () => {
  it('answers from the Markdown of the repository, and all that it quotes is true', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(number(stdout, /, ([\d,]+) passages\n/)).toBeGreaterThanOrEqual(200);
    expect(stdout).toMatch(/simulator on 127\.0\.0\.1:\d+, no key needed\n/);
    expect(stdout).toMatch(/✓ \[\d\] {2}\S+\.md:\d+/);
    expect(stdout).toMatch(/✓ (All \d quotes stand|The quote stands) word for word/);
    expect(number(stdout, /Requests +([\d,]+)\n/)).toBeGreaterThanOrEqual(9);
    expect(number(stdout, /Tokens in +([\d,]+)\n/)).toBeGreaterThan(5000);
    expect(number(stdout, /Tokens out +([\d,]+)\n/)).toBeGreaterThan(10);
  });

  it('answers from a folder of one’s own, and says where from', async () => {
    const question = 'When does the harbour open in winter?';
    const args = ['--dir', join(folder, 'notes'), '--question', question, '--top', '2'];
    const { code, stdout, stderr } = await run(args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('"In winter it opens at eight." [1]');
    expect(stdout).toContain('✓ [1]  harbour.md:5  Harbour › Opening hours\n');
    expect(stdout).toContain('2 passages given.\n');
    expect(stdout).toContain('2 files, 3 passages\n');
    expect(number(stdout, /Requests +(\d+)\n/)).toBe(3);
  });

  it('writes no control characters into a pipe, even if the text has some', async () => {
    const args = ['--dir', join(folder, 'notes'), '--question', 'What does a lifeboat pay?'];
    const { code, stdout } = await run(args, { TERM: 'xterm-256color' });
    expect(code).toBe(0);
    expect(stdout).toContain('lifeboat');
    expect(stdout).not.toMatch(CONTROLS);
  });

  it('writes colours when it is forced to, but still redraws nothing', async () => {
    const args = ['--dir', join(folder, 'notes')];
    const { stdout } = await run(args, { FORCE_COLOR: '1' });
    expect(stdout).toContain('\u001B[1mSummary\u001B[22m');
    const controls = stdout.split('\u001B').slice(1);
    expect(controls.every((rest) => /^\[\d+m/.test(rest))).toBe(true);
    const { stdout: plain } = await run([...args, '--no-color'], { FORCE_COLOR: '1' });
    expect(plain).not.toMatch(CONTROLS);
  });

  it('says so when the text has no answer', async () => {
    const args = ['--dir', join(folder, 'notes'), '--question', 'Zebras?'];
    const { code, stdout, stderr } = await run(args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Nothing is quoted; 3 passages given.');
  });

  it('gets over faults, and answers as it does without them', async () => {
    const { stdout: plain } = await run([]);
    const { code, stdout, stderr } = await run(['--faults'], { TERM: 'xterm-256color' });
    expect([code, stderr]).toEqual([0, '']);
    expect(answerIn(stdout)).toBe(answerIn(plain));
    expect(stdout).not.toMatch(CONTROLS);
    expect(stdout).toMatch(
      /^ {2}fault {4}503 on embeddings, retrying in \d+ ms \(attempt 2 of 7\)$/m,
    );
    for (const fault of ['429', 'broken connection']) {
      expect(stdout).toMatch(new RegExp(`^ {2}fault {4}${fault} on embeddings, retrying in `, 'm'));
    }
    for (const fault of ['429', 'error event', 'timeout']) {
      expect(stdout).toMatch(new RegExp(`^ {2}fault {4}${fault} on chat, retrying in `, 'm'));
    }
    expect(stdout).toMatch(/^ {2}refused {2}call to embeddings: breaker open, waiting \d\.\d s$/m);
    expect(breakerChanges(stdout)).toEqual([
      'closed → open',
      'open → half-open',
      'half-open → closed',
    ]);
    expect(number(stdout, /Retries +(\d+)\n/)).toBeGreaterThanOrEqual(4);
    expect(number(stdout, /Waits +(\d+)\n/)).toBeGreaterThanOrEqual(10);
    expect(number(stdout, /Waited +([\d.]+) s\n/)).toBeGreaterThan(1);
    expect(number(stdout, /Breaker openings +(\d+)\n/)).toBe(1);
    expect(number(stdout, /Refused calls +(\d+)\n/)).toBeGreaterThanOrEqual(1);
    expect(number(stdout, /Requests +(\d+)\n/)).toBe(number(plain, /Requests +(\d+)\n/));
    expect(plain).not.toMatch(/fault|breaker|refused|Waits/i);
  });

  it('gets over the same faults with a text of a single batch', async () => {
    const args = ['--dir', join(folder, 'notes'), '--question', 'When does the harbour open?'];
    const { stdout: plain } = await run(args);
    const { code, stdout, stderr } = await run([...args, '--faults']);
    expect([code, stderr]).toEqual([0, '']);
    expect(answerIn(stdout)).toBe(answerIn(plain));
    expect(breakerChanges(stdout)).toEqual([
      'closed → open',
      'open → half-open',
      'half-open → closed',
    ]);
    expect(number(stdout, /Retries +(\d+)\n/)).toBeGreaterThanOrEqual(8);
  });

  it('fails with faults as it does without, where waiting cures nothing', async () => {
    const args = ['--faults', '--key', 'invalid-key', '--dir', join(folder, 'notes')];
    const { code, stderr } = await run(args);
    expect(stderr).toMatch(/^demo: [^\n]*The API key is not correct\.[^\n]*\n$/);
    expect(code).toBe(1);
  });

  it('explains itself', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: npx -y pnpm@12 demo [options]');
  });

  it('listens on the port that it is given', async () => {
    const server = createServer();
    const port = await listen(server);
    server.close();
    await once(server, 'close');
    const { code, stdout } = await run(['--port', String(port), '--dir', join(folder, 'notes')]);
    expect(code).toBe(0);
    expect(stdout).toContain(`simulator on 127.0.0.1:${port},`);
  });

  it.each([
    [2, ['--nope'], "Unknown option '--nope'."],
    [2, ['word'], "Unexpected argument 'word'."],
    [2, ['--top', 'many'], '--top must be a whole number'],
    [2, ['--port', '70000'], '--port must be a whole number'],
    [2, ['--question', ''], '--question must not be empty.'],
    [2, ['--live', '--faults'], '--faults are those of the simulator'],
    [2, ['--live', '--key', 'test-key'], '--key is for the simulator'],
    [1, ['--dir', 'missing'], 'missing does not exist.'],
    [1, ['--dir', 'empty'], 'empty has no text to read'],
    [1, ['--dir', 'blank.md'], 'blank.md is a file without text.'],
    [1, ['--dir', 'headings.md'], 'headings.md has no sentences to quote'],
    [1, ['--dir', 'code.md'], 'code.md has no sentences to quote'],
    [1, ['--dir', 'image.bin'], 'image.bin is a file without text'],
    [1, ['--key', 'invalid-key'], 'The API key is not correct. Check the API key.'],
    [1, ['--key', 'two words'], '`apiKey` contains a blank'],
    [1, ['--chat-model', 'nobody'], 'nobody'],
    [1, ['--embedding-model', 'nobody'], 'nobody'],
    [1, ['--live'], '--live needs an API key: set OPENAI_API_KEY'],
  ])('ends with code %i and one line for %j', async (expected, args, message) => {
    const inFolder = args.map((arg, at) => (args[at - 1] === '--dir' ? join(folder, arg) : arg));
    const given = args.includes('--dir') ? inFolder : [...args, '--dir', join(folder, 'notes')];
    const { code, stderr } = await run(args[0] === 'word' ? args : given);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^demo: [^\n]+\n$/);
    expect(code).toBe(expected);
  });

  it('ends with one line when its port is in use', async () => {
    const server = createServer();
    const port = await listen(server);
    const { code, stderr } = await run(['--port', String(port)]);
    server.close();
    expect(stderr).toMatch(/^demo: Port \d+ on 127\.0\.0\.1 is in use[^\n]+\n$/);
    expect(code).toBe(1);
  });

  it('asks the real API when it is told to', async () => {
    await using simulator = await createSimulator();
    const args = ['--live', '--dir', join(folder, 'notes'), '--chat-model', 'gpt-4.1-mini'];
    const { code, stdout, stderr } = await run(args, {
      OPENAI_API_KEY: 'test-key',
      OPENAI_BASE_URL: simulator.baseURL,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`127.0.0.1:${simulator.port}, with the key of OPENAI_API_KEY`);
    expect(simulator.requests.map(({ path }) => path)).toEqual([
      '/v1/embeddings',
      '/v1/embeddings',
      '/v1/chat/completions',
    ]);
    expect(simulator.requests[2]?.body).toMatchObject({ model: 'gpt-4.1-mini' });
  });

  it('reports what a real model quotes wrongly, without failing', async () => {
    const server = createServer((request, response) => {
      const isChat = request.url === '/v1/chat/completions';
      request.resume().on('end', () => {
        response.setHeader('content-type', isChat ? 'text/event-stream' : 'application/json');
        response.end(isChat ? inventedAnswer() : oneVector());
      });
    });
    const port = await listen(server);
    const { code, stdout, stderr } = await run(['--live', '--dir', join(folder, 'notes/deep')], {
      OPENAI_API_KEY: 'test-key',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    });
    server.close();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('✗ Not in [1]: "The bridge never closes."');
    expect(stdout).toContain('The model stopped early: length.');
  });

  it.skipIf(process.platform === 'win32').each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once and without a word on %s', async (signal, expected) => {
    const child = start(['--dir', join(folder, 'notes')]);
    child.stdout?.once('data', () => child.kill(signal));
    const { code, stdout, stderr } = await finish(child);
    expect([code, stderr]).toEqual([expected, '']);
    expect(stdout).not.toContain('Summary');
  });

  it.skipIf(process.platform === 'win32')('ends quietly when nobody reads on', async () => {
    const child = start(['--dir', join(folder, 'notes')]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const [failed, [code]] = await Promise.all([
      child.stderr === null ? '' : text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    expect([code, failed]).toEqual([141, '']);
  });
});

function oneVector(): string {
  return JSON.stringify({
    object: 'list',
    model: 'text-embedding-3-small',
    data: [{ object: 'embedding', index: 0, embedding: [1, 0] }],
    usage: { prompt_tokens: 1, total_tokens: 1 },
  });
}

function inventedAnswer(): string {
  const choices = [
    { index: 0, delta: { content: '"The bridge never closes." [1]' }, finish_reason: null },
    { index: 0, delta: {}, finish_reason: 'length' },
  ];
  const events = choices.map((choice) =>
    JSON.stringify({ object: 'chat.completion.chunk', choices: [choice] }),
  );
  return [...events, '[DONE]'].map((data) => `data: ${data}\n\n`).join('');
}
