/**
 * A type of the API's as a request takes it: nothing in it is written to, and what
 * may be left out may be undefined.
 */
export type AsRequest<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Member)[]
    ? readonly AsRequest<Member>[]
    : T extends object
      ? { readonly [K in keyof T]: AsRequest<T[K]> | UndefinedWhereOptional<T, K> }
      : T;

/** Undefined for a member that may be left out; an index signature has no such member. */
type UndefinedWhereOptional<T, K extends keyof T> = string extends K
  ? never
  : object extends Pick<T, K>
    ? undefined
    : never;
