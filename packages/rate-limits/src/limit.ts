/**
 * One limit, whatever its algorithm. Moments are milliseconds that never go back;
 * a moment before an earlier one counts as that one. Costs are whole numbers of
 * zero or more: whoever calls has checked them.
 */
export interface Limit {
  /** The most that can be taken at one moment; what costs more can never be taken. */
  readonly capacity: number;
  /** Whether `cost` can be taken at this moment. */
  canTake(cost: number, now: number): boolean;
  /**
   * The first moment by which `cost` can have been taken, if nobody else takes: in
   * portions, where it is more than the capacity. `Infinity` if that never comes.
   */
  readyAt(cost: number, now: number): number;
  /** Takes without asking: ask `canTake` first. The ticket is for `settle` and `refund`. */
  take(cost: number, now: number): number;
  /** Replaces what was reserved under the ticket by what was used. Once for a ticket. */
  settle(ticket: number, reserved: number, actual: number, now: number): void;
  /** Gives back what was taken under the ticket. Once for a ticket, and not after `settle`. */
  refund(ticket: number, cost: number, now: number): void;
  /** The largest cost that can be taken at this moment. */
  available(now: number): number;
}
