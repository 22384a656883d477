import type { CircuitState } from '@integrations/types';

/** The settings of a model: times in milliseconds, everything stated. */
export interface NaiveSettings {
  readonly window:
    | { readonly type: 'consecutive' }
    | { readonly type: 'count'; readonly size: number }
    | { readonly type: 'time'; readonly duration: number; readonly buckets: number };
  readonly failureThreshold?: number;
  readonly failureRate?: number;
  readonly slowCallRate?: number;
  readonly slowCallDuration?: number;
  readonly minimumCalls?: number;
  readonly successThreshold: number;
  readonly openDuration: number;
  readonly openDurationFactor: number;
  readonly maxOpenDuration: number;
  readonly halfOpenPermits: number;
  readonly probeLease: number;
  readonly halfOpenRetryAfter: number;
}

export interface NaivePermit {
  readonly era: number;
  readonly issuedAt: number;
  settled: boolean;
  outcome?: 'success' | 'ignore';
}

interface Call {
  readonly at: number;
  readonly failed: boolean;
  readonly slow: boolean;
}

/** A breaker that keeps everything and computes from it, slowly and plainly. */
export class NaiveBreaker {
  readonly #settings: NaiveSettings;
  state: CircuitState = 'closed';
  forced: 'open' | 'closed' | undefined;
  openings = 0;
  totals = { accepted: 0, rejected: 0, successes: 0, failures: 0, ignored: 0, late: 0 };
  #era = 0;
  #origin: number;
  #openUntil = 0;
  #calls: Call[] = [];
  #probes: NaivePermit[] = [];

  constructor(settings: NaiveSettings, now: number) {
    this.#settings = settings;
    this.#origin = now;
  }

  /** The calls that still count. */
  window(now: number): { calls: number; failures: number; slowCalls: number } {
    const counted = this.#counted(now);
    return {
      calls: counted.length,
      failures: counted.filter(({ failed }) => failed).length,
      slowCalls:
        this.#settings.window.type === 'consecutive'
          ? 0
          : counted.filter(({ slow }) => slow).length,
    };
  }

  seenState(now: number): CircuitState {
    return this.#isDue(now) ? 'half_open' : this.state;
  }

  /** A permit, or the milliseconds to wait. */
  acquire(now: number): NaivePermit | number {
    const waitMs = this.waitMs(now);
    if (waitMs > 0) {
      this.totals.rejected += 1;
      return waitMs;
    }
    return this.#issue(now);
  }

