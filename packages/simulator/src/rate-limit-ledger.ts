const WINDOW_MS = 60_000;

/** One limit of a caller at this moment. */
export interface LimitState {
  readonly limit: number;
  /** What is left of it, never below zero. */
  readonly remaining: number;
  /** Milliseconds until the whole limit is free again, if nothing more is used. */
  readonly resetMs: number;
}

export interface RateLimitState {
  readonly requests: LimitState;
  readonly tokens: LimitState;
}

/** A request that does not fit now. */
export interface LimitExceeded {
  readonly limit: 'requests' | 'tokens';
  /** Milliseconds until it fits; `undefined` if it is larger than the limit itself and never will. */
  readonly retryAfterMs: number | undefined;
}

interface Use {
  readonly at: number;
  readonly tokens: number;
}

/** What each caller used in the sliding minute that ends now. */
export class RateLimitLedger {
  readonly #requestsPerMinute: number;
  readonly #tokensPerMinute: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, CallerWindow>();

  /** @param now a monotonic clock in milliseconds */
  constructor(requestsPerMinute: number, tokensPerMinute: number, now: () => number) {
    this.#requestsPerMinute = requestsPerMinute;
    this.#tokensPerMinute = tokensPerMinute;
    this.#now = now;
  }

  /** Writes down one request and its tokens, whether or not they fit. */
  record(caller: string, tokens: number): void {
    let window = this.#current(caller);
    if (window === undefined) {
      this.#forgetIdleCallers();
      window = new CallerWindow();
      this.#windows.set(caller, window);
    }
    window.add({ at: this.#now(), tokens });
  }

  /** Whether one more request with `tokens` would exceed a limit. */
  exceeded(caller: string, tokens: number): LimitExceeded | undefined {
    const window = this.#current(caller);
    const requestsWait = this.#waitUntilFits(window, 'requests', 1, this.#requestsPerMinute);
    const tokensWait = this.#waitUntilFits(window, 'tokens', tokens, this.#tokensPerMinute);
    if (requestsWait === 0 && tokensWait === 0) return undefined;
    const limit = tokensWait > requestsWait ? 'tokens' : 'requests';
    const wait = Math.max(requestsWait, tokensWait);
    return { limit, retryAfterMs: Number.isFinite(wait) ? wait : undefined };
  }

  state(caller: string): RateLimitState {
    const window = this.#current(caller);
    return {
      requests: this.#limitState(
        this.#requestsPerMinute,
        window?.requests ?? 0,
        window?.lastRequestAt,
      ),
      tokens: this.#limitState(this.#tokensPerMinute, window?.tokens ?? 0, window?.lastTokensAt),
    };
  }

  #limitState(limit: number, used: number, lastAt: number | undefined): LimitState {
    const resetMs =
      used === 0 || lastAt === undefined ? 0 : Math.max(0, lastAt + WINDOW_MS - this.#now());
    return { limit, remaining: Math.max(0, limit - used), resetMs };
  }

  #waitUntilFits(
    window: CallerWindow | undefined,
    measure: 'requests' | 'tokens',
    wanted: number,
    limit: number,
  ): number {
    if (wanted > limit) return Infinity;
    if (window === undefined) return 0;
    let used = window[measure];
    if (used + wanted <= limit) return 0;
    for (const use of window.uses()) {
      used -= measure === 'requests' ? 1 : use.tokens;
      if (used + wanted <= limit) return Math.max(1, use.at + WINDOW_MS - this.#now());
    }
    return Infinity;
  }

  #current(caller: string): CallerWindow | undefined {
    const window = this.#windows.get(caller);
    window?.forgetUntil(this.#now() - WINDOW_MS);
    return window;
  }

  #forgetIdleCallers(): void {
    for (const caller of this.#windows.keys()) {
      if (this.#current(caller)?.requests === 0) this.#windows.delete(caller);
    }
  }
}

/** One caller's uses, oldest first, with their sums kept so that a request costs the same however many came before. */
class CallerWindow {
  lastRequestAt: number | undefined;
  lastTokensAt: number | undefined;
  tokens = 0;
  #uses: Use[] = [];
  #forgotten = 0;

  get requests(): number {
    return this.#uses.length - this.#forgotten;
  }

  *uses(): Generator<Use> {
    for (let at = this.#forgotten; at < this.#uses.length; at += 1) {
      const use = this.#uses[at];
      if (use !== undefined) yield use;
    }
  }

  add(use: Use): void {
    this.#uses.push(use);
    this.tokens += use.tokens;
    this.lastRequestAt = use.at;
    if (use.tokens > 0) this.lastTokensAt = use.at;
  }

  forgetUntil(moment: number): void {
    for (const use of this.uses()) {
      if (use.at > moment) break;
      this.#forgotten += 1;
      this.tokens -= use.tokens;
    }
    if (this.#forgotten * 2 <= this.#uses.length) return;
    this.#uses = this.#uses.slice(this.#forgotten);
    this.#forgotten = 0;
  }
}
