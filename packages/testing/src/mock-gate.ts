import { QueueFullError } from '@integrations/errors';
import { abortable } from './abortable.ts';

type Mode =
  | { readonly kind: 'open' }
  | { readonly kind: 'refusing'; readonly error: unknown }
  | { readonly kind: 'holding' };

/** What a mock limiter and a mock bulkhead have in common: it opens, refuses or holds as it is told. */
export class MockGate {
  #mode: Mode = { kind: 'open' };
  readonly #held = new Set<() => void>();

  /** How many wait. */
  get waiting(): number {
    return this.#held.size;
  }

  get isOpen(): boolean {
    return this.#mode.kind === 'open';
  }

  open(): void {
    this.#mode = { kind: 'open' };
    this.letIn(Number.POSITIVE_INFINITY);
  }

  refuse(error: unknown): void {
    this.#mode = { kind: 'refusing', error };
  }

  hold(): void {
    this.#mode = { kind: 'holding' };
  }

  /** Lets those in who have waited longest. */
  letIn(count: number): void {
    for (const enter of [...this.#held].slice(0, count)) enter();
  }

  /** Resolves when the caller is through. */
  async pass(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#mode.kind === 'open') return;
    if (this.#mode.kind === 'refusing') throw this.#mode.error;
    let enter = (): void => undefined;
    const turn = new Promise<void>((resolve) => {
      enter = resolve;
    });
    const leave = (): void => {
      this.#held.delete(enterOnce);
    };
    const enterOnce = (): void => {
      leave();
      enter();
    };
    this.#held.add(enterOnce);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      await abortable(turn, signal);
    } finally {
      signal?.removeEventListener('abort', leave);
      leave();
    }
  }
}

/** What a refusal throws unless the test names another error. */
export function mockRefusal(mock: string): QueueFullError {
  return new QueueFullError(`${mock} was told to refuse. Call permit() to let calls through.`);
}
