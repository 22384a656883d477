import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitWarning, env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext } from 'playwright-core';

/** Where it may be: installed, or where the checks of CI put it. */
const PLACES = [
  '/usr/bin/chromium',
  fileURLToPath(new URL('../../../../.turbo/chromium/chromium', import.meta.url)),
];

const PATH = PLACES.find((path) => spawnSync(path, ['--version']).status === 0);

/** Whether there is a browser to test in. In CI there has to be. */
export const HAS_CHROMIUM: boolean = PATH !== undefined || env['CI'] !== undefined;

/** Follows on a test's name, so that a report says why it was skipped. */
export const UNLESS_MISSING: string = HAS_CHROMIUM ? '' : ' (SKIPPED: there is no Chromium)';

if (!HAS_CHROMIUM) {
  emitWarning(
    'What needs Chromium is SKIPPED. Install it, or on Debian run `node .ci/get-chromium.mjs`, and test again.',
  );
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with no past and no window. */
export interface Chromium extends AsyncDisposable {
  readonly context: BrowserContext;
}

/** Starts one. */
export async function startChromium(): Promise<Chromium> {
  if (PATH === undefined) {
    throw new Error('There is no Chromium: run `node .ci/get-chromium.mjs`.');
  }
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: PATH,
    headless: true,
    args: FLAGS,
  });
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
