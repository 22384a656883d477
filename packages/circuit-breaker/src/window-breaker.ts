import type { BreakerPermit, BreakerRejection, CircuitState, Clock } from '@integrations/types';
import type {
  BreakerEventName,
  BreakerEvents,
  BreakerListener,
  StateChangeReason,
} from './breaker-events.ts';
import type { BreakerSettings } from './breaker-settings.ts';
import type { BreakerSnapshot, ForcedState } from './breaker-snapshot.ts';
import type { BreakerVerdict } from './circuit-breaker-options.ts';
import type { BreakerStatistics, ObservableCircuitBreaker } from './observable-circuit-breaker.ts';
import type { OutcomeWindow } from './outcome-window.ts';
import { Permit, type PermitIssuer } from './permit.ts';
import { type Lease, ProbePool } from './probe-pool.ts';
import { readSnapshot } from './read-snapshot.ts';
import { openTime, tripReason } from './trip-rule.ts';

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/**
 * The state machine. It has no timer: time is looked at when somebody calls, so that an
 * open breaker whose time is over turns half open with the next call. It stays one class
 * because every method works on the same few fields.
 */
export class WindowBreaker implements ObservableCircuitBreaker, PermitIssuer {
  readonly #settings: BreakerSettings;
  readonly #clock: Clock;
  readonly #window: OutcomeWindow;
  readonly #events: BreakerEvents;
  readonly #probes: ProbePool;
  readonly #measuresAlways: boolean;
  readonly name: string;
  /** As of the last call; an open one may be due to turn half open. */
  #state: CircuitState = 'closed';
  #forced: ForcedState | undefined;
  /** Permits of an earlier generation come too late to count. */
  #generation = 0;
  #since: number;
  #openUntil = 0;
  #openings = 0;
  #accepted = 0;
  #rejected = 0;
  #successes = 0;
  #failures = 0;
  #ignored = 0;
  #late = 0;

  constructor(
    settings: BreakerSettings,
    window: OutcomeWindow,
    events: BreakerEvents,
    name: string = settings.name,
  ) {
    this.#settings = settings;
    this.#clock = settings.clock;
    this.#window = window;
    this.#events = events;
    this.#probes = new ProbePool(settings.halfOpenPermits);
    this.#measuresAlways = Number.isFinite(settings.slowCallMs);
    this.#since = settings.clock.now();
    this.name = name;
  }

