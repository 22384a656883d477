import type { Identifiers } from '../../identifiers.ts';
import { epochSeconds } from '../../wall-time.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { signWebhook } from './sign-webhook.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

/** Tells the endpoints what happened. */
export class WebhookHub {
  readonly endpoints: StoredObjects<WebhookEndpoint> = new StoredObjects('webhook endpoint');
  readonly #identifiers: Identifiers;
  readonly #closing = new AbortController();
  readonly #deliveries = new Set<Promise<unknown>>();

  constructor(identifiers: Identifiers) {
    this.#identifiers = identifiers;
  }

  /**
   * Sends an event to the endpoints that asked for its type, each once and without
   * waiting for them.
   *
   * @param id the object that the event is about.
   */
  emit(type: string, id: string): void {
    const interested = this.endpoints.all.filter(({ eventTypes }) => eventTypes.includes(type));
    if (interested.length === 0) return;
    const event = this.#event(type, id);
    for (const endpoint of interested) {
      const delivery = this.#post(endpoint, event).catch((error: unknown) => {
        if (!this.#closing.signal.aborted) warn(endpoint, error);
      });
      this.#deliveries.add(delivery);
      void delivery.finally(() => this.#deliveries.delete(delivery));
    }
  }

  /** Sends an endpoint one event, and gives the status that it answers with. */
  async test(endpoint: WebhookEndpoint, type: string): Promise<number> {
    return this.#post(endpoint, this.#event(type, 'test'));
  }

  /** Resolves when nothing is being sent. */
  async settled(): Promise<void> {
    await Promise.all(this.#deliveries);
  }

  /** Breaks off what is being sent. */
  close(): void {
    this.#closing.abort();
  }

  #event(type: string, id: string): WebhookBody {
    return {
      id: `evt_${this.#identifiers.nextHex('event', 24)}`,
      object: 'event',
      created_at: epochSeconds(),
      type,
      data: { id },
    };
  }

  async #post({ url, secret, oldSecret }: WebhookEndpoint, event: WebhookBody): Promise<number> {
    const body = JSON.stringify(event);
    const stamp = { id: event.id, timestamp: epochSeconds(), body };
    const secrets = oldSecret === undefined ? [secret] : [secret, oldSecret];
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signWebhook(stamp, secrets) },
      body,
      // It could lead off this machine.
      redirect: 'manual',
      signal: this.#closing.signal,
    });
    await response.body?.cancel();
    return response.status;
  }
}

interface WebhookBody {
  readonly id: string;
  readonly object: 'event';
  readonly created_at: number;
  readonly type: string;
  readonly data: { readonly id: string };
}

function warn({ url }: WebhookEndpoint, error: unknown): void {
  process.emitWarning(`A webhook could not be delivered to ${url}: ${reasonOf(error)}`);
}

/** `fetch` tells the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
