import { ConfigurationError } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCircuitBreakers, type CircuitBreakers } from './circuit-breakers.ts';

const create = (maxBreakers = 3): CircuitBreakers =>
  createCircuitBreakers({ clock: new ManualClock(), failureThreshold: 1, maxBreakers });

const keysOf = (breakers: CircuitBreakers): string[] =>
  [...breakers].map(([key]) => key).toSorted();

describe('createCircuitBreakers', () => {
  it('has a breaker for each key, and each knows only its own calls', () => {
    const breakers = create();
    breakers.get('chat').recordFailure();
    expect(breakers.get('chat').state).toBe('open');
    expect(breakers.get('files').state).toBe('closed');
    expect(breakers.get('chat')).toBe(breakers.get('chat'));
    expect(breakers.get('chat').name).toBe('chat');
    expect(breakers.size).toBe(2);
  });

  it('drops the one that was not used for longest', () => {
    const breakers = create();
    for (const key of ['a', 'b', 'c', 'a', 'd']) breakers.get(key);
    expect(keysOf(breakers)).toEqual(['a', 'c', 'd']);
  });

  it('does not count a peek as use', () => {
    const breakers = create(2);
    breakers.get('a');
    breakers.get('b');
    expect(breakers.peek('a')?.name).toBe('a');
    breakers.get('c');
    expect(breakers.peek('a')).toBeUndefined();
  });

  it('keeps breakers that are not closed', () => {
    const breakers = create();
    breakers.get('down').recordFailure();
    for (const key of ['b', 'c', 'd', 'e']) breakers.get(key);
    expect(keysOf(breakers)).toEqual(['d', 'down', 'e']);
    breakers.get('down').reset();
    breakers.get('d');
    breakers.get('e');
    breakers.get('f');
    expect(keysOf(breakers)).toEqual(['d', 'e', 'f']);
  });

  it('keeps closed ones that have calls under way', () => {
    const breakers = create();
    const permit = breakers.get('busy').tryAcquire();
    for (const key of ['b', 'c', 'd', 'e']) breakers.get(key);
    expect(keysOf(breakers)).toEqual(['busy', 'd', 'e']);
    if (permit.allowed) permit.success();
    breakers.get('f');
    expect(keysOf(breakers)).toEqual(['d', 'e', 'f']);
  });

  it('drops a busy or an open one when there is nothing else', () => {
    const breakers = create(2);
    breakers.get('down').recordFailure();
    breakers.get('busy').tryAcquire();
    breakers.get('c');
    expect(keysOf(breakers)).toEqual(['c', 'down']);
    breakers.get('c').recordFailure();
    breakers.get('d');
    expect(keysOf(breakers)).toEqual(['c', 'd']);
  });

  it('is not confused by a dropped breaker that goes on', () => {
    const breakers = create(2);
    const dropped = breakers.get('a');
    expect(breakers.delete('a')).toBe(true);
    expect(breakers.delete('a')).toBe(false);
    breakers.get('a');
    breakers.get('b');
    dropped.recordFailure();
    breakers.get('c');
    expect(keysOf(breakers)).toEqual(['b', 'c']);
  });

  it('tells of all breakers, by their keys', () => {
    const breakers = create();
    const told: string[] = [];
    const subscription = breakers.on('stateChange', ({ name, to }) => told.push(`${name} ${to}`));
    breakers.get('a').recordFailure();
    breakers.get('b').on('stateChange', () => told.push('its own'));
    breakers.get('b').recordFailure();
    subscription[Symbol.dispose]();
    breakers.get('a').reset();
    expect(told).toEqual(['a open', 'its own', 'b open']);
  });

  it('never has more than its bound, and always the key asked for, among 10,000 keys', () => {
    const breakers = create(10_000);
    for (let key = 0; key < 30_000; key += 1) {
      const breaker = breakers.get(`endpoint ${key}`);
      if (key % 10 === 0) breaker.recordFailure();
    }
    expect(breakers.size).toBe(10_000);
    expect(breakers.get('endpoint 0').state).toBe('open');
    expect(breakers.peek('endpoint 1')).toBeUndefined();
    expect(breakers.peek('endpoint 29999')?.state).toBe('closed');
  });

  it('keeps what a naive list keeps', () => {
    const action = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      do: fc.constantFrom('use', 'use', 'fail', 'reset', 'delete'),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(action, { size: 'large' }),
        (max, all) => {
          const breakers = create(max);
          let naive: { key: string; open: boolean; used: number }[] = [];
          for (const [used, { key, do: what }] of all.entries()) {
            if (what === 'delete') {
              expect(breakers.delete(key)).toBe(naive.some((one) => one.key === key));
              naive = naive.filter((one) => one.key !== key);
              continue;
            }
            let entry = naive.find((one) => one.key === key);
            if (entry === undefined) {
              const closed = naive.filter(({ open }) => !open);
              const [victim] = (closed.length > 0 ? closed : naive).toSorted(
                (a, b) => a.used - b.used,
              );
              if (naive.length >= max) naive = naive.filter((one) => one !== victim);
              entry = { key, open: false, used };
              naive.push(entry);
            }
            const breaker = breakers.get(key);
            entry.used = used;
            if (what === 'fail') breaker.recordFailure();
            if (what === 'reset') breaker.reset();
            entry.open = what === 'fail' || (what === 'use' && entry.open);
            expect(keysOf(breakers)).toEqual(naive.map((one) => one.key).toSorted());
          }
        },
      ),
    );
  });

  it.for([
    ['maxBreakers', { maxBreakers: 0 }],
    ['openDuration', { openDuration: 0 }],
  ] as const)('refuses a wrong %s', ([option, options]) => {
    expect(() => createCircuitBreakers(options)).toThrow(ConfigurationError);
    expect(() => createCircuitBreakers(options)).toThrow(`\`${option}\``);
  });
});