  get state(): CircuitState {
    if (this.#state !== 'open') return this.#state;
    return this.isOpen() ? 'open' : 'half_open';
  }

  /** Permits that have not been settled. */
  get inFlight(): number {
    return this.#accepted - this.#successes - this.#failures - this.#ignored - this.#late;
  }

  isOpen(): boolean {
    if (this.#state !== 'open') return false;
    return this.#forced !== undefined || this.#clock.now() < this.#openUntil;
  }

  tryAcquire(): BreakerPermit | BreakerRejection {
    if (this.#state === 'closed') return this.#issue();
    const waitMs = this.#waitMs(this.#clock.now());
    if (waitMs > 0) return this.#reject(waitMs);
    const permit = this.#issueProbe();
    this.#events.flush();
    return permit;
  }

  recordSuccess(): void {
    this.#record('success', undefined);
  }

  recordFailure(error?: unknown): void {
    this.#record('failure', error);
  }

  reset(): void {
    this.#forced = undefined;
    this.#enter('closed', 'reset', this.#clock.now());
    this.#events.flush();
  }

  forceOpen(): void {
    this.#force('open');
  }

  forceClosed(): void {
    this.#force('closed');
  }

  releaseForce(): void {
    if (this.#forced === undefined) return;
    const next = this.#forced === 'open' ? 'half_open' : 'closed';
    this.#forced = undefined;
    this.#enter(next, 'released', this.#clock.now());
    this.#events.flush();
  }

  on<Name extends BreakerEventName>(event: Name, listener: BreakerListener<Name>): Disposable {
    return this.#events.on(event, listener);
  }

  statistics(): BreakerStatistics {
    const now = this.#clock.now();
    this.#window.advance(now);
    const { calls, failures, slowCalls } = this.#window;
    const { state } = this;
    const isDue = state !== this.#state;
    return {
      name: this.name,
      state,
      forced: this.#forced,
      inStateMs: now - (isDue ? this.#openUntil : this.#since),
      retryAfterMs: state === 'open' ? this.#openWaitMs(now) : 0,
      openings: this.#openings,
      inFlight: this.inFlight,
      window: {
        calls,
        failures,
        slowCalls,
        failureRate: share(failures, calls),
        slowCallRate: share(slowCalls, calls),
      },
      totals: {
        accepted: this.#accepted,
        rejected: this.#rejected,
        successes: this.#successes,
        failures: this.#failures,
        ignored: this.#ignored,
        late: this.#late,
      },
    };
  }

  exportState(): BreakerSnapshot {
    const now = this.#clock.now();
    const { state } = this;
    const isDue = state !== this.#state;
    return {
      version: 1,
      savedAt: this.#clock.epoch(),
      state,
      forced: this.#forced ?? null,
      inStateMs: Math.max(0, now - (isDue ? this.#openUntil : this.#since)),
      openRemainingMs:
        state === 'open' && this.#forced === undefined ? Math.max(0, this.#openUntil - now) : 0,
      openings: this.#openings,
      probeSuccesses: this.#probes.successes,
      probeLeasesMs: this.#probes.save(now),
      window: this.#window.save(now),
    };
  }

  importState(snapshot: unknown): void {
    const saved = readSnapshot(snapshot);
    const settings = this.#settings;
    const now = this.#clock.now();
    const elapsed = Math.max(0, this.#clock.epoch() - saved.savedAt);
    this.#forced = saved.forced ?? undefined;
    this.#enter(saved.state, 'restored', now - elapsed - saved.inStateMs);
    this.#openings = saved.openings;
    this.#openUntil = now + Math.min(saved.openRemainingMs, settings.maxOpenMs) - elapsed;
    this.#window.load(saved.window, now, elapsed);
    if (saved.state === 'half_open') this.#restoreProbes(saved, now, elapsed);
    this.#events.flush();
  }

  settle(permit: Permit, outcome: BreakerVerdict, error: unknown): void {
    // First: it is somebody's function, and may use this breaker.
    const verdict = outcome === 'failure' ? this.#judge(error) : outcome;
    if (permit.generation !== this.#generation) this.#late += 1;
    else if (permit.lease !== undefined) this.#settleProbe(permit, permit.lease, verdict, error);
    else this.#settleCall(permit, verdict, error);
    this.#events.flush();
  }

  #issue(): Permit {
    this.#accepted += 1;
    const measures = this.#measuresAlways || (this.#events.heard && this.#hearsResults());
    const issuedAt = measures ? this.#clock.now() : undefined;
    return new Permit(this, this.#generation, issuedAt, undefined);
  }

  #hearsResults(): boolean {
    return this.#events.listens('success') || this.#events.listens('failure');
  }

  #issueProbe(): Permit {
    const now = this.#clock.now();
    if (this.#state === 'open') this.#enter('half_open', 'open_time_over', this.#openUntil);
    this.#accepted += 1;
    const lease = { until: now + this.#settings.probeLeaseMs };
    this.#probes.add(lease);
    return new Permit(this, this.#generation, now, lease);
  }

  #reject(waitMs: number): BreakerRejection {
    this.#rejected += 1;
    if (this.#events.listens('rejected')) {
      this.#events.push('rejected', { name: this.name, retryAfterMs: waitMs });
      this.#events.flush();
    }
    return { allowed: false, retryAfterMs: waitMs };
  }

  /** A report without a permit takes one for the moment, and counts as late where there is none. */
  #record(outcome: BreakerVerdict, error: unknown): void {
    if (this.#state === 'closed') this.#issue()[outcome](error);
    else if (this.#waitMs(this.#clock.now()) > 0) this.#countUninvited();
    else this.#issueProbe()[outcome](error);
  }

  /** A report for which there was no permit: as if one had been issued in time. */
  #countUninvited(): void {
    this.#accepted += 1;
    this.#late += 1;
  }

  /** Milliseconds until a call may be let through; 0 for now. Whole, so that waiting for them is enough. */
  #waitMs(now: number): number {
    if (this.#state === 'open') return this.#openWaitMs(now);
    const waitMs = Math.ceil(this.#probes.waitMs(now));
    return Math.min(waitMs, this.#settings.halfOpenRetryAfterMs);
  }

  #openWaitMs(now: number): number {
    if (this.#forced !== undefined) return Number.POSITIVE_INFINITY;
    return Math.max(0, Math.ceil(this.#openUntil - now));
  }

  #judge(error: unknown): BreakerVerdict {
    try {
      return this.#settings.classify(error);
    } catch (thrown) {
      this.#events.report(thrown);
      return 'failure';
    }
  }

  #settleCall(permit: Permit, verdict: BreakerVerdict, error: unknown): void {
    if (verdict === 'ignore') {
      this.#ignored += 1;
      return;
    }
    const { issuedAt } = permit;
    const now = issuedAt !== undefined || this.#window.timed ? this.#clock.now() : 0;
    const durationMs = issuedAt === undefined ? undefined : now - issuedAt;
    const slow = durationMs !== undefined && durationMs >= this.#settings.slowCallMs;
    const failed = verdict === 'failure';
    this.#count(failed, slow, durationMs, error);
    this.#window.record(failed, slow, now);
    if (this.#forced !== undefined) return;
    const reason = tripReason(this.#settings, this.#window);
    if (reason !== undefined) this.#open(reason);
  }

  #settleProbe(permit: Permit, lease: Lease, verdict: BreakerVerdict, error: unknown): void {
    const now = this.#clock.now();
    if (now >= lease.until) {
      this.#late += 1;
      return;
    }
    this.#probes.giveBack(lease);
    if (verdict === 'ignore') {
      this.#ignored += 1;
      return;
    }
    const durationMs = now - (permit.issuedAt ?? now);
    const slow = durationMs >= this.#settings.slowCallMs;
    const failed = verdict === 'failure';
    this.#count(failed, slow, durationMs, error);
    if (failed) this.#open('probe_failed');
    else if (slow && Number.isFinite(this.#settings.slowCallRate)) this.#open('probe_slow');
    else this.#succeedProbe(now);
  }

  #succeedProbe(now: number): void {
    this.#probes.successes += 1;
    if (this.#probes.successes < this.#settings.successThreshold) return;
    this.#enter('closed', 'probes_succeeded', now);
  }

  #count(failed: boolean, slow: boolean, durationMs: number | undefined, error: unknown): void {
    if (failed) this.#failures += 1;
    else this.#successes += 1;
    if (!this.#events.heard || !this.#events.listens(failed ? 'failure' : 'success')) return;
    const event = { name: this.name, slow, ...(durationMs === undefined ? {} : { durationMs }) };
    if (failed) this.#events.push('failure', { ...event, error });
    else this.#events.push('success', event);
  }

  #open(reason: StateChangeReason): void {
    const now = this.#clock.now();
    this.#openings += 1;
    this.#openUntil = now + openTime(this.#settings, this.#openings);
    this.#enter('open', reason, now);
  }

  #force(state: ForcedState): void {
    if (this.#forced === state) return;
    this.#forced = state;
    this.#enter(state, 'forced', this.#clock.now());
    this.#events.flush();
  }

  #enter(to: CircuitState, reason: StateChangeReason, since: number): void {
    const from = this.#state;
    this.#state = to;
    this.#generation += 1;
    this.#since = since;
    this.#probes.clear();
    if (to === 'closed') {
      this.#openings = 0;
      this.#window.clear(since);
    }
    if (from !== to && this.#events.listens('stateChange')) {
      this.#events.push('stateChange', { name: this.name, from, to, reason });
    }
  }

  /** The settings may have changed since: there must be room for the successes that are wanted. */
  #restoreProbes(saved: BreakerSnapshot, now: number, elapsed: number): void {
    const { halfOpenPermits, probeLeaseMs, successThreshold } = this.#settings;
    const successes = Math.min(saved.probeSuccesses, successThreshold - 1);
    this.#probes.successes = successes;
    const leases = saved.probeLeasesMs
      .map((leftMs) => Math.min(leftMs, probeLeaseMs) - elapsed)
      .filter((leftMs) => leftMs > 0)
      .toSorted((a, b) => a - b);
    for (const leftMs of leases.slice(0, halfOpenPermits - successes)) {
      this.#probes.add({ until: now + leftMs });
    }
  }
}
