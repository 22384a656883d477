// Every package installs alone: it loads, its types compile, and it brings no more than its budget says.
//
//   node .ci/check-installs.mjs                     the oldest Node.js and TypeScript, and the newest
//   node .ci/check-installs.mjs --all               every line of both, with the newest of what comes from outside
//   node .ci/check-installs.mjs --update-budgets    writes new budgets instead of keeping to the old ones
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { budgetFor } from './installs/budgets.mjs';
import { checkWorkspace } from './installs/check-workspace.mjs';
import { installCorners } from './installs/corners.mjs';
import { outsideVersions } from './installs/outside-versions.mjs';
import { outputOf } from './installs/processes.mjs';
import { withTemporaryFolder } from './temporary-folder.mjs';
import { conclude, readJson, root, workspacePackages } from './workspace.mjs';

const budgetsFile = '.ci/package-budgets.json';
const byName = (one, other) => (one.name < other.name ? -1 : 1);

function printTable(results) {
  const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
  const rows = results.map(({ name, packedBytes, installedBytes, brings, importMs }) => [
    name,
    {
      'packed KB': kilobytes(packedBytes),
      'installed KB': kilobytes(installedBytes),
      brings: brings.length,
      ...Object.fromEntries(
        Object.entries(importMs).map(([node, ms]) => [`import ms, ${node}`, ms.toFixed(1)]),
      ),
    },
  ]);
  console.table(Object.fromEntries(rows));
}

async function writeBudgets(results) {
  const budgets = results.map((one) => [one.name, budgetFor(one)]);
  writeFileSync(join(root, budgetsFile), JSON.stringify(Object.fromEntries(budgets)));
  await outputOf('oxfmt', [budgetsFile], { cwd: root });
}

async function main() {
  const { values } = parseArgs({
    options: {
      all: { type: 'boolean', default: false },
      'update-budgets': { type: 'boolean', default: false },
    },
  });
  const packages = workspacePackages().filter(({ manifest }) => !manifest.private);
  const budgets = values['update-budgets'] ? undefined : readJson(budgetsFile);
  const outside = values.all ? new Map() : outsideVersions(root, packages);
  const results = await withTemporaryFolder('installs', async (folder) => {
    const corners = await installCorners(join(folder, 'corners'), values);
    return checkWorkspace({ workspace: root, packages, folder, corners, budgets, outside });
  });
  results.sort(byName);
  printTable(results);
  if (values['update-budgets']) await writeBudgets(results);
  const problems = results.flatMap((one) =>
    one.problems.map((problem) => `${one.name} ${problem}`),
  );
  conclude(`${results.length} packages`, problems);
}

void main();
