// Sums what vitest wrote for each package into one line a package, and the totals as the last line:
// <passed> <failed> <skipped>. A package that wrote nothing, or failed without a failing test, counts as one failure.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, root, workspacePackages } from './workspace.mjs';

const runsFolder = '.turbo/runs';

/** Exit codes of the test tasks, by package name, as turbo saw them. */
function exitCodes() {
  if (!existsSync(join(root, runsFolder))) return new Map();
  const tasks = readdirSync(join(root, runsFolder))
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => readJson(`${runsFolder}/${file}`).tasks)
    .filter((task) => task.task === 'test');
  return new Map(tasks.map((task) => [task.package, task.execution?.exitCode]));
}

function countsOf({ folder }, exitCode) {
  const path = `${folder}/.turbo/test-results.json`;
  if (!existsSync(join(root, path)))
    return { passed: 0, failed: 1, skipped: 0, note: 'no results' };

  const results = readJson(path);
  const crashed = results.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const counts = {
    passed: results.numPassedTests,
    failed: results.numFailedTests + crashed,
    skipped: results.numPendingTests + results.numTodoTests,
    note: crashed > 0 ? `${crashed} files did not load` : '',
  };
  if (exitCode === 0 || counts.failed > 0) return counts;
  return {
    ...counts,
    failed: 1,
    note: `exit code ${exitCode ?? 'unknown'} without a failing test`,
  };
}

const codes = exitCodes();
const totals = { passed: 0, failed: 0, skipped: 0 };
for (const one of workspacePackages()) {
  const counts = countsOf(one, codes.get(one.manifest.name));
  for (const key of Object.keys(totals)) totals[key] += counts[key];
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const note = counts.note ? ` (${counts.note})` : '';
  console.log(
    `${counts.failed > 0 ? 'fail' : 'pass'}  tests of ${one.folder}: ${counts.passed} passed, ${counts.failed} failed${skipped}${note}`,
  );
}
console.log(`${totals.passed} ${totals.failed} ${totals.skipped}`);
