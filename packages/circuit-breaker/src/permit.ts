import type { BreakerPermit } from '@integrations/types';
import type { BreakerVerdict } from './circuit-breaker-options.ts';
import type { Lease } from './probe-pool.ts';

/** Who counts what its permits report. */
export interface PermitIssuer {
  settle(permit: Permit, outcome: BreakerVerdict, error: unknown): void;
}

/** Leave for one call, good for one report. */
export class Permit implements BreakerPermit {
  readonly allowed = true;
  readonly #issuer: PermitIssuer;
  /** The time between two changes of state that it belongs to. */
  readonly generation: number;
  /** When it was issued, where somebody asks how long the call takes. */
  readonly issuedAt: number | undefined;
  /** For a probe. */
  readonly lease: Lease | undefined;
  #settled = false;

  constructor(
    issuer: PermitIssuer,
    generation: number,
    issuedAt: number | undefined,
    lease: Lease | undefined,
  ) {
    this.#issuer = issuer;
    this.generation = generation;
    this.issuedAt = issuedAt;
    this.lease = lease;
  }

  success(): void {
    this.#settle('success', undefined);
  }

  failure(error?: unknown): void {
    this.#settle('failure', error);
  }

  ignore(): void {
    this.#settle('ignore', undefined);
  }

  #settle(outcome: BreakerVerdict, error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#issuer.settle(this, outcome, error);
  }
}
