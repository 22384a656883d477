// The tarballs that a release would publish.
import { outputOf } from './processes.mjs';

/** Packs packages of a workspace; gives the tarball, its size and its paths, by name of the package. */
export async function packAll(workspace, packages, destination) {
  const filters = packages.flatMap(({ manifest }) => ['--filter', manifest.name]);
  const args = [...filters, '--recursive', 'pack', '--json', '--pack-destination', destination];
  const packed = [JSON.parse(await outputOf('pnpm', args, { cwd: workspace }))].flat();
  return new Map(
    packed.map(({ name, filename, size, files }) => [
      name,
      { file: filename, bytes: size, paths: files.map(({ path }) => path) },
    ]),
  );
}
