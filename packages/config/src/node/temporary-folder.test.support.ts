import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone at the end of a `using` block. */
export interface TemporaryFolder extends Disposable {
  readonly path: string;
  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array, mode?: number): string;
}

/** Makes a folder for one test. */
export function temporaryFolder(): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'config-')));
  return {
    path,
    write(name, content, mode = 0o600) {
      const file = join(path, name);
      writeFileSync(file, content);
      chmodSync(file, mode);
      return file;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
