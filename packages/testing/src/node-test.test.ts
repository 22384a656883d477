import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

const SUITE = new URL('./bulkhead-contract.ts', import.meta.url).href;
const SUBJECT = new URL('./reference-bulkhead.test.support.ts', import.meta.url).href;

function script(create: string): string {
  return `import { describe, it } from 'node:test';
    import { describeBulkheadContract } from ${JSON.stringify(SUITE)};
    import { ReferenceBulkhead } from ${JSON.stringify(SUBJECT)};
    describeBulkheadContract({ describe, it, create: (settings) => ${create} });`;
}

async function runNodeTest(create: string): Promise<string> {
  const args = ['--test-reporter=tap', '--input-type=module', '--eval', script(create)];
  const [outcome] = await Promise.allSettled([run(process.execPath, args)]);
  const { stdout } =
    outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as { stdout: string });
  return stdout;
}

it('a suite runs under node:test too, and passes what is right', async () => {
  const report = await runNodeTest('new ReferenceBulkhead(settings)');
  expect(report).toMatch(/^# pass 13$/m);
  expect(report).toMatch(/^# fail 0$/m);
});

it('a suite fails what is wrong under node:test, and says what is promised', async () => {
  const report = await runNodeTest(`new ReferenceBulkhead(settings, 'counts every release')`);
  expect(report).toMatch(/^# fail 1$/m);
  expect(report).toContain('Bulkhead promises: only the first release() of a permit counts');
});
