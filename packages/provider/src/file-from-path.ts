import type * as NodeFileSystem from 'node:fs';
import { ConfigurationError } from '@integrations/errors';
import { baseName, UNKNOWN_FILE } from './file-name.ts';
import { UploadFile } from './upload-file.ts';

/** What the API is told of a file that was found by its path. */
export interface FileFromPathOptions {
  /** @default the last part of the path */
  readonly name?: string | undefined;
  /** The media type. @default 'application/octet-stream' */
  readonly type?: string | undefined;
}

/** The part of `process` that finds Node.js' own modules; browsers have none of it. */
interface NodeProcess {
  getBuiltinModule?(id: 'node:fs'): typeof NodeFileSystem | undefined;
}

/** Asked for rather than imported: bundles for browsers hold this file too. */
function fileSystem(): typeof NodeFileSystem {
  const { process } = globalThis as { readonly process?: NodeProcess };
  const fs = process?.getBuiltinModule?.('node:fs');
  if (fs !== undefined) return fs;
  throw new ConfigurationError(
    'fileFromPath() needs the file system of Node.js, which this platform has not. Give a File or a Blob.',
  );
}

/**
 * A file by its path, to be uploaded. It is opened for each attempt and read as it is
 * sent, so that it never is in memory as a whole, and closed however the attempt ends.
 *
 * @throws ConfigurationError when there is no such file, and where there is no file system.
 */
export async function fileFromPath(
  path: string,
  options: FileFromPathOptions = {},
): Promise<UploadFile> {
  const fs = fileSystem();
  const size = await sizeOf(fs, path);
  return new UploadFile({
    name: options.name ?? baseName(path) ?? UNKNOWN_FILE,
    contentType: options.type,
    size,
    open: () => fs.createReadStream(path),
    reopens: true,
  });
}

async function sizeOf(fs: typeof NodeFileSystem, path: string): Promise<number> {
  const cannot = (problem: string, cause?: unknown): ConfigurationError =>
    new ConfigurationError(`The file ${path} cannot be uploaded: ${problem}.`, { cause });
  try {
    const stats = await fs.promises.stat(path);
    if (stats.isFile()) return stats.size;
  } catch (cause) {
    throw cannot(cause instanceof Error ? cause.message : String(cause), cause);
  }
  throw cannot('it is no file');
}
