import { spawnSync } from 'node:child_process';

const COMMAND = 'promtool';

/** Prometheus's own checker, where it is installed (Debian: the package prometheus). */
export const HAS_PROMTOOL: boolean = spawnSync(COMMAND, ['--version']).status === 0;

/** Follows on a test's name, so that a report says why it was skipped. */
export const UNLESS_MISSING: string = HAS_PROMTOOL
  ? ''
  : ' (SKIPPED: promtool is not on the PATH; install Prometheus to run it)';

/** What promtool had to complain about; empty for nothing. */
export function promtool(args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(COMMAND, args, { input, encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}\n${stderr}`;
}
