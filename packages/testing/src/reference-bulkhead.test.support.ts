import type { Bulkhead, BulkheadPermit, BulkheadRequest } from '@integrations/types';
import type { BulkheadContractSettings } from './bulkhead-contract.ts';
import { type LineFault, ReferenceLine } from './reference-line.test.support.ts';

/** A way to get a bulkhead wrong. */
export type BulkheadFault =
  | LineFault
  | 'lets one more in'
  | 'counts every release'
  | 'serves nobody on release'
  | 'refuses outcomes';

/** Small and right, unless told to be wrong. */
export class ReferenceBulkhead implements Bulkhead {
  readonly #fault: BulkheadFault | undefined;
  readonly #line: ReferenceLine<BulkheadRequest, BulkheadPermit>;
  #free: number;

  constructor({ clock, maxConcurrent }: BulkheadContractSettings, fault?: BulkheadFault) {
    this.#fault = fault;
    this.#line = new ReferenceLine(clock, fault);
    this.#free = maxConcurrent + (fault === 'lets one more in' ? 1 : 0);
  }

  acquire(request: BulkheadRequest = {}): Promise<BulkheadPermit> {
    return this.#line.acquire(request, () => this.tryAcquire());
  }

  tryAcquire(): BulkheadPermit | undefined {
    if (this.#free <= 0) return undefined;
    this.#free -= 1;
    let isReleased = false;
    return {
      release: (outcome) => {
        if (outcome?.error !== undefined && this.#fault === 'refuses outcomes') {
          throw new Error('no outcome wanted');
        }
        if (isReleased && this.#fault !== 'counts every release') return;
        isReleased = true;
        this.#free += 1;
        if (this.#fault === 'serves nobody on release') return;
        this.#line.serve(() => this.tryAcquire());
      },
    };
  }
}
