import {
  ConfigurationError,
  OverloadedError,
  RateLimitError,
  ServerError,
} from '@integrations/errors';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RetryAllowance, RetryBudget } from './retry-budget.ts';

const TRANSIENT = new ServerError('Failed.');
const THROTTLED = new RateLimitError('Slow down.');

interface Observed extends RetryAllowance {
  readonly available: number;
}
type BudgetFactory = (capacity: number) => Observed;

const commandArbitrary = fc.oneof(
  fc.constantFrom('transient', 'throttled', 'hedge', 'first success', 'retry succeeded'),
  fc.constantFrom('transient', 'throttled'),
);

/** A budget and its definition, side by side. */
function assertFollowsModel(create: BudgetFactory, parameters: fc.Parameters<unknown> = {}): void {
  fc.assert(
    fc.property(
      fc.nat(100),
      fc.array(commandArbitrary, { maxLength: 60 }),
      (capacity, commands) => {
        const budget = create(capacity);
        const paid: number[] = [];
        let tokens = capacity;
        for (const command of commands) {
          if (command === 'first success' || command === 'retry succeeded') {
            const amount = command === 'retry succeeded' ? paid.pop() : undefined;
            budget.deposit(amount);
            tokens = Math.min(capacity, tokens + (amount ?? 1));
          } else {
            const error = { transient: TRANSIENT, throttled: THROTTLED, hedge: undefined }[command];
            const cost = command === 'throttled' ? 5 : 14;
            const allowed = cost <= tokens;
            expect(budget.tryWithdraw(error)).toBe(allowed ? cost : undefined);
            if (allowed) paid.push(cost);
            tokens -= allowed ? cost : 0;
          }
          expect(budget.available).toBe(tokens);
        }
      },
    ),
    parameters,
  );
}

/** A budget without bounds, to build broken ones on. */
function ledger(
  capacity: number,
  change: (tokens: number, by: number) => number,
  cost: (error: unknown) => number,
): Observed {
  let available = capacity;
  return {
    get available() {
      return available;
    },
    tryWithdraw: (error) => {
      if (cost(error) > available) return undefined;
      available = change(available, -cost(error));
      return cost(error);
    },
    deposit: (amount = 1) => {
      available = change(available, amount);
    },
  };
}

const price = (error: unknown): number => (error === THROTTLED ? 5 : 14);

describe('RetryBudget', () => {
  it('follows its definition', () => {
    assertFollowsModel((capacity) => new RetryBudget({ capacity }));
  });

  const broken: Readonly<Record<string, BudgetFactory>> = {
    'grows above its capacity': (c) => ledger(c, (tokens, by) => tokens + by, price),
    'is never refunded': (c) => ledger(c, (tokens, by) => tokens + Math.min(0, by), price),
    'asks one price for all': (c) =>
      ledger(
        c,
        (tokens, by) => Math.min(c, tokens + by),
        () => 14,
      ),
    'takes nothing': (c) => ledger(c, (tokens, by) => Math.min(c, tokens + Math.max(0, by)), price),
    'goes below 0': (c) => {
      const budget = ledger(c, (tokens, by) => Math.min(c, tokens + by), price);
      return {
        get available() {
          return budget.available;
        },
        tryWithdraw: (error) => {
          budget.deposit(-price(error));
          return price(error);
        },
        deposit: (amount) => budget.deposit(amount),
      };
    },
  };

  it.for(Object.entries(broken))('is not one that %s', ([, create]) => {
    const parameters = { seed: 1, numRuns: 1000, endOnFailure: true };
    expect(() => assertFollowsModel(create, parameters)).toThrow('Property failed');
  });

  it('holds 500 tokens: 35 transient retries, or 100 throttled ones', () => {
    const count = (error: unknown): number => {
      const budget = new RetryBudget();
      let retries = 0;
      while (budget.tryWithdraw(error) !== undefined) retries += 1;
      return retries;
    };
    expect(new RetryBudget().available).toBe(500);
    expect([TRANSIENT, THROTTLED, new OverloadedError('Busy.'), 'text'].map(count)).toEqual([
      35, 100, 100, 35,
    ]);
  });

  it('takes prices and a notion of throttling of its own', () => {
    const budget = new RetryBudget({
      capacity: 10,
      transientCost: 4,
      throttleCost: 1,
      successRefund: 2,
      isThrottling: (error) => error === 'slow down',
    });
    expect([budget.tryWithdraw('slow down'), budget.tryWithdraw(THROTTLED)]).toEqual([1, 4]);
    budget.deposit();
    expect(budget.available).toBe(7);
  });

  it.each(['capacity', 'transientCost', 'throttleCost', 'successRefund'])(
    'refuses a wrong %s by name',
    (name) => {
      for (const value of [-1, 0.5, Number.NaN, Infinity]) {
        expect(() => new RetryBudget({ [name]: value })).toThrow(ConfigurationError);
        expect(() => new RetryBudget({ [name]: value })).toThrow(`\`${name}\` must be`);
      }
    },
  );

  it.each([-1, 0.5, Number.NaN, Infinity])('refuses a deposit of %d', (amount) => {
    const budget = new RetryBudget();
    expect(() => budget.deposit(amount)).toThrow(RangeError);
    expect(budget.available).toBe(500);
  });
});
