import { expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

interface Base {
  a: string;
  b?: { c: number[] };
}

it('tells types that are the same but for what the clients write differently', () => {
  expectTypeOf<
    Mutual<{ readonly a: string; readonly b?: { c: readonly number[] } | undefined }, Base>
  >().toEqualTypeOf<true>();
});

it('tells types that differ', () => {
  expectTypeOf<Mutual<{ a: string | number }, Base>>().toEqualTypeOf<'ours is not theirs'>();
  expectTypeOf<Mutual<{ a: 'x' }, { a: string }>>().toEqualTypeOf<'theirs is not ours'>();
  expectTypeOf<Mutual<{ a: string }, Base>>().toEqualTypeOf<'a member has another name'>();
  expectTypeOf<Mutual<Base & { d?: string }, Base>>().toEqualTypeOf<'a member has another name'>();
});
