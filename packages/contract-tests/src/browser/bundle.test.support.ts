import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const ENTRY = 'entry.js';

/** What a page would load. */
export interface Bundle {
  readonly code: string;
  /** What is not in it. */
  readonly imports: readonly string[];
  readonly gzipBytes: number;
}

/** Bundles a module for browsers into one file, as the packages are published. */
export async function bundleForBrowser(source: string): Promise<Bundle> {
  const build = await rolldown({
    input: ENTRY,
    platform: 'browser',
    logLevel: 'silent',
    resolve: { conditionNames: ['browser', 'import'] },
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
    const [{ code, imports, dynamicImports }] = output;
    const gzipBytes = gzipSync(code, { level: 9 }).length;
    return { code, imports: [...imports, ...dynamicImports], gzipBytes };
  } finally {
    await build.close();
  }
}
