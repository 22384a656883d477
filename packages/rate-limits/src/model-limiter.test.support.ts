import type {
  Availability,
  Clock,
  RateLimiter,
  RateLimitPermit,
  RateLimitRequest,
} from '@integrations/types';
import { MINUTE_MS, REQUESTS, TOKENS } from './limiter-properties.test.support.ts';

/** Mistakes that published limiters make, or might. */
export type LimiterBug =
  | 'none'
  | 'fixed window'
  | 'refunds to a bucket'
  | 'charges requests before it checks tokens'
  | 'charges what it refuses'
  | 'takes any cost'
  | 'newcomers overtake'
  | 'abort of the head forgets the others'
  | 'a timer for each waiter'
  | 'serves the newest first';

interface Entry {
  readonly at: number;
  requests: number;
  tokens: number;
}

interface Waiting {
  readonly tokens: number;
  readonly priority: number;
  readonly resolve: (permit: RateLimitPermit) => void;
}

/** A limiter as simple as can be, with one mistake of choice. */
export class ModelLimiter implements RateLimiter {
  readonly #clock: Clock;
  readonly #bug: LimiterBug;
  #entries: Entry[] = [];
  readonly #queue: Waiting[] = [];
  #timers: Disposable[] = [];
  #bucket: { level: number; at: number } = { level: TOKENS, at: 0 };

  constructor(clock: Clock, bug: LimiterBug) {
    this.#clock = clock;
    this.#bug = bug;
  }

  acquire(request: RateLimitRequest = {}): Promise<RateLimitPermit> {
    const { tokens = 0, priority = 0, signal } = request;
    const permit = this.#tryNow(tokens, priority, this.#bug === 'newcomers overtake');
    if (permit !== undefined) return Promise.resolve(permit);
    return new Promise((resolve, reject) => {
      const waiting = { tokens, priority, resolve };
      this.#enqueue(waiting);
      signal?.addEventListener('abort', () => {
        const place = this.#queue.indexOf(waiting);
        if (place < 0) return;
        this.#queue.splice(place, 1);
        reject(signal.reason);
        if (this.#bug !== 'abort of the head forgets the others') this.#serve();
        else if (place === 0) this.#stopTimers();
      });
      this.#arm();
    });
  }

  tryAcquire({ tokens = 0, priority = 0 }: RateLimitRequest = {}): RateLimitPermit | undefined {
    const isPossible = Number.isInteger(tokens) && tokens >= 0 && tokens <= TOKENS;
    if (!isPossible && this.#bug !== 'takes any cost') throw new RangeError('impossible');
    return this.#tryNow(tokens, priority, false);
  }

  updateLimits(): void {}

  available(): Availability {
    return { requests: REQUESTS - this.#sum('requests'), tokens: this.#tokensLeft() };
  }

  #tryNow(tokens: number, priority: number, overtakes: boolean): RateLimitPermit | undefined {
    const isFirst = overtakes || this.#queue.every((waiting) => waiting.priority < priority);
    if (isFirst && this.#fits(tokens)) return this.#take(tokens);
    const hasRequest = this.#sum('requests') < REQUESTS;
    if (this.#bug === 'charges requests before it checks tokens' && hasRequest) {
      this.#entries.push({ at: this.#clock.now(), requests: 1, tokens: 0 });
    }
    if (this.#bug === 'charges what it refuses') {
      this.#entries.push({ at: this.#clock.now(), requests: 0, tokens });
    }
    return undefined;
  }

  #enqueue(waiting: Waiting): void {
    const isBehind = (other: Waiting): boolean =>
      this.#bug === 'serves the newest first'
        ? other.priority <= waiting.priority
        : other.priority < waiting.priority;
    const place = this.#queue.findIndex(isBehind);
    this.#queue.splice(place < 0 ? this.#queue.length : place, 0, waiting);
  }

  #fits(tokens: number): boolean {
    return this.#sum('requests') + 1 <= REQUESTS && tokens <= this.#tokensLeft();
  }

  #take(tokens: number): RateLimitPermit {
    const entry = { at: this.#clock.now(), requests: 1, tokens };
    this.#entries.push(entry);
    this.#bucket.level -= tokens;
    let isOpen = true;
    const correct = (requests: number, actual: number): void => {
      if (!isOpen) return;
      isOpen = false;
      this.#tokensLeft();
      this.#bucket.level = Math.min(TOKENS, this.#bucket.level + entry.tokens - actual);
      entry.requests = requests;
      entry.tokens = actual;
      this.#serve();
    };
    return {
      settle: ({ tokens: actual = tokens }) => correct(1, actual),
      release: () => correct(0, 0),
    };
  }

  #tokensLeft(): number {
    if (this.#bug !== 'refunds to a bucket') return TOKENS - this.#sum('tokens');
    const now = this.#clock.now();
    const refilled = this.#bucket.level + ((now - this.#bucket.at) * TOKENS) / MINUTE_MS;
    this.#bucket = { level: Math.min(TOKENS, refilled), at: now };
    return this.#bucket.level;
  }

  #sum(of: 'requests' | 'tokens'): number {
    const now = this.#clock.now();
    const isLive = ({ at }: Entry): boolean =>
      this.#bug === 'fixed window'
        ? Math.floor(at / MINUTE_MS) === Math.floor(now / MINUTE_MS)
        : at + MINUTE_MS > now;
    this.#entries = this.#entries.filter(isLive);
    return this.#entries.reduce((sum, entry) => sum + entry[of], 0);
  }

  #serve(): void {
    let first = this.#queue[0];
    while (first !== undefined && this.#fits(first.tokens)) {
      this.#queue.shift();
      first.resolve(this.#take(first.tokens));
      [first] = this.#queue;
    }
    this.#stopTimers();
    this.#arm();
  }

  #arm(): void {
    const wanted = this.#bug === 'a timer for each waiter' ? this.#queue.length : 1;
    if (this.#queue.length === 0 || this.#timers.length >= wanted) return;
    const timer = this.#clock.schedule(() => {
      this.#stopTimers();
      this.#serve();
    }, 500);
    this.#timers.push(timer);
  }

  #stopTimers(): void {
    for (const timer of this.#timers) timer[Symbol.dispose]();
    this.#timers = [];
  }
}
