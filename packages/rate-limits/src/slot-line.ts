import { abortReason, ValidationError } from '@integrations/errors';
import {
  type BulkheadOutcome,
  type BulkheadPermit,
  type BulkheadRequest,
  type Clock,
  systemClock,
} from '@integrations/types';
import { SteadyTime } from './steady-time.ts';
import { priorityOf, WaitLine } from './wait-line.ts';

const WAITED_FOR = 'a free slot';

/** What every bulkhead can be told about its line. */
export interface BulkheadLineOptions {
  /** How many may wait for a slot. @default 1000 */
  readonly maxQueue?: number;
  /**
   * Milliseconds of waiting that outweigh one step of priority, so that nothing
   * starves; `Infinity` for strict priorities. @default 10_000
   */
  readonly ageing?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** How a slot was used. */
export interface SlotUse {
  /** Milliseconds that the slot was held. */
  readonly heldMs: number;
  /** The number of slots in use when this one was taken, itself included. */
  readonly inFlight: number;
  /** What `mark` gave when the slot was taken. */
  readonly mark: number;
  readonly outcome: BulkheadOutcome;
}

/** How a bulkhead decides, and learns. */
export interface SlotPolicy {
  /** How many slots there are at this moment. */
  limit(): number;
  /** Something to remember with a slot. */
  mark(): number;
  /** Called when a slot comes back, before it is given to the next. */
  onReturn(use: SlotUse): void;
}

/**
 * Slots, and a line of those who wait for one. A slot that comes back belongs to the
 * head of the line at once, so a newcomer cannot take it away.
 */
export class SlotLine {
  readonly #policy: SlotPolicy;
  readonly #time: SteadyTime;
  readonly #line: WaitLine<BulkheadPermit>;
  #active = 0;

  /** @throws ConfigurationError for an option that cannot be one. */
  constructor(options: BulkheadLineOptions, policy: SlotPolicy) {
    const clock = options.clock ?? systemClock;
    this.#policy = policy;
    this.#time = new SteadyTime(clock);
    this.#line = new WaitLine({
      maxQueue: options.maxQueue ?? 1000,
      ageing: options.ageing ?? 10_000,
      waitedFor: WAITED_FOR,
      clock,
      time: this.#time,
      onChange: () => this.#serve(),
    });
  }

  /** How many slots are in use. */
  get active(): number {
    return this.#active;
  }

  /** How many wait for one. */
  get waiting(): number {
    return this.#line.size;
  }

  async acquire(request: BulkheadRequest): Promise<BulkheadPermit> {
    if (request.signal?.aborted === true) {
      throw abortReason(request.signal, `The wait for ${WAITED_FOR}`);
    }
    priorityOf(request);
    return this.tryAcquire() ?? this.#wait(request);
  }

  tryAcquire(): BulkheadPermit | undefined {
    // Nobody waits while a slot is free: it is given away as soon as it comes back.
    if (this.#active >= this.#policy.limit()) return undefined;
    return this.#take();
  }

  #wait(request: BulkheadRequest): Promise<BulkheadPermit> {
    const now = this.#time.now();
    const { deadline = Infinity } = request;
    if (Number.isNaN(deadline)) throw new ValidationError('`deadline` must be a number, not NaN.');
    const until = this.#time.at(deadline);
    if (until < now) throw this.#line.tooLate(0);
    const permit = this.#line.join(request, until, 0, now);
    this.#line.wakeForDeadline(now);
    return permit;
  }

  #take(): BulkheadPermit {
    this.#active += 1;
    return new Slot(this.#time.now(), this.#active, this.#policy.mark(), this.#onReturn);
  }

  readonly #onReturn = (
    since: number,
    inFlight: number,
    mark: number,
    outcome: BulkheadOutcome,
  ): void => {
    const heldMs = this.#time.now() - since;
    try {
      this.#policy.onReturn({ heldMs, inFlight, mark, outcome });
    } finally {
      this.#active -= 1;
      this.#serve();
    }
  };

  #serve(): void {
    if (this.#line.size === 0) return this.#line.wakeAt(Infinity, 0);
    this.#line.expire();
    let first = this.#line.first();
    while (first !== undefined && this.#active < this.#policy.limit()) {
      this.#line.serve(first, this.#take());
      first = this.#line.first();
    }
    return this.#line.wakeAt(Infinity, this.#time.now());
  }
}

type OnReturn = (since: number, inFlight: number, mark: number, outcome: BulkheadOutcome) => void;

const SUCCESS: BulkheadOutcome = {};

class Slot implements BulkheadPermit {
  readonly #since: number;
  readonly #inFlight: number;
  readonly #mark: number;
  /** Undefined once the slot was given back. */
  #onReturn: OnReturn | undefined;

  constructor(since: number, inFlight: number, mark: number, onReturn: OnReturn) {
    this.#since = since;
    this.#inFlight = inFlight;
    this.#mark = mark;
    this.#onReturn = onReturn;
  }

  release(outcome: BulkheadOutcome = SUCCESS): void {
    const onReturn = this.#onReturn;
    this.#onReturn = undefined;
    onReturn?.(this.#since, this.#inFlight, this.#mark, outcome);
  }
}
