// The clients beside the oldest versions of what they stand on that their ranges will allow: packages are released one
// by one, and users have older ones. `--with <name>=<version or tarball>` takes another version, to see what it does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOldest } from './oldest/check-oldest.mjs';
import { conclude, root } from './workspace.mjs';

async function main() {
  const { values } = parseArgs({
    options: { with: { type: 'string', multiple: true, default: [] } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'oldest-'));
  let result;
  try {
    result = await checkOldest({
      workspace: root,
      folder,
      newest: ['@integrations/openai', '@integrations/mistral'],
      tools: ['@integrations/simulator'],
      contract: new URL('oldest/client-contract.mjs', import.meta.url),
      substitutes: values.with.map((text) => text.split('=', 2)),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  conclude(
    `clients beside ${result.versions || 'the present packages: no older ones are allowed'},`,
    result.problems,
  );
}

void main();
