import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimitLedger } from './rate-limit-ledger.ts';

describe('RateLimitLedger', () => {
  it('states what a plain list of the last minute gives, whatever came before', () => {
    const uses = fc.array(fc.record({ after: fc.nat(40_000), tokens: fc.nat(50) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(uses, (steps) => {
        let now = 0;
        const ledger = new RateLimitLedger(10, 100, () => now);
        const all: { at: number; tokens: number }[] = [];
        for (const { after, tokens } of steps) {
          now += after;
          ledger.record('caller', tokens);
          all.push({ at: now, tokens });
          const recent = all.filter((use) => use.at > now - 60_000);
          const used = recent.reduce((sum, use) => sum + use.tokens, 0);
          const state = ledger.state('caller');
          expect(state.requests.remaining).toBe(Math.max(0, 10 - recent.length));
          expect(state.tokens.remaining).toBe(Math.max(0, 100 - used));
          expect(state.requests.resetMs).toBe(60_000);
        }
      }),
    );
  });

  it('says how long to wait, and after that wait the request fits, and not a moment before', () => {
    const uses = fc.array(fc.record({ after: fc.nat(20_000), tokens: fc.nat(60) }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(uses, fc.integer({ min: 0, max: 100 }), (steps, wanted) => {
        let now = 0;
        const ledger = new RateLimitLedger(5, 100, () => now);
        for (const { after, tokens } of steps) {
          now += after;
          if (ledger.exceeded('caller', tokens) === undefined) ledger.record('caller', tokens);
        }
        const exceeded = ledger.exceeded('caller', wanted);
        if (exceeded?.retryAfterMs === undefined) return;
        now += exceeded.retryAfterMs - 1;
        expect(ledger.exceeded('caller', wanted)).toBeDefined();
        now += 1;
        expect(ledger.exceeded('caller', wanted)).toBeUndefined();
      }),
    );
  });

  it('keeps callers apart, and counts down to a full limit', () => {
    let now = 0;
    const ledger = new RateLimitLedger(2, 100, () => now);
    ledger.record('one', 30);
    now = 45_000;
    expect(ledger.state('one').tokens).toEqual({ limit: 100, remaining: 70, resetMs: 15_000 });
    expect(ledger.state('two').tokens).toEqual({ limit: 100, remaining: 100, resetMs: 0 });
    now = 60_000;
    expect(ledger.state('one').requests).toEqual({ limit: 2, remaining: 2, resetMs: 0 });
  });

  it('names the limit that is in the way, and gives no wait for what can never fit', () => {
    const ledger = new RateLimitLedger(1, 100, () => 0);
    expect(ledger.exceeded('caller', 101)).toEqual({ limit: 'tokens', retryAfterMs: undefined });
    ledger.record('caller', 5);
    expect(ledger.exceeded('caller', 5)).toEqual({ limit: 'requests', retryAfterMs: 60_000 });
  });
});