  waitMs(now: number): number {
    if (this.seenState(now) === 'closed') return 0;
    if (this.seenState(now) === 'open') {
      return this.forced === 'open' ? Number.POSITIVE_INFINITY : this.#openUntil - now;
    }
    if (this.state === 'open') return 0;
    const { halfOpenPermits, probeLease, halfOpenRetryAfter } = this.#settings;
    const succeeded = this.#probes.filter(({ outcome }) => outcome === 'success').length;
    const running = this.#probes.filter(
      ({ settled, issuedAt }) => !settled && now < issuedAt + probeLease,
    );
    if (succeeded + running.length < halfOpenPermits) return 0;
    const ends = running.map(({ issuedAt }) => issuedAt + probeLease - now);
    return Math.min(...ends, halfOpenRetryAfter);
  }

  record(outcome: 'success' | 'failure', now: number): void {
    if (this.waitMs(now) > 0) {
      this.totals.accepted += 1;
      this.totals.late += 1;
    } else this.settle(this.#issue(now), outcome, now);
  }

  settle(permit: NaivePermit, outcome: 'success' | 'failure' | 'ignore', now: number): void {
    if (permit.settled) return;
    permit.settled = true;
    const { probeLease, slowCallDuration = Number.POSITIVE_INFINITY } = this.#settings;
    const isProbe = this.state === 'half_open';
    if (permit.era !== this.#era || (isProbe && now >= permit.issuedAt + probeLease)) {
      this.totals.late += 1;
      return;
    }
    if (outcome === 'ignore') {
      this.totals.ignored += 1;
      return;
    }
    const failed = outcome === 'failure';
    const slow = now - permit.issuedAt >= slowCallDuration;
    if (failed) this.totals.failures += 1;
    else this.totals.successes += 1;
    if (isProbe) this.#settleProbe(permit, failed, slow, now);
    else this.#settleCall({ at: now, failed, slow }, now);
  }

  force(state: 'open' | 'closed', now: number): void {
    if (this.forced === state) return;
    this.forced = state;
    this.#enter(state, now);
  }

  release(now: number): void {
    if (this.forced === undefined) return;
    const next = this.forced === 'open' ? 'half_open' : 'closed';
    this.forced = undefined;
    this.#enter(next, now);
  }

  reset(now: number): void {
    this.forced = undefined;
    this.#enter('closed', now);
  }

  /** Another process goes on from what this one had at `savedAt`, `elapsed` ms later. */
  restart(savedAt: number, now: number, elapsed: number): void {
    const { probeLease } = this.#settings;
    const shift = now - elapsed - savedAt;
    this.totals = { accepted: 0, rejected: 0, successes: 0, failures: 0, ignored: 0, late: 0 };
    this.#era += 1;
    this.#origin += shift;
    this.#openUntil = Math.max(this.#openUntil, savedAt) + shift;
    this.#calls = this.#calls.map((call) => ({ ...call, at: call.at + shift }));
    this.#probes = this.#probes
      .filter(
        ({ settled, outcome, issuedAt }) =>
          outcome === 'success' || (!settled && savedAt < issuedAt + probeLease),
      )
      .map((probe) => ({ ...probe, issuedAt: probe.issuedAt + shift }));
  }

  #issue(now: number): NaivePermit {
    if (this.#isDue(now)) this.#enter('half_open', now);
    this.totals.accepted += 1;
    const permit: NaivePermit = { era: this.#era, issuedAt: now, settled: false };
    if (this.state === 'half_open') this.#probes.push(permit);
    return permit;
  }

  #settleProbe(permit: NaivePermit, failed: boolean, slow: boolean, now: number): void {
    if (failed || (slow && this.#settings.slowCallRate !== undefined)) {
      this.#open(now);
      return;
    }
    permit.outcome = 'success';
    const succeeded = this.#probes.filter(({ outcome }) => outcome === 'success').length;
    if (succeeded >= this.#settings.successThreshold) this.#enter('closed', now);
  }

  #settleCall(call: Call, now: number): void {
    this.#calls.push(call);
    if (this.forced === undefined && this.#mustOpen(now)) this.#open(now);
  }

  #mustOpen(now: number): boolean {
    const never = Number.POSITIVE_INFINITY;
    const { failureThreshold = never, failureRate = never } = this.#settings;
    const { slowCallRate = never, minimumCalls = never } = this.#settings;
    const { calls, failures, slowCalls } = this.window(now);
    if (failures >= failureThreshold) return true;
    if (calls < minimumCalls) return false;
    return failures >= failureRate * calls || slowCalls >= slowCallRate * calls;
  }

  #open(now: number): void {
    const { openDuration, openDurationFactor, maxOpenDuration } = this.#settings;
    let wait = openDuration;
    for (let opening = 0; opening < this.openings; opening += 1) wait *= openDurationFactor;
    this.openings += 1;
    this.#openUntil = now + Math.min(wait, maxOpenDuration);
    this.#enter('open', now);
  }

  #enter(state: CircuitState, now: number): void {
    this.state = state;
    this.#era += 1;
    this.#probes = [];
    if (state !== 'closed') return;
    this.openings = 0;
    this.#calls = [];
    this.#origin = now;
  }

  #isDue(now: number): boolean {
    return this.state === 'open' && this.forced === undefined && now >= this.#openUntil;
  }

  #counted(now: number): Call[] {
    const { window } = this.#settings;
    if (window.type === 'count') return this.#calls.slice(-window.size);
    if (window.type === 'consecutive') {
      return this.#calls.slice(this.#calls.findLastIndex(({ failed }) => !failed) + 1);
    }
    const bucketOf = (at: number): number =>
      Math.floor((at - this.#origin) / (window.duration / window.buckets));
    return this.#calls.filter(({ at }) => bucketOf(at) > bucketOf(now) - window.buckets);
  }
}
