import type {
  Availability,
  Bulkhead,
  BulkheadPermit,
  ObservedLimits,
  RateLimiter,
  RateLimitPermit,
} from '@integrations/types';
import Bottleneck from 'bottleneck';

interface Waiting {
  readonly signal?: AbortSignal;
}

/** Waits for a turn, or for the abort of it. */
function turnOf<Permit>(
  signal: AbortSignal | undefined,
  begin: (isWanted: () => boolean, resolve: (permit: Permit) => void) => void,
): Promise<Permit> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal?.reason);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', leave, { once: true });
    begin(() => {
      signal?.removeEventListener('abort', leave);
      return signal?.aborted !== true;
    }, resolve);
  });
}

/** `RateLimiter` over bottleneck: it knows of requests only, and no call comes without a wait. */
export class BottleneckLimiter implements RateLimiter {
  readonly #bottleneck: Bottleneck;
  /** What the provider stated; a team may want to show it. */
  readonly stated: ObservedLimits[] = [];
  taken = 0;

  constructor(requestsPerMinute: number) {
    this.#bottleneck = new Bottleneck({
      reservoir: requestsPerMinute,
      reservoirRefreshAmount: requestsPerMinute,
      reservoirRefreshInterval: 60_000,
    });
  }

  acquire({ signal }: Waiting = {}): Promise<RateLimitPermit> {
    const permit: RateLimitPermit = { settle: () => undefined, release: () => undefined };
    return turnOf(signal, (isWanted, resolve) => {
      void this.#bottleneck.schedule(async () => {
        if (!isWanted()) return;
        this.taken += 1;
        resolve(permit);
      });
    });
  }

  /** bottleneck gives no turn at once. */
  tryAcquire(): undefined {}

  updateLimits(observed: ObservedLimits): void {
    this.stated.push(observed);
  }

  available(): Availability {
    return { requests: Infinity, tokens: Infinity };
  }

  /** bottleneck's timer would keep the process. */
  async close(): Promise<void> {
    await this.#bottleneck.disconnect();
  }
}

/** `Bulkhead` over bottleneck: a place is a job that ends when it is given back. */
export class BottleneckBulkhead implements Bulkhead {
  readonly #bottleneck: Bottleneck;
  taken = 0;

  constructor(maxConcurrent: number) {
    this.#bottleneck = new Bottleneck({ maxConcurrent });
  }

  /** Places that are in use. */
  inUse(): Promise<number> {
    return this.#bottleneck.running();
  }

  acquire({ signal }: Waiting = {}): Promise<BulkheadPermit> {
    return turnOf(signal, (isWanted, resolve) => {
      void this.#bottleneck.schedule(
        () =>
          new Promise<void>((release) => {
            if (!isWanted()) return release();
            this.taken += 1;
            return resolve({ release: () => release() });
          }),
      );
    });
  }

  tryAcquire(): undefined {}
}
