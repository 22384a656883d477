import { abortReason, type IntegrationError } from '@integrations/errors';
import type {
  AttemptContext,
  AttemptObserver,
  BreakerPermit,
  BulkheadOutcome,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';
import { Admission } from './admission.ts';
import { reportFailure } from './breaker-gate.ts';
import type { Protections } from './protections.ts';
import { attemptTimedOut } from './timed-out.ts';

/** Under which conditions an attempt is made. */
export interface AttemptTerms<T> {
  readonly protections: Protections;
  /** What the call is named in messages. */
  readonly label: string;
  readonly operation: (attempt: AttemptContext) => Promise<T>;
  /** Milliseconds; 0 for no limit. */
  readonly attemptTimeoutMs: number;
  /** What is asked of the limits. */
  readonly cost: { readonly tokens: number; readonly priority: number };
  readonly observe: ((attempt: number) => AttemptObserver) | undefined;
  /** The moment, by the clock, by which all attempts must have ended. */
  readonly deadline: number | undefined;
  /** Sees to it that `checkTime` is called at that moment, or before and again. */
  watch(at: number, now: number): void;
  /** Stops what has taken too long. */
  checkTime(now: number): void;
}

/**
 * One attempt. Before its work begins it passes, in this order, a look at the
 * breaker, the rate limit, the bulkhead and the breaker itself; then its timeout
 * runs. It settles at once when it is stopped; its place in the bulkhead stays taken
 * until the work has ended and everything that it kept open is disposed of.
 */
export class Attempt<T> implements AttemptContext {
  readonly attempt: number;
  /** When, by the clock, its own time is up. */
  dueAt: number = Number.POSITIVE_INFINITY;
  readonly #terms: AttemptTerms<T>;
  readonly #admission: Admission;
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: unknown) => void;
  #controller: AbortController | undefined;
  /** What tells that another attempt made this one needless. */
  #raceSignal: AbortSignal | undefined;
  #isWorking = false;
  #startedAt = 0;
  #stoppedBy: IntegrationError | undefined;
  /** How the work went; undefined until it has ended. */
  #outcome: BulkheadOutcome | undefined;
  #keptOpen = 0;
  #isOver = false;

  constructor(
    attempt: number,
    terms: AttemptTerms<T>,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ) {
    this.attempt = attempt;
    this.#terms = terms;
    this.#admission = new Admission(terms.protections);
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Made when it is asked for: not every operation can be stopped. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#stoppedBy !== undefined) this.#controller.abort(this.#stoppedBy);
    }
    return this.#controller.signal;
  }

  /** What was taken of the rate limits. */
  get permit(): RateLimitPermit | undefined {
    return this.#admission.rateLimitPermit;
  }

  /** Whether nothing is left that could be stopped. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether the attempt waits or works. */
  get isUnsettled(): boolean {
    return !this.#isOver && this.#outcome === undefined && this.#stoppedBy === undefined;
  }

  /** Bound, since operations take their context apart. */
  get keepOpen(): () => Disposable {
    return () => this.#keepOpen();
  }

  /** Settles with what the operation gives or throws, `CircuitOpenError`, or what a queue throws. */
  start(raceSignal: AbortSignal | undefined): void {
    const { observe, label, cost } = this.#terms;
    if (raceSignal !== undefined) this.#joinRace(raceSignal);
    if (this.#isOver) return;
    try {
      this.#admission.observer = observe?.(this.attempt);
      this.#throwIfStopped();
      this.#admission.lookAtBreaker(label);
      if (this.#admission.tryEnter(cost)) this.#begin();
      else void this.#queue();
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Ends the attempt at once, whether or not its work listens. */
  stop(error: IntegrationError): void {
    if (this.#stoppedBy !== undefined || this.#isOver) return;
    this.#stoppedBy = error;
    if (!this.#isWorking) this.#refuse(error);
    else if (this.#outcome === undefined) this.#giveUp(error);
    else this.#leave(this.#outcome);
    this.#controller?.abort(error);
  }

  /** Ends the attempt because its own time is up. */
  timeOut(): void {
    const { label, attemptTimeoutMs } = this.#terms;
    this.stop(attemptTimedOut(label, attemptTimeoutMs));
  }

  /** The attempt has lost its race. */
  handleEvent(): void {
    if (this.#raceSignal !== undefined) this.stop(abortReason(this.#raceSignal, this.#terms.label));
  }

  #keepOpen(): Disposable {
    let isOpen = true;
    this.#keptOpen += 1;
    return {
      [Symbol.dispose]: () => {
        if (!isOpen) return;
        isOpen = false;
        this.#keptOpen -= 1;
        this.#leaveIfOver();
      },
    };
  }

  #joinRace(signal: AbortSignal): void {
    this.#raceSignal = signal;
    if (signal.aborted) this.handleEvent();
    else signal.addEventListener('abort', this);
  }

  async #queue(): Promise<void> {
    const { cost, deadline } = this.#terms;
    const request: RateLimitRequest = {
      ...cost,
      signal: this.signal,
      ...(deadline === undefined ? {} : { deadline }),
    };
    try {
      await this.#admission.waitForRateLimit(request);
      // Stopped just as it was served.
      this.#throwIfStopped();
      await this.#admission.waitForPlace(request);
      this.#begin();
    } catch (error) {
      // A queue that keeps the deadline may be a moment ahead of our own timer.
      this.#terms.checkTime(this.#terms.protections.clock.now());
      this.#refuse(error);
    }
  }

  #throwIfStopped(): void {
    if (this.#stoppedBy !== undefined) throw this.#stoppedBy;
  }

  /** @throws CircuitOpenError when the breaker refuses after all. */
  #begin(): void {
    const { protections, label, attemptTimeoutMs } = this.#terms;
    // An observer may have stopped it, or the caller just as it was served.
    this.#throwIfStopped();
    this.#admission.passBreaker(label);
    if (protections.bulkhead !== undefined || attemptTimeoutMs > 0) {
      this.#startedAt = protections.clock.now();
    }
    if (attemptTimeoutMs > 0) {
      this.dueAt = this.#startedAt + attemptTimeoutMs;
      this.#terms.watch(this.dueAt, this.#startedAt);
    }
    // A listener of the breaker may have stopped it.
    this.#throwIfStopped();
    this.#isWorking = true;
    this.#operate();
  }

  #operate(): void {
    let working: Promise<T>;
    try {
      const { operation } = this.#terms;
      working = Promise.resolve(operation(this));
    } catch (error) {
      this.#failed(error);
      return;
    }
    working.then(
      (value) => this.#succeeded(value),
      (error: unknown) => this.#failed(error),
    );
  }

  #succeeded(value: T): void {
    this.#raceSignal?.removeEventListener('abort', this);
    try {
      this.#end({ latencyMs: this.#latencyMs }, (permit) => permit.success());
      this.#resolve(value);
    } catch (fault) {
      this.#reject(fault);
    }
  }

  #failed(error: unknown): void {
    this.#fail(error, () =>
      this.#end({ error, latencyMs: this.#latencyMs }, (permit) => reportFailure(permit, error)),
    );
  }

  /** The work goes on, and nobody waits for it any more. */
  #giveUp(error: IntegrationError): void {
    this.#fail(error, () => {
      const { breakerPermit } = this.#admission;
      if (breakerPermit !== undefined) reportFailure(breakerPermit, error);
    });
  }

  /** The work was never begun. */
  #refuse(error: unknown): void {
    this.#isOver = true;
    this.#fail(error, () => this.#admission.cancel(error));
  }

  /** A part that breaks as something is given back to it must not keep the caller waiting. */
  #fail(error: unknown, giveBack: () => void): void {
    this.#raceSignal?.removeEventListener('abort', this);
    try {
      giveBack();
    } catch (fault) {
      this.#reject(fault);
    }
    this.#reject(error);
  }

  /** The work has ended. How it did matters no more when it was stopped before. */
  #end(outcome: BulkheadOutcome, report: (permit: BreakerPermit) => void): void {
    const { breakerPermit } = this.#admission;
    const stoppedBy = this.#stoppedBy;
    this.#outcome = stoppedBy === undefined ? outcome : { ...outcome, error: stoppedBy };
    try {
      if (stoppedBy === undefined && breakerPermit !== undefined) report(breakerPermit);
    } finally {
      this.#leaveIfOver();
    }
  }

  /** What failed or was stopped gives nothing to its caller who could dispose of it. */
  #leaveIfOver(): void {
    const outcome = this.#outcome;
    if (outcome === undefined) return;
    if (this.#keptOpen === 0 || 'error' in outcome) this.#leave(outcome);
  }

  #leave(outcome: BulkheadOutcome): void {
    this.#isOver = true;
    this.#admission.leave(outcome);
  }

  /** Only a bulkhead is told of it. */
  get #latencyMs(): number {
    const { bulkhead, clock } = this.#terms.protections;
    return bulkhead === undefined ? 0 : clock.now() - this.#startedAt;
  }
}
