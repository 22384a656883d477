/** The demo cannot go on; the message is one line that says why and what to do. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
  readonly exitCode: number = 1;
}

/** The arguments are wrong. */
export class WrongUsage extends DemoFailure {
  override readonly exitCode = 2;
}

/** Somebody else ended the demo; there is nothing to explain. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly signal: string;
  /** What shells report for the signal. */
  readonly exitCode: number;

  constructor(signal: string, exitCode: number) {
    super(`ended by ${signal}`);
    this.signal = signal;
    this.exitCode = exitCode;
  }
}

/** An error as one line: what it says, without line breaks and without its stack. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replace(/\s+/g, ' ').trim();
  return line === '' ? 'It failed without saying why.' : line;
}
