import type {
  BreakerPermit,
  BreakerRejection,
  CircuitBreaker,
  CircuitState,
} from '@integrations/types';
import type { CircuitBreakerContractSettings } from './circuit-breaker-contract.ts';

/** A way to get a breaker wrong. */
export type BreakerFault =
  | 'counts every report'
  | 'counts late reports'
  | 'counts reports from before reset'
  | 'takes ignore for success'
  | 'takes ignore for failure'
  | 'keeps ignored probes'
  | 'opens a failure late'
  | 'opens a failure early'
  | 'never turns half open'
  | 'never closes'
  | 'never opens again'
  | 'lets all probe'
  | 'tells a fixed retryAfterMs'
  | 'ignores recordFailure'
  | 'is open while half open'
  | 'keeps failures over reset'
  | 'lets few through while closed';

/** Small and right, unless told to be wrong. */
export class ReferenceBreaker implements CircuitBreaker {
  readonly #settings: CircuitBreakerContractSettings;
  readonly #fault: BreakerFault | undefined;
  #failures = 0;
  #openUntil: number | undefined;
  #probes = 0;
  #inFlight = 0;
  #generation = 0;

  constructor(settings: CircuitBreakerContractSettings, fault?: BreakerFault) {
    this.#settings = settings;
    this.#fault = fault;
  }

  get state(): CircuitState {
    if (this.#openUntil === undefined) return 'closed';
    const isOver = this.#settings.clock.now() >= this.#openUntil;
    return isOver && !this.#has('never turns half open') ? 'half_open' : 'open';
  }

  isOpen(): boolean {
    if (this.#has('is open while half open')) return this.state !== 'closed';
    return this.state === 'open';
  }

  tryAcquire(): BreakerPermit | BreakerRejection {
    const { state } = this;
    if (state === 'open') return this.#refuse();
    if (state === 'half_open') {
      if (this.#probes >= 2 && !this.#has('lets all probe')) return this.#refuse();
      this.#probes += 1;
      // Entering the half-open state makes what was given out before late.
      if (this.#probes === 1) this.#generation += 1;
    }
    if (this.#has('lets few through while closed') && this.#inFlight >= 10) return this.#refuse();
    this.#inFlight += 1;
    return this.#permit(this.#generation);
  }

  recordSuccess(): void {
    this.#report('success');
  }

  recordFailure(): void {
    if (!this.#has('ignores recordFailure')) this.#report('failure');
  }

  reset(): void {
    const failures = this.#failures;
    this.#enterClosed();
    if (this.#has('keeps failures over reset')) this.#failures = failures;
    if (this.#has('counts reports from before reset')) this.#generation -= 1;
  }

  #has(fault: BreakerFault): boolean {
    return this.#fault === fault;
  }

  #refuse(): BreakerRejection {
    if (this.#has('tells a fixed retryAfterMs')) return { allowed: false, retryAfterMs: 10 };
    const wait = (this.#openUntil ?? 0) - this.#settings.clock.now();
    return { allowed: false, retryAfterMs: Math.max(0, wait) };
  }

  #permit(generation: number): BreakerPermit {
    let isUsed = false;
    const report = (outcome: 'success' | 'failure' | 'ignore'): void => {
      if (isUsed && !this.#has('counts every report')) return;
      isUsed = true;
      this.#inFlight -= 1;
      if (generation !== this.#generation && !this.#has('counts late reports')) return;
      this.#report(this.#heard(outcome));
    };
    return {
      allowed: true,
      success: () => report('success'),
      failure: () => report('failure'),
      ignore: () => report('ignore'),
    };
  }

  #heard(outcome: 'success' | 'failure' | 'ignore'): 'success' | 'failure' | 'ignore' {
    if (outcome !== 'ignore') return outcome;
    if (this.#has('takes ignore for success')) return 'success';
    return this.#has('takes ignore for failure') ? 'failure' : 'ignore';
  }

  #report(outcome: 'success' | 'failure' | 'ignore'): void {
    if (this.state === 'half_open') this.#reportProbe(outcome);
    else if (outcome === 'failure') this.#fail();
    else if (outcome === 'success') this.#failures = 0;
  }

  #reportProbe(outcome: 'success' | 'failure' | 'ignore'): void {
    if (outcome === 'failure') {
      if (!this.#has('never opens again')) this.#open();
    } else if (outcome === 'success') {
      if (!this.#has('never closes')) this.#enterClosed();
      else this.#probes -= 1;
    } else if (!this.#has('keeps ignored probes')) this.#probes -= 1;
  }

  #fail(): void {
    this.#failures += 1;
    const { failureThreshold } = this.#settings;
    const shift = this.#has('opens a failure late') ? 1 : 0;
    const threshold = failureThreshold + (this.#has('opens a failure early') ? -1 : shift);
    if (this.#failures >= threshold) this.#open();
  }

  #open(): void {
    this.#openUntil = this.#settings.clock.now() + this.#settings.openMs;
    this.#probes = 0;
    this.#generation += 1;
  }

  #enterClosed(): void {
    this.#openUntil = undefined;
    this.#failures = 0;
    this.#probes = 0;
    this.#generation += 1;
  }
}
