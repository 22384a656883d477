import type { Availability, ObservedLimits, RateLimitPermit } from '@integrations/types';
import type { LearnedLimit } from './learned-limit.ts';
import type { Limit } from './limit.ts';
import type { SteadyTime } from './steady-time.ts';

/** The limits that a call must pass together. */
export interface LimitSetParts {
  readonly requests: LearnedLimit;
  readonly tokens: LearnedLimit;
  /** Further limits on requests. */
  readonly further: readonly Limit[];
  readonly time: SteadyTime;
  /** Called when something was given back. */
  readonly onFreed: () => void;
}

/** Checks all limits before it charges any, so a call takes from all of them or none. */
export class LimitSet {
  readonly #requests: LearnedLimit;
  readonly #tokens: LearnedLimit;
  readonly #further: readonly Limit[];
  readonly #time: SteadyTime;
  readonly #onFreed: () => void;
  /** The server asked for silence until then. */
  #silentUntil: number = Number.NEGATIVE_INFINITY;

  constructor(parts: LimitSetParts) {
    this.#requests = parts.requests;
    this.#tokens = parts.tokens;
    this.#further = parts.further;
    this.#time = parts.time;
    this.#onFreed = parts.onFreed;
  }

  /** The most tokens that one call may ever take; below zero when no call may be made at all. */
  capacity(now: number): number {
    return this.#requests.capacity(now) === 0 ? -1 : this.#tokens.capacity(now);
  }

  canTake(tokens: number, now: number): boolean {
    if (now < this.#silentUntil) return false;
    if (!this.#requests.canTake(1, now) || !this.#tokens.canTake(tokens, now)) return false;
    for (const limit of this.#further) if (!limit.canTake(1, now)) return false;
    return true;
  }

  /** The first moment by which so many requests with so many tokens in all can have been taken. */
  readyAt(requests: number, tokens: number, now: number): number {
    let ready = Math.max(
      now,
      this.#silentUntil,
      this.#requests.readyAt(requests, now),
      this.#tokens.readyAt(tokens, now),
    );
    for (const limit of this.#further) ready = Math.max(ready, limit.readyAt(requests, now));
    return ready;
  }

  take(tokens: number, now: number): RateLimitPermit {
    return new Permit(
      this,
      tokens,
      this.#requests.take(1, now),
      this.#tokens.take(tokens, now),
      this.#further.length === 0 ? undefined : this.#further.map((limit) => limit.take(1, now)),
    );
  }

  settleTokens(ticket: number, reserved: number, actual: number): void {
    this.#tokens.settle(ticket, reserved, actual);
    this.#onFreed();
  }

  giveBack(
    tokens: number,
    requestTicket: number,
    tokenTicket: number,
    furtherTickets: readonly number[] | undefined,
  ): void {
    const now = this.#time.now();
    this.#requests.refund(requestTicket, 1);
    this.#tokens.refund(tokenTicket, tokens);
    furtherTickets?.forEach((ticket, index) => this.#further[index]?.refund(ticket, 1, now));
    this.#onFreed();
  }

  /** Lets nothing through before that moment. */
  silence(until: number): void {
    this.#silentUntil = Math.max(this.#silentUntil, until);
  }

  observe(observed: ObservedLimits, sentAt: number, now: number): void {
    if (observed.requests !== undefined) this.#requests.observe(observed.requests, sentAt, now);
    if (observed.tokens !== undefined) this.#tokens.observe(observed.tokens, sentAt, now);
  }

  available(now: number): Availability {
    if (now < this.#silentUntil) return { requests: 0, tokens: 0 };
    const requests = this.#further.map((limit) => limit.available(now));
    return {
      requests: Math.min(this.#requests.available(now), ...requests),
      tokens: this.#tokens.available(now),
    };
  }
}

class Permit implements RateLimitPermit {
  /** Undefined once it is settled or given back. */
  #set: LimitSet | undefined;
  readonly #tokens: number;
  readonly #requestTicket: number;
  readonly #tokenTicket: number;
  readonly #furtherTickets: readonly number[] | undefined;

  constructor(
    set: LimitSet,
    tokens: number,
    requestTicket: number,
    tokenTicket: number,
    furtherTickets: readonly number[] | undefined,
  ) {
    this.#set = set;
    this.#tokens = tokens;
    this.#requestTicket = requestTicket;
    this.#tokenTicket = tokenTicket;
    this.#furtherTickets = furtherTickets;
  }

  settle(actual: { readonly tokens?: number }): void {
    const set = this.#set;
    this.#set = undefined;
    if (actual.tokens === undefined) return;
    set?.settleTokens(this.#tokenTicket, this.#tokens, actual.tokens);
  }

  release(): void {
    const set = this.#set;
    this.#set = undefined;
    set?.giveBack(this.#tokens, this.#requestTicket, this.#tokenTicket, this.#furtherTickets);
  }
}
