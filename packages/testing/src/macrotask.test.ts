import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { microtasksDrained } from './macrotask.ts';

describe('microtasksDrained', () => {
  it('waits for a chain of promises of any length', async () => {
    let depth = 0;
    void (async () => {
      for (; depth < 5000; depth += 1) await Promise.resolve();
    })();
    await microtasksDrained();
    expect(depth).toBe(5000);
  });

  it('wakes everybody who waits, each time', async () => {
    await Promise.all([microtasksDrained(), microtasksDrained()]);
    await expect(microtasksDrained()).resolves.toBeUndefined();
  });

  it('works under faked timers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'setInterval', 'queueMicrotask'] });
    try {
      await expect(microtasksDrained()).resolves.toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('holds a process open while it waits, and not after', () => {
    const url = new URL('./macrotask.ts', import.meta.url).href;
    const script = `import { microtasksDrained } from ${JSON.stringify(url)};
      microtasksDrained().then(() => microtasksDrained()).then(() => console.log('drained'));`;
    const run = ['--input-type=module', '--eval', script];
    expect(execFileSync(process.execPath, run, { encoding: 'utf8' })).toBe('drained\n');
  });
});
