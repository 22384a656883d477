import type { LogLevel } from '@integrations/types';
import type { LogDestination } from './logger-options.ts';

/** A line of this package's format, read back. */
export interface ReadLine {
  readonly timestamp: string;
  readonly level: string;
  readonly target: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly span?: unknown;
}

/** A destination that keeps what is written. */
export class KeptLines implements LogDestination {
  readonly chunks: string[] = [];

  write(chunk: string): void {
    this.chunks.push(chunk);
  }

  get text(): string {
    return this.chunks.join('');
  }

  /** Each line as it reads; throws where one is no JSON. */
  get lines(): readonly ReadLine[] {
    if (this.text === '') return [];
    if (!this.text.endsWith('\n')) throw new Error('the last line has no end');
    return this.text
      .slice(0, -1)
      .split('\n')
      .map((line) => JSON.parse(line) as ReadLine);
  }

  get last(): ReadLine {
    const line = this.lines.at(-1);
    if (line === undefined) throw new Error('nothing was written');
    return line;
  }
}

export const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];
