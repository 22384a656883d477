import { existsSync, globSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A package that users install, with what that puts on their disk. */
export interface PublishedPackage {
  /** Below `packages`. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  /** Bytes of its tarball, within a percent or two. */
  readonly packedBytes: number;
  /** Bytes of its files and of all that comes with it, in the versions of the lockfile. */
  readonly installedBytes: number;
  /** How many packages of this repository come with it. */
  readonly siblings: number;
  /** All others that come with it, of whatever depth. */
  readonly thirdParties: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Highest floor first, and last what stands beside the house. */
const FLOORS = ['floor-5', 'floor-4', 'floor-3', 'floor-2', 'floor-1', 'floor-0', 'test-double'];
const TAR_BLOCK = 512;

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The files that are published, from the folder of the package. */
function publishedFiles(folder: string): string[] {
  const { files = [] } = readManifest(folder);
  const matches = (patterns: readonly string[]) => globSync([...patterns], { cwd: folder });
  const unwanted = new Set(matches(files.filter(isExclusion).map((pattern) => pattern.slice(1))));
  const wanted = files.filter((pattern) => !isExclusion(pattern));
  const own = matches(wanted.flatMap((pattern) => [pattern, `${pattern}/**`]))
    .filter((path) => !unwanted.has(path))
    .toSorted();
  return ['package.json', 'README.md', '../../LICENSE', ...own]
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}

function isExclusion(pattern: string): boolean {
  return pattern.startsWith('!');
}

/** As an archive holds them: a block that names each file, and whole blocks of content. */
function packedSize(files: readonly string[]): number {
  const blocks = files.flatMap((path) => {
    const head = Buffer.alloc(TAR_BLOCK);
    head.write(path.slice(0, 100));
    const content = readFileSync(path);
    const size = Math.ceil(content.length / TAR_BLOCK) * TAR_BLOCK;
    return [head, Buffer.concat([content], size)];
  });
  return gzipSync(Buffer.concat(blocks)).length;
}

function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, path) => sum + statSync(path).size, 0);
}

/** Where a dependency of a package lies, as Node.js looks for it. */
function locate(from: string, name: string): string {
  const candidate = join(from, 'node_modules', name);
  if (existsSync(candidate)) return realpathSync(candidate);
  const above = dirname(from);
  if (above === from) throw new Error(`${name} is not installed.`);
  return locate(above, name);
}

/** The folders of a package and of all that it brings. */
function withDependencies(folder: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(folder)) return found;
  found.add(folder);
  const { dependencies = {} } = readManifest(folder);
  for (const name of Object.keys(dependencies)) withDependencies(locate(folder, name), found);
  return found;
}

/** Every file of a package from elsewhere, without what is installed below it. */
function installedFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? installedFiles(path) : [path];
    });
}

function describePackage(folder: string, packages: string): PublishedPackage {
  const { name, description = '' } = readManifest(folder);
  const folders = [...withDependencies(folder)];
  const own = folders.filter((one) => dirname(one) === packages);
  const others = folders.filter((one) => dirname(one) !== packages);
  const ownBytes = own.reduce((sum, one) => sum + sizeOf(publishedFiles(one)), 0);
  const otherBytes = others.reduce((sum, one) => sum + sizeOf(installedFiles(one)), 0);
  return {
    folder: folder.slice(packages.length + 1),
    name,
    description,
    packedBytes: packedSize(publishedFiles(folder)),
    installedBytes: ownBytes + otherBytes,
    siblings: own.length - 1,
    thirdParties: others.map((one) => readManifest(one).name),
  };
}

function floorOf(folder: string): number {
  const text = readFileSync(join(folder, 'turbo.json'), 'utf8');
  const { tags = [] } = JSON.parse(text) as { readonly tags?: readonly string[] };
  return FLOORS.findIndex((floor) => tags.includes(floor));
}

/** Every published package, in the order of the floors and then of the names. */
export function publishedPackages(repository: string): PublishedPackage[] {
  const packages = realpathSync(join(repository, 'packages'));
  return readdirSync(packages)
    .map((name) => join(packages, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .filter((folder) => !readManifest(folder).private)
    .toSorted((one, other) => floorOf(one) - floorOf(other) || one.localeCompare(other, 'en'))
    .map((folder) => describePackage(folder, packages));
}
