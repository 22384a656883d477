import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { emitWarning, env } from 'node:process';
import { fileURLToPath } from 'node:url';

const COMMAND = 'promtool';

/** Where the checks of CI put it. */
const FOLDER = fileURLToPath(new URL('../../../.turbo/promtool', import.meta.url));
const ENVIRONMENT = { ...env, PATH: `${env['PATH'] ?? ''}${delimiter}${FOLDER}` };

/** Prometheus's own checker, where it is to be had. */
export const HAS_PROMTOOL: boolean =
  spawnSync(COMMAND, ['--version'], { env: ENVIRONMENT }).status === 0;

/** Follows on a test's name, so that a report says why it was skipped. */
export const UNLESS_MISSING: string = HAS_PROMTOOL ? '' : ' (SKIPPED: there is no promtool)';

if (!HAS_PROMTOOL) {
  emitWarning(
    'What needs promtool is SKIPPED. Install Prometheus, or on Debian run `node .ci/get-promtool.mjs`, and test again.',
  );
}

/** What promtool had to complain about; empty for nothing. */
export function promtool(args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(COMMAND, args, {
    env: ENVIRONMENT,
    input,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}\n${stderr}`;
}
