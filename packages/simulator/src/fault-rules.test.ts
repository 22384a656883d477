import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultRules } from './fault-rules.ts';

const CHAT = { method: 'POST', path: '/v1/chat/completions', model: 'gpt-4o' };
const MODELS = { method: 'GET', path: '/v1/models/gpt-4o', model: undefined };

describe('FaultRules', () => {
  it('gives a fault to each request from skip on, every nth time, at most so often', () => {
    const counts = fc.record({
      skip: fc.nat(5),
      every: fc.integer({ min: 1, max: 4 }),
      times: fc.integer({ min: 1, max: 4 }),
      requests: fc.nat(30),
    });
    fc.assert(
      fc.property(counts, ({ skip, every, times, requests }) => {
        const rules = new FaultRules(() => 0);
        const injected = rules.inject({ skip, every, times, fault: { status: 503 } });
        const hit = Array.from({ length: requests }, () => rules.take(CHAT) !== undefined);
        const due = hit.map((_, index) => index >= skip && (index + 1 - skip) % every === 0);
        const expected = due.map(
          (isDue, index) => isDue && due.slice(0, index).filter(Boolean).length < times,
        );
        expect(hit).toEqual(expected);
        expect(injected.hits).toBe(expected.filter(Boolean).length);
      }),
    );
  });

  it('matches by method, path, path prefix and model, all of them at once', () => {
    const rules = new FaultRules(() => 0);
    rules.inject({
      match: { method: 'post', path: '/v1/chat/completions', model: 'gpt-4o' },
      fault: { status: 500 },
    });
    rules.inject({ match: { path: '/v1/models*' }, fault: { status: 502 } });
    expect(rules.take(CHAT)).toEqual({ status: 500 });
    expect(rules.take({ ...CHAT, model: 'gpt-5' })).toBeUndefined();
    expect(rules.take({ ...CHAT, method: 'PUT' })).toBeUndefined();
    expect(rules.take(MODELS)).toEqual({ status: 502 });
    expect(rules.take({ ...MODELS, path: '/v1/embeddings' })).toBeUndefined();
  });

  it('offers a request to the rules in their order, so that one follows the other', () => {
    const rules = new FaultRules(() => 0);
    const first = rules.inject({ times: 1, fault: { status: 500 } });
    const second = rules.inject({ times: 1, fault: { status: 502 } });
    expect([rules.take(CHAT), rules.take(CHAT), rules.take(CHAT)]).toEqual([
      { status: 500 },
      { status: 502 },
      undefined,
    ]);
    expect([first.hits, second.hits]).toEqual([1, 1]);
  });

  it('ends a rule when its time is over', () => {
    let now = 1000;
    const rules = new FaultRules(() => now);
    rules.inject({ forMs: 50, fault: { status: 500 } });
    now = 1049;
    expect(rules.take(CHAT)).toEqual({ status: 500 });
    now = 1050;
    expect(rules.take(CHAT)).toBeUndefined();
  });

  it('takes a rule out on remove, and all of them on clear', () => {
    const rules = new FaultRules(() => 0);
    const removed = rules.inject({ fault: { status: 500 } });
    rules.inject({ fault: { status: 502 } });
    removed.remove();
    removed.remove();
    expect(rules.take(CHAT)).toEqual({ status: 502 });
    rules.clear();
    expect(rules.take(CHAT)).toBeUndefined();
    expect(removed.hits).toBe(0);
  });

  it('keeps a rule as it was injected when its object changes later', () => {
    const rules = new FaultRules(() => 0);
    const fault: { status: number } = { status: 500 };
    rules.inject({ fault });
    fault.status = 418;
    expect(rules.take(CHAT)).toEqual({ status: 500 });
  });
});
