import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { CHAT, QUESTION, STREAMED_QUESTION } from './post.test.support.ts';
import { createSimulator } from './simulator.ts';

/** The built command, as it is published. */
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});

class RunningCommand {
  readonly #child: ChildProcess;
  readonly exited: Promise<number | null>;
  output = '';
  errors = '';

  constructor(...args: string[]) {
    this.#child = spawn(process.execPath, [CLI, ...args]);
    children.add(this.#child);
    this.#child.stdout?.on('data', (data) => (this.output += String(data)));
    this.#child.stderr?.on('data', (data) => (this.errors += String(data)));
    this.exited = once(this.#child, 'close').then(([code]) =>
      typeof code === 'number' ? code : null,
    );
  }

  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found !== null) return found;
      if (this.#child.stdout === null) throw new Error('The command has no output.');
      await once(this.#child.stdout, 'data');
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

async function ask(baseURL: string, body: unknown): Promise<Response> {
  const headers = { authorization: 'Bearer test-key' };
  return fetch(baseURL.replace('/v1', CHAT), {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
}

describe('integrations-simulator', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'serves, logs each request, and ends cleanly on %s',
    async (signal) => {
      const command = new RunningCommand(
        '--port',
        '0',
        '--faults',
        '{"skip":1,"fault":{"stallAfterEvents":1}}',
      );
      const baseURL = (await command.line(/at (\S+\/v1)/))[1] ?? '';
      expect(await ask(baseURL, QUESTION).then((response) => response.json())).toMatchObject({
        object: 'chat.completion',
      });
      await command.line(/^POST \/v1\/chat\/completions 200 \d+ms$/m);
      const stalled = await ask(baseURL, STREAMED_QUESTION);
      command.kill(signal);
      expect(await command.exited).toBe(0);
      await expect(stalled.text()).rejects.toThrow('terminated');
      expect(command.output).toMatch(
        /^POST \/v1\/chat\/completions 200 \d+ms fault=stallAfterEvents$/m,
      );
      expect(command.errors).toBe('');
    },
  );

  it('exits with 1 and one line if the port is in use', async () => {
    await using simulator = await createSimulator();
    const command = new RunningCommand('--port', String(simulator.port));
    expect(await command.exited).toBe(1);
    expect(command.errors).toMatch(
      /^integrations-simulator: Port \d+ on 127\.0\.0\.1 is in use\. .+\n$/,
    );
  });

  it('exits with 2 and one line if an argument is wrong', async () => {
    const command = new RunningCommand('--prot', '1');
    expect(await command.exited).toBe(2);
    expect(command.errors).toMatch(/^integrations-simulator: Unknown option '--prot'\. .+\n$/);
  });
});
