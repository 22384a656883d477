// What a package may weigh, and bring along.

/** What is measured of a package, with what heading. */
const sizes = { packedBytes: 'packed', installedBytes: 'installed with all that it brings' };

/** What to do about it. */
const advice =
  'make it less, or if it is worth that: npx -y pnpm@12 exec node .ci/check-installs.mjs --update-budgets';

/** So much a package may grow before its budget must be looked at, as a factor. */
const headroom = 1.1;

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

/** What an installed package weighs and brings. */
export function measure({ name, installed }, tarball) {
  const others = installed.filter((one) => one.name !== name);
  return {
    packedBytes: tarball.bytes,
    installedBytes: installed.reduce((sum, { bytes }) => sum + bytes, 0),
    brings: others.map((one) => one.name).toSorted(),
  };
}

/** A budget that what was measured is within. */
export function budgetFor({ packedBytes, installedBytes, brings }) {
  const rounded = (bytes) => Math.ceil((bytes * headroom) / 1000) * 1000;
  return { packedBytes: rounded(packedBytes), installedBytes: rounded(installedBytes), brings };
}

function* differences(measured, budget, installed) {
  for (const [key, what] of Object.entries(sizes)) {
    if (measured[key] <= budget[key]) continue;
    const heaviest = installed.toSorted((one, other) => other.bytes - one.bytes).slice(0, 3);
    const list = heaviest.map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`).join(', ');
    yield `is ${kilobytes(measured[key])} ${what}, budget ${kilobytes(budget[key])}; heaviest: ${list}`;
  }
  for (const name of measured.brings) {
    if (!budget.brings.includes(name)) yield `brings ${name}, which its budget does not name`;
  }
  for (const name of budget.brings) {
    if (!measured.brings.includes(name)) yield `no longer brings ${name}, which its budget names`;
  }
}

/** Where a package differs from its budget in what it must not. */
export function budgetProblems(measured, budget, installed) {
  const found = budget ? [...differences(measured, budget, installed)] : ['has no budget'];
  return found.map((problem) => `${problem} (${advice})`);
}
