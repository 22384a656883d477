import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './command.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'simulator-command-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function run(
  ...args: string[]
): Promise<{ readonly code: number; readonly output: string; readonly errors: string }> {
  let output = '';
  let errors = '';
  const code = await runCommand(
    args,
    { write: (text) => (output += text) },
    { write: (text) => (errors += text) },
    AbortSignal.abort(),
  );
  return { code, output, errors };
}

describe('runCommand', () => {
  it('says where it listens and how to use it, and stops when told', async () => {
    const { code, output, errors } = await run();
    expect(output).toMatch(
      /^Simulating OpenAI at (http:\/\/127\.0\.0\.1:\d+\/v1) \(.*OPENAI_BASE_URL=\1 OPENAI_API_KEY=test-key\)\n$/,
    );
    expect([code, errors]).toEqual([0, '']);
  });

  it('simulates Mistral, whose paths carry the version', async () => {
    const { code, output } = await run('--provider', 'mistral');
    expect(output).toMatch(
      /^Simulating Mistral at (http:\/\/127\.0\.0\.1:\d+) \(.*MISTRAL_BASE_URL=\1 MISTRAL_API_KEY=test-key\)\n$/,
    );
    expect(code).toBe(0);
  });

  it('repeats no key it was given', async () => {
    expect((await run('--key', 'one-key', '--key', 'other-key')).output).not.toMatch(
      /one-key|other-key/,
    );
  });

  it('prints its help and its version', async () => {
    const help = await run('--help');
    for (const flag of [
      '--provider',
      '--port',
      '--host',
      '--key',
      '--latency',
      '--event-gap',
      '--faults',
    ])
      expect(help.output).toContain(flag);
    expect((await run('--version')).output).toMatch(/^\d+\.\d+\.\d+/);
    expect(help.code).toBe(0);
  });

  it('takes faults as JSON, one or many, or from a file', async () => {
    const file = join(directory, 'faults.json');
    await writeFile(file, '[{"every":3,"fault":{"status":503}}]');
    expect((await run('--faults', file)).code).toBe(0);
    expect((await run('--faults', '{"fault":{"html":true}}')).code).toBe(0);
  });

  it.each([
    [['--port', 'many'], '--port must be a number, not "many".'],
    [['--port', '70000'], 'port must be a whole number from 0 to 65535, not 70000.'],
    [['--latency', '-1'], '--latency'],
    [['--host', '0.0.0.0'], 'host must be a loopback address'],
    [['--key', ''], 'apiKeys'],
    [['--provider', 'other'], '--provider must be openai or mistral, not "other".'],
    [['--bogus'], "Unknown option '--bogus'. Try --help."],
    [['extra'], "'extra'"],
    [['--faults', '{"fault":'], '--faults is not valid JSON'],
    [['--faults', '/no/such/file.json'], 'cannot be read'],
    [['--faults', '{"status":503}'], 'lacks fault'],
    [['--faults', '{"fault":{"status":1}}'], 'fault status must be'],
  ])('answers %j with one line and the exit code 2', async (args, words) => {
    const { code, output, errors } = await run(...args);
    expect([code, output]).toEqual([2, '']);
    expect(errors).toMatch(/^integrations-simulator: .+\n$/);
    expect(errors).toContain(words);
  });
});
