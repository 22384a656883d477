import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsInEveryWindow } from './limit-properties.test.support.ts';
import { type SettleRule, TokenLedger } from './token-ledger.ts';

function afterSettling(settle: SettleRule, reserved: number, actual: number): number {
  const ledger = new TokenLedger({ limit: 1000, settle });
  const ticket = ledger.take(reserved, 0);
  ledger.settle(ticket, reserved, actual);
  return ledger.used(0);
}

describe('TokenLedger', () => {
  it('holds its limit in every window, after all corrections', () => {
    fc.assert(
      holdsInEveryWindow((limit, windowMs) => new TokenLedger({ limit, windowMs })),
      {
        numRuns: 1000,
      },
    );
  });

  it('charges what was used', () => {
    expect([afterSettling('actual', 100, 40), afterSettling('actual', 100, 140)]).toEqual([
      40, 140,
    ]);
  });

  it('charges no less than was reserved where the provider does so', () => {
    const charged = [40, 140].map((actual) => afterSettling('neverBelowReserved', 100, actual));
    expect(charged).toEqual([100, 140]);
  });

  it('charges by a rule of its own, rounded up', () => {
    expect(afterSettling((reserved, actual) => (reserved + actual) / 2, 100, 41)).toBe(71);
  });

  it.each([Number.NaN, -1, Infinity])('keeps the reservation when told %d', (actual) => {
    expect(afterSettling('actual', 100, actual)).toBe(100);
    expect(afterSettling(() => actual, 100, 50)).toBe(100);
  });

  it('gives back all of a call that was never made, whatever the rule', () => {
    const ledger = new TokenLedger({ limit: 1000, settle: 'neverBelowReserved' });
    ledger.refund(ledger.take(100, 0), 100);
    expect(ledger.used(0)).toBe(0);
  });
});
