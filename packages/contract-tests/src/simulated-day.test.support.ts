import { RateLimitError } from '@integrations/errors';
import {
  createRateLimiter,
  parseRateLimitHeaders,
  type RateLimiterOptions,
} from '@integrations/rate-limits';
import { ResilienceOrchestrator } from '@integrations/resilience';
import { createRetryExecutor, ExponentialBackoff } from '@integrations/retry';
import type { ManualClock } from '@integrations/testing';
import type { AttemptContext, Headers, RandomSource, RateLimiter } from '@integrations/types';

export const MINUTE = 60_000;

/** From here to the provider, at least and at most: requests overtake each other. */
const NETWORK_MS = { least: 20, most: 60 };

/** Numbers that look like chance, the same at every run. */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Use {
  readonly at: number;
  readonly tokens: number;
}

/** What the provider says to one request. */
export interface Verdict {
  readonly admitted: boolean;
  readonly headers: Headers;
}

/** A provider that counts, to the request and the token, what each sliding minute holds. */
export class CountingProvider {
  readonly #clock: ManualClock;
  readonly #requestsPerMinute: number;
  readonly #tokensPerMinute: number;
  #uses: Use[] = [];
  #first = 0;
  #tokens = 0;
  requests = 0;
  refused = 0;
  tokensServed = 0;

  constructor(clock: ManualClock, requestsPerMinute: number, tokensPerMinute: number) {
    this.#clock = clock;
    this.#requestsPerMinute = requestsPerMinute;
    this.#tokensPerMinute = tokensPerMinute;
  }

  /** Admits a request that will use so many tokens, or refuses it. */
  admit(tokens: number): Verdict {
    this.#forget();
    this.requests += 1;
    const now = this.#clock.now();
    const admitted =
      this.#count + 1 <= this.#requestsPerMinute && this.#tokens + tokens <= this.#tokensPerMinute;
    if (admitted) {
      this.#uses.push({ at: now, tokens });
      this.#tokens += tokens;
      this.tokensServed += tokens;
    } else {
      this.refused += 1;
    }
    return { admitted, headers: this.#headers(admitted ? undefined : tokens) };
  }

  get #count(): number {
    return this.#uses.length - this.#first;
  }

  #forget(): void {
    const horizon = this.#clock.now() - MINUTE;
    let use = this.#uses[this.#first];
    while (use !== undefined && use.at <= horizon) {
      this.#tokens -= use.tokens;
      this.#first += 1;
      use = this.#uses[this.#first];
    }
    if (this.#first < 10_000) return;
    this.#uses = this.#uses.slice(this.#first);
    this.#first = 0;
  }

  #headers(refusedTokens: number | undefined): Headers {
    const last = this.#uses.at(-1)?.at ?? this.#clock.now();
    const reset = `${Math.max(0, Math.ceil(last + MINUTE - this.#clock.now()))}ms`;
    return {
      'x-ratelimit-limit-requests': String(this.#requestsPerMinute),
      'x-ratelimit-remaining-requests': String(this.#requestsPerMinute - this.#count),
      'x-ratelimit-reset-requests': reset,
      'x-ratelimit-limit-tokens': String(this.#tokensPerMinute),
      'x-ratelimit-remaining-tokens': String(this.#tokensPerMinute - this.#tokens),
      'x-ratelimit-reset-tokens': reset,
      ...(refusedTokens === undefined
        ? {}
        : { 'retry-after-ms': String(this.#waitFor(refusedTokens)) }),
    };
  }

  #waitFor(tokens: number): number {
    let used = this.#tokens;
    let count = this.#count;
    for (let at = this.#first; at < this.#uses.length; at += 1) {
      const use = this.#uses[at] as Use;
      used -= use.tokens;
      count -= 1;
      if (used + tokens <= this.#tokensPerMinute && count + 1 <= this.#requestsPerMinute) {
        return Math.max(1, Math.ceil(use.at + MINUTE - this.#clock.now()));
      }
    }
    return MINUTE;
  }
}

/** One call of the day: what is reserved for it, what it really uses, and how long that takes. */
export interface DayCall {
  readonly reserved: number;
  readonly used: number;
  readonly latencyMs: number;
}

/** What the calls of one application look like. */
export interface Workload {
  /** Prompts are counted before they are sent; answers can only be guessed. */
  readonly promptTokens: readonly [least: number, most: number];
  readonly medianAnswer: number;
  /** How far answers spread: sigma of the logarithm. */
  readonly spread: number;
}

/** The deviation that 95 % of a normal distribution stay below. */
const P95 = 1.645;

function normal(random: RandomSource): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Makes a call; its reservation is the prompt and the 95th percentile of the answers. */
export function drawCall(workload: Workload, random: RandomSource): DayCall {
  const [least, most] = workload.promptTokens;
  const prompt = Math.round(least + random() * (most - least));
  const answer = Math.ceil(workload.medianAnswer * Math.exp(workload.spread * normal(random)));
  return {
    reserved: prompt + Math.ceil(workload.medianAnswer * Math.exp(workload.spread * P95)),
    used: prompt + answer,
    latencyMs: 300 + 3 * answer * (0.8 + 0.4 * random()),
  };
}

/** A process with one limiter, whose calls go through the whole of the protections. */
export class LimitedProcess {
  readonly #clock: ManualClock;
  readonly #provider: CountingProvider;
  readonly #random: RandomSource;
  readonly #limiter: RateLimiter;
  readonly #orchestrator: ResilienceOrchestrator;
  /** Calls that were asked for, and whose first attempt has not begun. */
  waiting = 0;
  asked = 0;
  answered = 0;
  readonly failures: unknown[] = [];

  constructor(
    clock: ManualClock,
    provider: CountingProvider,
    random: RandomSource,
    limits: RateLimiterOptions,
  ) {
    this.#clock = clock;
    this.#provider = provider;
    this.#random = random;
    this.#limiter = createRateLimiter({ clock, maxQueue: 100_000, ...limits });
    this.#orchestrator = new ResilienceOrchestrator({
      clock,
      rateLimiter: this.#limiter,
      retry: createRetryExecutor(new ExponentialBackoff({ maxAttempts: 5, random }), {
        clock,
        random,
      }),
      attemptTimeout: 60_000,
    });
  }

  /** Makes a call, whose end is only counted. */
  begin(call: DayCall): void {
    this.asked += 1;
    this.waiting += 1;
    this.#orchestrator
      .execute((attempt) => this.#attempt(call, attempt), { cost: { tokens: call.reserved } })
      .then(
        () => (this.answered += 1),
        (error: unknown) => this.failures.push(error),
      );
  }

  async #attempt(call: DayCall, { attempt, permit }: AttemptContext): Promise<void> {
    if (attempt === 1) this.waiting -= 1;
    const sentAt = this.#clock.now();
    await this.#clock.sleep(
      NETWORK_MS.least + this.#random() * (NETWORK_MS.most - NETWORK_MS.least),
    );
    const { admitted, headers } = this.#provider.admit(call.used);
    if (admitted) await this.#clock.sleep(call.latencyMs);
    const observed = parseRateLimitHeaders(headers, this.#clock.epoch());
    this.#limiter.updateLimits({ ...observed, sentAt });
    if (!admitted) {
      throw new RateLimitError('Too many tokens.', { retryAfterMs: observed?.retryAfterMs });
    }
    permit?.settle({ tokens: call.used });
  }
}
