import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createAlertRules } from './alert-rules.ts';
import { alertRulesToYaml } from './alert-rules-yaml.ts';
import { runCommand } from './command.ts';
import { createDashboard } from './dashboard.ts';

function run(...args: string[]): { code: number; output: string; errors: string } {
  let output = '';
  let errors = '';
  const code = runCommand(
    args,
    { write: (text) => (output += text) },
    { write: (text) => (errors += text) },
  );
  return { code, output, errors };
}

describe('integrations-metrics', () => {
  it('prints a dashboard', () => {
    const { code, output } = run('dashboard', 'mistral', '--prefix', 'my_');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual(createDashboard('mistral', { prefix: 'my_' }));
  });

  it('prints alerts', () => {
    const { code, output } = run('alerts', 'openai');
    expect({ code, output }).toEqual({
      code: 0,
      output: alertRulesToYaml(createAlertRules('openai')),
    });
  });

  it('prints its help', () => {
    expect(run('--help')).toMatchObject({ code: 0, output: expect.stringContaining('alerts') });
  });

  it.each([
    [[], /dashboard or alerts/],
    [['picture'], /dashboard or alerts/],
    [['constructor', 'openai'], /dashboard or alerts/],
    [['alerts'], /openai or mistral/],
    [['alerts', 'nobody'], /openai or mistral/],
    [['alerts', 'openai', 'more'], /"more"/],
    [['alerts', 'openai', '--colour'], /--colour/],
    [['alerts', 'openai', '--prefix', 'a-'], /a-/],
  ])('refuses %j with one line', (args, message) => {
    const { code, output, errors } = run(...args);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(message);
    expect(errors.trimEnd()).not.toContain('\n');
  });

  it('runs as it is published', async () => {
    const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'alerts', 'openai']);
    expect(stdout).toBe(run('alerts', 'openai').output);
  });
});
