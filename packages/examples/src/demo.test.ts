import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { createSimulator } from '@integrations/simulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

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

/** A line of the trace: what stands in its columns. */
interface TraceLine {
  /** 0 for a call. */
  readonly depth: number;
  readonly name: string;
  readonly ms: number;
  readonly status: string;
  readonly details: string;
}

function traceIn(stdout: string): TraceLine[] {
  const trace = /\n {2}Trace\n +start +ms\n(.+?)\n(?:\n|$)/s.exec(stdout)?.[1];
  if (trace === undefined) throw new TypeError('there is no trace');
  const lines = trace.matchAll(/^ {2}([│├└ ]*)([a-z]\S*) +\d+ +(\d+\.\d) {2}([✓✗·])(.*)$/gm);
  return Array.from(lines, ([, rails = '', name = '', ms, status = '', details = '']) => ({
    depth: rails.length / 2,
    name,
    ms: Number(ms),
    status,
    details: details.trim(),
  }));
}

/** The lines of the first call of a name, without its own. */
function stepsOf(trace: readonly TraceLine[], name: string): string[] {
  const call = trace.findIndex((line) => line.name === name);
  const next = trace.findIndex((line, at) => at > call && line.depth === 0);
  const steps = trace.slice(call + 1, next < 0 ? undefined : next);
  return steps.map((line) => `${'  '.repeat(line.depth - 1)}${line.name}`);
}

/** Waits until the demo says where its metrics are. It does not outlive its test. */
async function metricsUrl(child: ChildProcess): Promise<string> {
  onTestFinished(() => void child.kill('SIGKILL'));
  let written = '';
  for await (const piece of child.stdout ?? []) {
    written += String(piece);
    const url = /^ {2}Metrics {2}(\S+)\n {2}Served until you press Ctrl-C\.\n/m.exec(written)?.[1];
    if (url !== undefined) return url;
  }
  throw new TypeError(`the demo ended without an address: ${written}`);
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

  it('traces each step of every call', async () => {
    const args = ['--trace', '--dir', join(folder, 'notes'), '--question', 'What is the fee?'];
    const { code, stdout, stderr } = await run(args, { TERM: 'xterm-256color' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(CONTROLS);
    const trace = traceIn(stdout);
    const calls = trace.filter(({ depth }) => depth === 0);
    expect(calls.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'openai.embeddings.create ✓',
      'openai.embeddings.create ✓',
      'openai.chat.create_stream ✓',
    ]);
    expect(stepsOf(trace, 'openai.embeddings.create')).toEqual([
      'openai.validate_request',
      'openai.resilience.execute',
      '  openai.circuit_breaker.check',
      '  openai.rate_limiter.acquire',
      '  openai.http_request',
      '    openai.serialize_request',
      '    http.send',
      '    openai.deserialize_response',
      'openai.record_metrics',
    ]);
    expect(stepsOf(trace, 'openai.chat.create_stream')).toContain('    http.send');
    expect(trace.find(({ name }) => name === 'openai.http_request')?.details).toBe(
      'attempt 1, 200',
    );
    expect(stdout.replaceAll(/\s+[│ ]*/g, ' ')).toMatch(
      /gpt-5-mini, \d+ → \d+ tokens, first token after \d+ ms, \d+ events/,
    );
    const [first] = calls;
    const request = trace.find(({ name }) => name === 'openai.http_request');
    expect(first?.ms).toBeGreaterThanOrEqual(request?.ms ?? Infinity);
    expect(stdout).toContain('A call that went like one above it has a single line.\n');
  });

  it('traces what faults do to a call', async () => {
    const args = ['--faults', '--trace', '--dir', join(folder, 'notes')];
    const { code, stdout } = await run(args, { FORCE_COLOR: '1' });
    expect(code).toBe(0);
    expect(stdout).toContain('\u001B[31m✗\u001B[39m');
    const trace = traceIn(stripVTControlCharacters(stdout));
    const attempts = trace.filter(({ name }) => name === 'openai.http_request');
    expect(attempts.map(({ status, details }) => `${status} ${details}`)).toEqual(
      expect.arrayContaining([
        '✗ attempt 1, 503,',
        '✗ attempt 2, 429,',
        '✗ attempt 3, connection',
        '✓ attempt 4, 200',
      ]),
    );
    const checks = trace.filter(({ name }) => name === 'openai.circuit_breaker.check');
    expect(checks.map(({ status, details }) => `${status} ${details}`)).toEqual(
      expect.arrayContaining(['✓ closed', '✗ open, refused', '✓ half_open']),
    );
  });

  it('traces a call that failed', async () => {
    const args = ['--trace', '--key', 'invalid-key', '--dir', join(folder, 'notes')];
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(1);
    expect(stderr).toContain('The API key is not correct.');
    const failed = traceIn(stdout).filter(({ status }) => status === '✗');
    expect(failed.map(({ name }) => name)).toEqual([
      'openai.embeddings.create',
      'openai.resilience.execute',
      'openai.http_request',
    ]);
    expect(stdout).toContain('authentication');
    expect(stdout).not.toContain('invalid-key');
  });

  it.skipIf(process.platform === 'win32')('serves its metrics until Ctrl-C', async () => {
    const child = start(['--metrics', '--faults', '--dir', join(folder, 'notes')]);
    const closed = once(child, 'close');
    const url = await metricsUrl(child);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const response = await fetch(url);
    const exposition = await response.text();
    child.kill('SIGINT');
    expect(await closed).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    for (const series of [
      'openai_requests_total{endpoint="chat",status="ok",model="gpt-5-mini"} 1',
      'openai_retries_total{endpoint="chat",reason="rate_limit"} 1',
      'openai_errors_total{endpoint="embeddings",error_type="circuit_open"} ',
      'openai_circuit_breaker_state{endpoint="embeddings"} 0',
      'openai_request_duration_seconds_count{endpoint="embeddings",model="text-embedding-3-small"} ',
      'openai_time_to_first_token_seconds_count{model="gpt-5-mini"} 1',
      'openai_tokens_total{model="gpt-5-mini",type="completion"} ',
    ]) {
      expect(exposition).toContain(`\n${series}`);
    }
  });

  it.skipIf(process.platform === 'win32').each([
    ['SIGTERM', 0],
    ['SIGHUP', 129],
  ] as const)('stops to serve its metrics on %s', async (signal, expected) => {
    const child = start(['--metrics', '--dir', join(folder, 'notes')]);
    const closed = once(child, 'close');
    await metricsUrl(child);
    child.kill(signal);
    expect(await closed).toEqual([expected, null]);
  });

  it('ends before the first call when its metrics cannot be served', async () => {
    const server = createServer();
    const port = await listen(server);
    const args = ['--metrics', String(port), '--dir', join(folder, 'notes')];
    const { code, stdout, stderr } = await run(args);
    server.close();
    expect(stderr).toMatch(/^demo: The metrics cannot be served on port \d+ [^\n]+\n$/);
    expect([code, stdout]).toEqual([1, '']);
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
    [2, ['--metrics', '70000'], '--metrics must be a whole number'],
    [2, ['--trace=all'], "'--trace' does not take an argument."],
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
    const child = start(['--trace', '--metrics', '--dir', join(folder, 'notes')]);
    child.stdout?.once('data', () => child.kill(signal));
    const { code, stdout, stderr } = await finish(child);
    expect([code, stderr]).toEqual([expected, '']);
    expect(stdout).not.toMatch(/Summary|Trace|Metrics/);
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
