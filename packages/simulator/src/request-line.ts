import type { JournalEntry } from './journal.ts';

/** A request in one line: `POST /v1/chat/completions 200 12ms`, and what was unusual about it. */
export function requestLine(entry: JournalEntry): string {
  const parts = [
    `${entry.method} ${entry.path}${entry.query}`,
    entry.status === undefined ? 'no response' : String(entry.status),
    `${Math.round(entry.durationMs ?? 0)}ms`,
  ];
  if (entry.fault !== undefined) parts.push(`fault=${Object.keys(entry.fault).join('+')}`);
  if (entry.aborted) parts.push('client went away');
  return parts.join(' ');
}
