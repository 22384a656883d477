// Installs each package of a workspace alone, as a user would, and looks at what they get.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { budgetProblems, measure } from './budgets.mjs';
import { installAlone } from './install-alone.mjs';
import { checkLoading } from './load-check.mjs';
import { packAll } from './pack.mjs';
import { inParallel } from './processes.mjs';
import { checkTypes } from './type-check.mjs';

/** All that is checked of a package; gives its figures and its problems. */
async function checkPackage({ manifest, tarballs, parent, outside, corners, budgets }) {
  const { name } = manifest;
  const alone = await installAlone({ manifest, tarballs, parent, outside });
  const figures = measure(alone, tarballs.get(name));
  const problems = budgets ? budgetProblems(figures, budgets[name], alone.installed) : [];
  const importMs = {};
  for (const node of new Map(corners.map((corner) => [corner.node.name, corner.node])).values()) {
    const loading = await checkLoading(alone, node);
    importMs[node.name] = loading.importMs;
    problems.push(...loading.problems);
  }
  for (const corner of corners) problems.push(...(await checkTypes(alone, corner)));
  return { name, ...figures, importMs, problems };
}

/**
 * Checks packages in corners (see corners.mjs), each in a project of its own below the folder. `outside` is what
 * installAlone takes; without budgets none is kept to.
 */
export async function checkWorkspace({ workspace, packages, folder, corners, budgets, outside }) {
  const parent = join(folder, 'projects');
  mkdirSync(parent);
  const tarballs = await packAll(workspace, packages, folder);
  return inParallel(packages, ({ manifest }) =>
    checkPackage({ manifest, tarballs, parent, outside, corners, budgets }),
  );
}
