import { EventEmitter, once } from 'node:events';

/** The batches of which a webhook has told that they ended. */
export class EndedBatches {
  readonly #ids = new Set<string>();
  readonly #news = new EventEmitter().setMaxListeners(0);

  /** May be called again for the same batch: webhooks are sometimes delivered twice. */
  add(id: string): void {
    this.#ids.add(id);
    this.#news.emit('ended');
  }

  /** Resolves when a batch has ended, which may be before somebody waits for it. */
  async waitFor(id: string, signal: AbortSignal): Promise<void> {
    while (!this.#ids.has(id)) await once(this.#news, 'ended', { signal });
  }
}
