import {
  ConfigurationError,
  countOption,
  finiteOption,
  type IntegrationError,
  positiveOption,
  QuotaExhaustedError,
  ValidationError,
} from '@integrations/errors';
import type {
  Availability,
  ObservedLimits,
  RateLimiter,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';
import { LearnedLimit } from './learned-limit.ts';
import type { Limit } from './limit.ts';
import { LimitSet } from './limit-set.ts';
import type { RateLimiterOptions } from './rate-limiter-options.ts';
import { SlidingWindow } from './sliding-window.ts';
import type { SteadyTime } from './steady-time.ts';
import { TokenLedger } from './token-ledger.ts';
import { WaitLine } from './wait-line.ts';
import { deadlineOf, priorityOf } from './wait-request.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const EMPTY_REQUEST: RateLimitRequest = {};

function tokensOf(request: RateLimitRequest): number {
  const { tokens = 0 } = request;
  if (Number.isSafeInteger(tokens) && tokens >= 0) return tokens;
  throw new ValidationError(
    `\`tokens\` must be a whole number of 0 or more, not ${String(tokens)}. Round estimates up.`,
  );
}

function furtherLimits(options: RateLimiterOptions): Limit[] {
  const limits = [...(options.requestLimits ?? [])];
  if (limits.some((limit) => !(limit.capacity >= 1))) {
    throw new ConfigurationError('Each of `requestLimits` must let at least one request through.');
  }
  const perDay = countOption('requestsPerDay', options.requestsPerDay ?? Infinity, { least: 1 });
  if (perDay < Infinity) limits.push(new SlidingWindow({ limit: perDay, windowMs: DAY_MS }));
  return limits;
}

function limitSet(options: RateLimiterOptions, time: SteadyTime, onFreed: () => void): LimitSet {
  const perMinute = (option: 'requestsPerMinute' | 'tokensPerMinute'): number =>
    countOption(option, options[option] ?? Infinity, { least: 1 });
  const learning = options.learning ?? 'follow';
  const windowMs = MINUTE_MS + finiteOption('margin', options.margin ?? 0, { least: 0 });
  const requests = new SlidingWindow({ limit: perMinute('requestsPerMinute'), windowMs });
  const tokens = new TokenLedger({
    limit: perMinute('tokensPerMinute'),
    windowMs,
    settle: options.settle ?? 'actual',
  });
  return new LimitSet({
    requests: new LearnedLimit(requests, learning),
    tokens: new LearnedLimit(tokens, learning),
    further: furtherLimits(options),
    time,
    onFreed,
  });
}

class LocalRateLimiter implements RateLimiter {
  readonly #time: SteadyTime;
  readonly #limits: LimitSet;
  readonly #line: WaitLine<RateLimitPermit>;
  readonly #maxWait: number;
  /** When the newest request was sent whose answer was taken in. */
  #newestSentAt: number = Number.NEGATIVE_INFINITY;

  constructor(options: RateLimiterOptions) {
    this.#line = new WaitLine(options, {
      waitedFor: 'a rate-limit permit',
      onChange: () => this.#serve(),
    });
    this.#time = this.#line.time;
    this.#limits = limitSet(options, this.#time, () => {
      if (this.#line.size > 0) this.#serve();
    });
    this.#maxWait = positiveOption('maxWait', options.maxWait ?? Infinity);
  }

  async acquire(request: RateLimitRequest = EMPTY_REQUEST): Promise<RateLimitPermit> {
    this.#line.refuseAborted(request.signal);
    return this.tryAcquire(request) ?? this.#wait(request);
  }

  tryAcquire(request: RateLimitRequest = EMPTY_REQUEST): RateLimitPermit | undefined {
    const tokens = tokensOf(request);
    const priority = priorityOf(request);
    const now = this.#time.now();
    if (!this.#line.mustWait(priority, now) && this.#limits.canTake(tokens, now)) {
      return this.#limits.take(tokens, now);
    }
    const impossible = this.#impossible(tokens, now);
    if (impossible !== undefined) throw impossible;
    return undefined;
  }

  updateLimits(observed: ObservedLimits): void {
    const now = this.#time.now();
    const { retryAfterMs = 0, sentAt } = observed;
    if (retryAfterMs > 0 && retryAfterMs < Infinity) this.#limits.silence(now + retryAfterMs);
    const sent = sentAt === undefined ? now : this.#time.at(sentAt);
    if (!(sent >= this.#newestSentAt)) return this.#serve();
    if (sentAt !== undefined) this.#newestSentAt = Math.min(sent, now);
    const capacity = this.#limits.capacity(now);
    this.#limits.observe(observed, sent, now);
    if (this.#limits.capacity(now) < capacity) {
      this.#line.expel((waiter) => this.#impossible(waiter.tokens, now));
    }
    return this.#serve();
  }

  available(): Availability {
    return this.#limits.available(this.#time.now());
  }

  #wait(request: RateLimitRequest): Promise<RateLimitPermit> {
    const now = this.#time.now();
    const tokens = tokensOf(request);
    const deadline = this.#deadline(request, now);
    if (deadline < Infinity) {
      const ahead = this.#line.ahead(priorityOf(request));
      const ready = this.#limits.readyAt(ahead.count + 1, ahead.tokens + tokens, now);
      if (ready > deadline) throw this.#line.tooLate(ready - now);
    }
    const first = this.#line.first();
    const permit = this.#line.join(request, deadline, tokens, now);
    if (this.#line.first() === first) this.#line.wakeForDeadline(now);
    else this.#serve();
    return permit;
  }

  /** The steady moment after which the call may not wait. */
  #deadline(request: RateLimitRequest, now: number): number {
    return Math.min(this.#time.at(deadlineOf(request)), now + this.#maxWait);
  }

  /** Gives permits to those at the head of the line whom the limits allow one. */
  #serve(): void {
    if (this.#line.size > 0) this.#line.expire();
    const now = this.#time.now();
    let first = this.#line.first();
    while (first !== undefined && this.#limits.canTake(first.tokens, now)) {
      this.#line.serve(first, this.#limits.take(first.tokens, now));
      first = this.#line.first();
    }
    const ready = first === undefined ? Infinity : this.#limits.readyAt(1, first.tokens, now);
    this.#line.wakeAt(ready, now);
  }

  /** Why a call can never be made, however long it waits. */
  #impossible(tokens: number, now: number): IntegrationError | undefined {
    const capacity = this.#limits.capacity(now);
    if (tokens <= capacity) return undefined;
    if (capacity <= 0) {
      return new QuotaExhaustedError(
        'The provider states an allowance of 0 for this account, so the call was not made. Ask the provider for an allowance, or use another model.',
      );
    }
    return new ValidationError(
      `The call needs ${tokens} tokens at once, and the limit is ${capacity} a minute, so it could never be made. Make it smaller, or raise \`tokensPerMinute\` if the provider allows more.`,
    );
  }
}

/**
 * Keeps the calls of one process within limits of requests and tokens. A call takes
 * from all limits together or from none, and who waits is served in order of
 * priority and arrival.
 *
 * `acquire` rejects with `ValidationError` for what can never be allowed,
 * `QuotaExhaustedError` when the provider states an allowance of 0, `QueueFullError`
 * when too many wait, `DeadlineError` when the wait would be too long, and the
 * signal's reason when that aborts. `tryAcquire` throws the first two.
 *
 * @throws ConfigurationError for an option that cannot be one.
 */
export function createRateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  return new LocalRateLimiter(options);
}
