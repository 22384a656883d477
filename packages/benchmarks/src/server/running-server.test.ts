import { expect, it } from 'vitest';
import { startServer } from './running-server.ts';

it('is one process for all who ask at a time, and is gone with the last', async () => {
  const [first, second] = await Promise.all([startServer(), startServer()]);
  expect(second.origin).toBe(first.origin);
  await first.close();
  expect((await fetch(`${second.origin}/held`)).status).toBe(200);
  await second.close();
  await expect(fetch(`${second.origin}/held`)).rejects.toThrow('fetch failed');
});
