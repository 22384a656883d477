import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from './fault.ts';

/** One request the simulator saw. An entry is live: it is completed while the request is answered. */
export interface JournalEntry {
  readonly requestId: string;
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The query with its `?`, or an empty string. */
  readonly query: string;
  /** The request's headers; those that carry credentials are redacted. */
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** The parsed body; of a form's files their names, types, sizes and SHA-256. `undefined` if there was none, it was neither JSON nor a form, or bodies are not recorded. */
  readonly body: unknown;
  /** The response's status; `undefined` until its head is sent. */
  readonly status: number | undefined;
  /** The fault the request got. */
  readonly fault: Fault | undefined;
  /** Whether the client went away before the answer was complete. */
  readonly aborted: boolean;
  /** When the request arrived, in milliseconds since 1970. */
  readonly startedAt: number;
  /** When the answer ended, one way or another, in milliseconds since 1970. */
  readonly endedAt: number | undefined;
  /** How long that took, in milliseconds, by a monotonic clock. */
  readonly durationMs: number | undefined;
}

/** An entry its writer may complete. */
export type OpenJournalEntry = { -readonly [Field in keyof JournalEntry]: JournalEntry[Field] };

/** The latest requests, oldest first. */
export class Journal {
  readonly #capacity: number;
  readonly #entries: OpenJournalEntry[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  add(entry: OpenJournalEntry): void {
    this.#entries.push(entry);
    // Shifting an array costs its length, so it is done for many entries at once.
    if (this.#entries.length >= this.#capacity * 2)
      this.#entries.splice(0, this.#entries.length - this.#capacity);
  }

  clear(): void {
    this.#entries.length = 0;
  }
}

const CREDENTIALS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'api-key',
  'x-api-key',
]);

/** A copy of the headers in which those that carry credentials say only that they were there. */
export function redactHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      CREDENTIALS.has(name) ? '[REDACTED]' : value,
    ]),
  );
}
