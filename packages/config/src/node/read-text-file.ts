import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { ConfigurationError } from '@integrations/errors';
import { displayPath } from './display-path.ts';

/** A file as it was read. */
export interface TextFile {
  readonly text: string;
  /** Permission bits; undefined where the system has none. */
  readonly mode: number | undefined;
}

/** Configuration is written by hand: whatever is larger is something else. */
const LARGEST_BYTES = 1024 * 1024;

const ABSENT: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR']);

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function systemSays(error: unknown): string {
  const code = codeOf(error);
  return `the system says ${typeof code === 'string' ? code : 'no'}`;
}

function unreadable(path: string, problem: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(
    `The configuration file ${displayPath(path)} cannot be read: ${problem}.`,
    { cause },
  );
}

function checkStats(path: string, stats: Stats): void {
  if (!stats.isFile()) throw unreadable(path, 'it is not a regular file');
  if (stats.size <= LARGEST_BYTES) return;
  throw unreadable(path, `it has ${stats.size} bytes, and ${LARGEST_BYTES} are the most`);
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(path, 'it is not UTF-8; save it in that encoding', cause);
  }
}

function readDescriptor(path: string, descriptor: number): TextFile {
  const stats = fstatSync(descriptor);
  checkStats(path, stats);
  const text = decode(path, readFileSync(descriptor));
  return { text, mode: process.platform === 'win32' ? undefined : stats.mode & 0o777 };
}

function open(path: string): number | undefined {
  try {
    // Opening a named pipe would wait for its other end otherwise.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    if (ABSENT.has(codeOf(cause))) return undefined;
    throw unreadable(path, systemSays(cause), cause);
  }
}

/**
 * Reads a small text file; undefined when there is none.
 *
 * @throws ConfigurationError when it is there and cannot be read.
 */
export function readTextFile(path: string): TextFile | undefined {
  const descriptor = open(path);
  if (descriptor === undefined) return undefined;
  try {
    return readDescriptor(path, descriptor);
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw unreadable(path, systemSays(cause), cause);
  } finally {
    closeSync(descriptor);
  }
}
