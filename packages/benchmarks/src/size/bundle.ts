import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const ENTRY = 'entry.js';

/** Bytes of a bundle, as it is and as it travels. */
export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
}

/**
 * Bundles a module into one file, with what it imports of the packages that this one depends on.
 *
 * @throws Error of the bundler when something is missing.
 */
export async function bundleSize(
  source: string,
  platform: 'node' | 'browser',
): Promise<BundleSize> {
  const build = await rolldown({
    input: ENTRY,
    platform,
    logLevel: 'silent',
    resolve: { conditionNames: platform === 'node' ? ['node', 'import'] : ['browser', 'import'] },
    plugins: [
      {
        name: 'source',
        resolveId: (id) => (id === ENTRY ? { id: `${import.meta.dirname}/${ENTRY}` } : undefined),
        load: (id) => (id.endsWith(`/${ENTRY}`) ? source : undefined),
      },
    ],
  });
  try {
    const { output } = await build.generate({ minify: true, codeSplitting: false });
    const [{ code }] = output;
    return { minified: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length };
  } finally {
    await build.close();
  }
}
