/** The right to probe until a moment of the clock. */
export interface Lease {
  readonly until: number;
}

/**
 * The probes of one half-open time. A success uses its permit up; an ignored probe, and
 * one whose lease has ended, give theirs back.
 */
export class ProbePool {
  successes = 0;
  readonly #permits: number;
  /** In the order of their ends: all leases are equally long. */
  readonly #leases = new Set<Lease>();

  constructor(permits: number) {
    this.#permits = permits;
  }

  /** Milliseconds until a lease ends and leaves room; 0 when there is room now. */
  waitMs(now: number): number {
    for (const lease of this.#leases) {
      if (lease.until > now) break;
      this.#leases.delete(lease);
    }
    if (this.successes + this.#leases.size < this.#permits) return 0;
    const [oldest] = this.#leases;
    return oldest === undefined ? 0 : oldest.until - now;
  }

  add(lease: Lease): void {
    this.#leases.add(lease);
  }

  giveBack(lease: Lease): void {
    this.#leases.delete(lease);
  }

  clear(): void {
    this.successes = 0;
    this.#leases.clear();
  }

  /** Milliseconds that each lease has left. */
  save(now: number): number[] {
    return [...this.#leases].map(({ until }) => until - now).filter((left) => left > 0);
  }
}
