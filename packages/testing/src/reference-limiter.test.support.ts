import type {
  Availability,
  ObservedLimits,
  RateLimiter,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';
import type { RateLimiterContractSettings } from './rate-limiter-contract.ts';
import { type LineFault, ReferenceLine } from './reference-line.test.support.ts';

/** A way to get a limiter wrong. */
export type LimiterFault =
  | LineFault
  | 'ignores tokens'
  | 'ignores requests'
  | 'takes tokens though it refuses'
  | 'takes requests though it refuses'
  | 'never makes room again'
  | 'releases twice'
  | 'releases requests only'
  | 'settles on top'
  | 'settles downwards only'
  | 'serves nobody on release'
  | 'ignores the silence'
  | 'keeps silent for ever'
  | 'ignores what remains'
  | 'believes late answers';

interface Entry {
  readonly until: number;
  requests: number;
  tokens: number;
}

const WINDOW_MS = 60_000;

/** A fixed time for each call to be counted. Small and right, unless told to be wrong. */
export class ReferenceLimiter implements RateLimiter {
  readonly #settings: RateLimiterContractSettings;
  readonly #fault: LimiterFault | undefined;
  readonly #line: ReferenceLine<RateLimitRequest, RateLimitPermit>;
  #entries: Entry[] = [];
  #silentUntil = 0;
  #newest = Number.NEGATIVE_INFINITY;
  #used: Entry = { until: 0, requests: 0, tokens: 0 };

  constructor(settings: RateLimiterContractSettings, fault?: LimiterFault) {
    this.#settings = settings;
    this.#fault = fault;
    this.#line = new ReferenceLine(settings.clock, fault);
  }

  async acquire(request: RateLimitRequest = {}): Promise<RateLimitPermit> {
    return this.#line.acquire(request, () => this.tryAcquire(request));
  }

  tryAcquire({ tokens = 0 }: RateLimitRequest = {}): RateLimitPermit | undefined {
    const { clock } = this.#settings;
    const room = this.available();
    const isSilent = clock.now() < this.#silentUntil && !this.#has('ignores the silence');
    const lacksRequests = room.requests < 1 && !this.#has('ignores requests');
    const lacksTokens = room.tokens < tokens && !this.#has('ignores tokens');
    if (isSilent || lacksRequests || lacksTokens) {
      if (this.#has('takes tokens though it refuses')) this.#add(0, tokens);
      if (this.#has('takes requests though it refuses')) this.#add(1, 0);
      return undefined;
    }
    return this.#permit(this.#add(1, tokens), tokens);
  }

  updateLimits({ requests, retryAfterMs = 0, sentAt = 0 }: ObservedLimits): void {
    const now = this.#settings.clock.now();
    const silence = this.#has('keeps silent for ever') ? Number.POSITIVE_INFINITY : retryAfterMs;
    if (retryAfterMs > 0) this.#silence(now + silence, silence);
    if (requests?.remaining === undefined || this.#has('ignores what remains')) return;
    if (sentAt < this.#newest && !this.#has('believes late answers')) return;
    this.#newest = sentAt;
    const used = Math.max(0, this.#settings.requestsPerMinute - requests.remaining);
    this.#used = { until: now + (requests.resetMs ?? 0), requests: used, tokens: 0 };
  }

  available(): Availability {
    const now = this.#settings.clock.now();
    if (!this.#has('never makes room again')) {
      this.#entries = this.#entries.filter(({ until }) => until > now);
    }
    const all = now < this.#used.until ? [...this.#entries, this.#used] : this.#entries;
    const { requestsPerMinute, tokensPerMinute } = this.#settings;
    return {
      requests: all.reduce((left, { requests }) => left - requests, requestsPerMinute),
      tokens: all.reduce((left, { tokens }) => left - tokens, tokensPerMinute),
    };
  }

  #has(fault: LimiterFault): boolean {
    return this.#fault === fault;
  }

  #serve(): void {
    this.#line.serve((request) => this.tryAcquire(request));
  }

  #silence(until: number, ms: number): void {
    this.#silentUntil = until;
    this.#settings.clock.schedule(() => this.#serve(), ms);
  }

  #add(requests: number, tokens: number): Entry {
    const entry = { until: this.#settings.clock.now() + WINDOW_MS, requests, tokens };
    this.#entries.push(entry);
    this.#settings.clock.schedule(() => this.#serve(), WINDOW_MS);
    return entry;
  }

  #permit(entry: Entry, estimate: number): RateLimitPermit {
    return {
      settle: ({ tokens = estimate }) => {
        if (this.#has('settles downwards only') && tokens > estimate) return;
        entry.tokens = this.#has('settles on top') ? estimate + tokens : tokens;
        this.#serve();
      },
      release: () => {
        if (!this.#has('releases twice')) entry.requests = 0;
        else entry.requests -= 1;
        if (!this.#has('releases requests only')) entry.tokens = 0;
        if (!this.#has('serves nobody on release')) this.#serve();
      },
    };
  }
}
