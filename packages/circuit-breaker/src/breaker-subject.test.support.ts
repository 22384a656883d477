import type { BreakerPermit, BreakerRejection, CircuitState } from '@integrations/types';
import type { BreakerEventName, BreakerListener } from './breaker-events.ts';
import type { BreakerSnapshot } from './breaker-snapshot.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts';
import type { BreakerStatistics, ObservableCircuitBreaker } from './observable-circuit-breaker.ts';
import { protect } from './protect.ts';

/** What the properties are about: the real thing, or a deliberately broken one. */
export interface BreakerSubject {
  create(options: CircuitBreakerOptions): ObservableCircuitBreaker;
  readonly protect: typeof protect;
}

export const realSubject: BreakerSubject = { create: createCircuitBreaker, protect };

/** Passes everything on; broken variants override a method. */
export class ForwardingBreaker implements ObservableCircuitBreaker {
  protected readonly inner: ObservableCircuitBreaker;

  constructor(inner: ObservableCircuitBreaker) {
    this.inner = inner;
  }

  get name(): string {
    return this.inner.name;
  }

  get state(): CircuitState {
    return this.inner.state;
  }

  isOpen(): boolean {
    return this.inner.isOpen();
  }

  tryAcquire(): BreakerPermit | BreakerRejection {
    const permit = this.inner.tryAcquire();
    return permit.allowed ? this.wrap(permit) : permit;
  }

  recordSuccess(): void {
    this.inner.recordSuccess();
  }

  recordFailure(error?: unknown): void {
    this.inner.recordFailure(error);
  }

  reset(): void {
    this.inner.reset();
  }

  forceOpen(): void {
    this.inner.forceOpen();
  }

  forceClosed(): void {
    this.inner.forceClosed();
  }

  releaseForce(): void {
    this.inner.releaseForce();
  }

  on<Name extends BreakerEventName>(event: Name, listener: BreakerListener<Name>): Disposable {
    return this.inner.on(event, listener);
  }

  statistics(): BreakerStatistics {
    return this.inner.statistics();
  }

  exportState(): BreakerSnapshot {
    return this.inner.exportState();
  }

  importState(snapshot: unknown): void {
    this.inner.importState(snapshot);
  }

  protected wrap(permit: BreakerPermit): BreakerPermit {
    return permit;
  }
}
