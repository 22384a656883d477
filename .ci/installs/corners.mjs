// The versions of Node.js and TypeScript that the packages are checked with.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from './processes.mjs';
import { surroundings } from './surroundings.mjs';

/** The version of each line of Node.js, and that of its types. */
const nodes = {
  22: { version: '22.19.0', types: '22.20.5' },
  24: { version: '24.21.0', types: '24.19.2' },
  26: { version: '26.10.0', types: '26.6.6' },
};
const typescripts = { 5.9: '5.9.3', 6: '6.0.3', 7: '7.0.2' };

/** The oldest that the packages support, and the newest. */
const outer = [
  { node: '22', typescript: '5.9', places: ['nodenext'] },
  { node: '26', typescript: '7', places: ['bundler', 'browser'] },
];

/** What Node.js brings to types matters in its own surroundings only. */
const every = Object.keys(nodes).flatMap((node) =>
  Object.keys(typescripts).map((typescript) => ({
    node,
    typescript,
    places: node === '26' ? Object.keys(surroundings) : ['nodenext'],
  })),
);

/** npm has the binaries of Node.js for each platform in a package of its own. */
function nodePackage() {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return `${prefix}-${platform}-${process.arch}`;
}

function dependenciesOf(corners) {
  return Object.fromEntries(
    corners.flatMap(({ node, typescript }) => [
      [`node-${node}`, `npm:${nodePackage()}@${nodes[node].version}`],
      [`@types-${node}/node`, `npm:@types/node@${nodes[node].types}`],
      [`typescript-${typescript}`, `npm:typescript@${typescripts[typescript]}`],
    ]),
  );
}

/** Installs what the corners need into a folder, and gives each with its paths. */
export async function installCorners(folder, { all }) {
  const corners = all ? every : outer;
  mkdirSync(folder);
  const manifest = { private: true, dependencies: dependenciesOf(corners) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages: []\npreferOffline: true\n');
  await outputOf('pnpm', ['install'], { cwd: folder });
  const installed = join(folder, 'node_modules');
  const extension = process.platform === 'win32' ? '.exe' : '';
  return corners.map(({ node, typescript, places }) => ({
    node: {
      name: `Node.js ${nodes[node].version}`,
      path: join(installed, `node-${node}/bin/node${extension}`),
    },
    typescript: {
      name: `TypeScript ${typescripts[typescript]}`,
      path: join(installed, `typescript-${typescript}/bin/tsc`),
      typeRoots: [join(installed, `@types-${node}`)],
    },
    places,
  }));
}
