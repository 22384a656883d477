import type {
  Bulkhead,
  BulkheadOutcome,
  BulkheadPermit,
  BulkheadRequest,
} from '@integrations/types';
import type { SteadyTime } from './steady-time.ts';
import { WaitLine, type WaitLineOptions } from './wait-line.ts';
import { deadlineOf, priorityOf } from './wait-request.ts';

/** How a slot was used. */
export interface SlotUse<Mark> {
  /** What `mark` gave when the slot was taken. */
  readonly mark: Mark;
  /** The number of slots in use when this one was taken, itself included. */
  readonly inFlight: number;
  readonly outcome: BulkheadOutcome;
}

const EMPTY_REQUEST: BulkheadRequest = {};

/**
 * Slots, and a line of those who wait for one. A slot that comes back belongs to the
 * head of the line at once, so a newcomer cannot take it away. A slot bears a mark,
 * by which a kind that learns from use knows when and under which terms it was taken.
 */
export abstract class SlotLine<Mark> implements Bulkhead {
  protected readonly time: SteadyTime;
  readonly #line: WaitLine<BulkheadPermit>;
  #active = 0;

  /** @throws ConfigurationError for an option that cannot be one. */
  constructor(options: WaitLineOptions) {
    this.#line = new WaitLine(options, {
      waitedFor: 'a free slot',
      onChange: () => this.#serve(),
    });
    this.time = this.#line.time;
  }

  /** How many may be in flight at this moment. */
  abstract get limit(): number;

  /** How many are in flight. */
  get active(): number {
    return this.#active;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#line.size;
  }

  /**
   * @throws ValidationError for a priority or a deadline that cannot be one.
   * @throws AbortedError, or the typed reason of the signal, as soon as that aborts.
   * @throws DeadlineError as soon as the deadline has passed.
   * @throws QueueFullError at once when too many wait already.
   */
  async acquire(request: BulkheadRequest = EMPTY_REQUEST): Promise<BulkheadPermit> {
    this.#line.refuseAborted(request.signal);
    priorityOf(request);
    return this.tryAcquire() ?? this.#wait(request);
  }

  tryAcquire(): BulkheadPermit | undefined {
    // Nobody waits while a slot is free: it is given away as soon as it comes back.
    if (this.#active >= this.limit) return undefined;
    return this.#take();
  }

  /** What to remember with a slot. */
  protected abstract mark(): Mark;

  /** Called when a slot comes back, before it is given to the next. */
  protected abstract onReturn(use: SlotUse<Mark>): void;

  #wait(request: BulkheadRequest): Promise<BulkheadPermit> {
    const now = this.time.now();
    const until = this.time.at(deadlineOf(request));
    if (until < now) throw this.#line.tooLate(0);
    const permit = this.#line.join(request, until, 0, now);
    this.#line.wakeForDeadline(now);
    return permit;
  }

  #take(): BulkheadPermit {
    this.#active += 1;
    return new Slot(this.mark(), this.#active, this.#giveBack);
  }

  readonly #giveBack = (use: SlotUse<Mark>): void => {
    try {
      this.onReturn(use);
    } finally {
      this.#active -= 1;
      if (this.#line.size > 0) this.#serve();
    }
  };

  #serve(): void {
    if (this.#line.size === 0) return this.#line.wakeAt(Infinity, 0);
    this.#line.expire();
    let first = this.#line.first();
    while (first !== undefined && this.#active < this.limit) {
      this.#line.serve(first, this.#take());
      first = this.#line.first();
    }
    return this.#line.wakeAt(Infinity, this.time.now());
  }
}

const SUCCESS: BulkheadOutcome = {};

class Slot<Mark> implements BulkheadPermit, SlotUse<Mark> {
  readonly mark: Mark;
  readonly inFlight: number;
  outcome: BulkheadOutcome = SUCCESS;
  /** Undefined once the slot was given back. */
  #giveBack: ((use: SlotUse<Mark>) => void) | undefined;

  constructor(mark: Mark, inFlight: number, giveBack: (use: SlotUse<Mark>) => void) {
    this.mark = mark;
    this.inFlight = inFlight;
    this.#giveBack = giveBack;
  }

  release(outcome: BulkheadOutcome = SUCCESS): void {
    const giveBack = this.#giveBack;
    if (giveBack === undefined) return;
    this.#giveBack = undefined;
    this.outcome = outcome;
    giveBack(this);
  }
}
