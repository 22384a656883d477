type Primitive = string | number | boolean | null | undefined;

/**
 * A type without what the two clients write in different ways: nothing is read-only, and
 * what may be left out is not undefined besides.
 */
type Plain<T> = T extends Primitive
  ? T
  : T extends readonly (infer Member)[]
    ? Plain<Member>[]
    : T extends object
      ? { -readonly [K in keyof T]: Plain<Exclude<T[K], undefined>> }
      : T;

/** A type with nothing left out, so that a member which only one side knows shows. */
type Complete<T> = T extends Primitive
  ? T
  : T extends readonly (infer Member)[]
    ? Complete<Member>[]
    : T extends object
      ? { -readonly [K in keyof T]-?: Complete<Exclude<T[K], undefined>> }
      : T;

type Both<Ours, Theirs> = [Ours] extends [Theirs]
  ? [Theirs] extends [Ours]
    ? true
    : 'theirs is not ours'
  : 'ours is not theirs';

/** Whether every value of each type is one of the other, read-only or not. */
export type SameValues<Ours, Theirs> = Both<Plain<Ours>, Plain<Theirs>>;

/** The same, where neither type has a member that the other does not name. */
export type Mutual<Ours, Theirs> =
  SameValues<Ours, Theirs> extends true
    ? Both<Complete<Ours>, Complete<Theirs>> extends true
      ? true
      : 'a member has another name'
    : SameValues<Ours, Theirs>;
