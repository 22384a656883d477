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
export interface SlotUse {
  /** Milliseconds that the slot was held. */
  readonly heldMs: number;
  /** The number of slots in use when this one was taken, itself included. */
  readonly inFlight: number;
  /** What `mark` gave when the slot was taken. */
  readonly mark: number;
  readonly outcome: BulkheadOutcome;
}

const EMPTY_REQUEST: BulkheadRequest = {};

/**
 * Slots, and a line of those who wait for one. A slot that comes back belongs to the
 * head of the line at once, so a newcomer cannot take it away.
 */
export abstract class SlotLine implements Bulkhead {
  readonly #time: SteadyTime;
  readonly #line: WaitLine<BulkheadPermit>;
  #active = 0;

  /** @throws ConfigurationError for an option that cannot be one. */
  constructor(options: WaitLineOptions) {
    this.#line = new WaitLine(options, {
      waitedFor: 'a free slot',
      onChange: () => this.#serve(),
    });
    this.#time = this.#line.time;
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

  /** A number to remember with a slot. */
  protected mark(): number {
    return 0;
  }

  /** Called when a slot comes back, before it is given to the next. */
  protected onReturn(_use: SlotUse): void {}

  #wait(request: BulkheadRequest): Promise<BulkheadPermit> {
    const now = this.#time.now();
    const until = this.#time.at(deadlineOf(request));
    if (until < now) throw this.#line.tooLate(0);
    const permit = this.#line.join(request, until, 0, now);
    this.#line.wakeForDeadline(now);
    return permit;
  }

  #take(): BulkheadPermit {
    this.#active += 1;
    return new Slot(this.#time.now(), this.#active, this.mark(), this.#onReturn);
  }

  readonly #onReturn = (
    since: number,
    inFlight: number,
    mark: number,
    outcome: BulkheadOutcome,
  ): void => {
    const heldMs = this.#time.now() - since;
    try {
      this.onReturn({ heldMs, inFlight, mark, outcome });
    } finally {
      this.#active -= 1;
      this.#serve();
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
