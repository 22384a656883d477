import type { IndexedFile, IndexStatus } from './indexed-file.ts';

/** How many files stand how. */
export type FileCounts = Readonly<Record<IndexStatus | 'total', number>>;

/** Counts files by how they stand. */
export function countFiles(files: readonly IndexedFile[]): FileCounts {
  const counts = { in_progress: 0, completed: 0, cancelled: 0, failed: 0, total: files.length };
  for (const { status } of files) counts[status] += 1;
  return counts;
}
