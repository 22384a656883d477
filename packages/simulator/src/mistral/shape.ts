import { isJsonObject, type JsonObject, jsonTypeOf } from '../json-value.ts';
import { type Location, orRefuse, type RequestProblem, ShapeMismatch } from './request-problem.ts';

/** Reads a value of a request. @throws ShapeMismatch with all that is wrong with it */
export type Shape<T> = (value: unknown, at: Location) => T;

/** What a shape reads. */
type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** What a record of such fields reads. */
type RecordOf<Fields> = { readonly [Name in keyof Fields]: ValueOf<Fields[Name]> };

/** A range of numbers, both ends included. */
export interface Bounds {
  readonly from?: number;
  readonly to?: number;
}

/** Reads a JSON body. @throws RequestRefused 422 */
export function readBody<T>(shape: Shape<T>, body: unknown): T {
  return orRefuse(() => shape(body, ['body']));
}

export const anything: Shape<unknown> = (value, at) => present(value, at);

export const text: Shape<string> = (value, at) => {
  if (typeof present(value, at) === 'string') return value as string;
  throw wrong(value, at, 'string_type', 'Input should be a valid string');
};

/** A text of at least one character. */
export const filledText: Shape<string> = (value, at) => {
  const read = text(value, at);
  if (read !== '') return read;
  throw wrong(value, at, 'string_too_short', 'String should have at least 1 character', {
    min_length: 1,
  });
};

export const flag: Shape<boolean> = (value, at) => {
  if (typeof present(value, at) === 'boolean') return value as boolean;
  throw wrong(value, at, 'bool_type', 'Input should be a valid boolean');
};

export function number(bounds: Bounds = {}): Shape<number> {
  return (value, at) => {
    if (typeof present(value, at) !== 'number')
      throw wrong(value, at, 'float_type', 'Input should be a valid number');
    return within(bounds, value as number, at);
  };
}

export function integer(bounds: Bounds = {}): Shape<number> {
  return (value, at) => {
    if (!Number.isInteger(present(value, at)))
      throw wrong(value, at, 'int_type', 'Input should be a valid integer');
    return within(bounds, value as number, at);
  };
}

export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Shape<Choice> {
  return (value, at) => {
    const found = choices.find((choice) => choice === present(value, at));
    if (found !== undefined) return found;
    const expected = choices.map((choice) => `'${choice}'`).join(', ');
    throw wrong(value, at, 'literal_error', `Input should be ${expected}`, { expected });
  };
}

/** May be left out. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, at) => (value === undefined ? undefined : shape(value, at));
}

/** May be left out or null, which are the same. */
export function nullable<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, at) => (value === undefined || value === null ? undefined : shape(value, at));
}

export function list<T>(
  shape: Shape<T>,
  { least = 0, most = Infinity }: { readonly least?: number; readonly most?: number } = {},
): Shape<readonly T[]> {
  return (value, at) => {
    present(value, at);
    if (!Array.isArray(value)) throw wrong(value, at, 'list_type', 'Input should be a valid list');
    const { length } = value;
    if (length < least)
      throw wrong(value, at, 'too_short', `List should have at least ${least} items`, {
        min_length: least,
      });
    if (length > most)
      throw wrong(value, at, 'too_long', `List should have at most ${most} items, not ${length}`, {
        max_length: most,
      });
    return collect(value.map((item: unknown, index) => () => shape(item, [...at, index])));
  };
}

/** An object of any fields. */
export const dictionary: Shape<JsonObject> = (value, at) => {
  if (isJsonObject(present(value, at))) return value as JsonObject;
  throw wrong(value, at, 'dict_type', 'Input should be a valid dictionary');
};

/** An object of these fields and, unless it is `open`, of no others; what is left out becomes undefined, what is besides stays. */
export function record<const Fields extends Readonly<Record<string, Shape<unknown>>>>(
  fields: Fields,
  { open = false }: { readonly open?: boolean } = {},
): Shape<RecordOf<Fields>> {
  return (value, at) => {
    const given = dictionary(value, at);
    const extra = open ? [] : Object.keys(given).filter((name) => !Object.hasOwn(fields, name));
    const read = collect([
      ...Object.entries(fields).map(([name, shape]) => () => [
        name,
        shape(given[name], [...at, name]),
      ]),
      ...extra.map((name) => () => forbid(given[name], [...at, name])),
    ]);
    return Object.fromEntries([
      ...(open ? Object.entries(given) : []),
      ...read,
    ]) as RecordOf<Fields>;
  };
}

/** Fits the first shape or the second. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value, at) => {
    try {
      return first(value, at);
    } catch (error) {
      return mismatchOf(error, () => second(value, at));
    }
  };
}

/** An object whose field `tag` says which of the shapes it has; the tag itself is read by the shape. */
export function tagged<T>(tag: string, shapes: Readonly<Record<string, Shape<T>>>): Shape<T> {
  return (value, at) => {
    const name = dictionary(value, at)[tag];
    if (name === undefined)
      throw wrong(
        value,
        at,
        'union_tag_not_found',
        `Unable to extract tag using discriminator '${tag}'`,
      );
    const shape =
      typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape !== undefined) return shape(value, at);
    const expected = Object.keys(shapes)
      .map((each) => `'${each}'`)
      .join(', ');
    const msg = `Input tag '${typeof name === 'string' ? name : jsonTypeOf(name)}' found using '${tag}' does not match any of the expected tags: ${expected}`;
    throw wrong(value, at, 'union_tag_invalid', msg);
  };
}

/** One problem with a value. */
export function wrong(
  input: unknown,
  loc: Location,
  type: string,
  msg: string,
  ctx?: JsonObject,
): ShapeMismatch {
  return new ShapeMismatch([{ type, loc, msg, input, ...(ctx === undefined ? {} : { ctx }) }]);
}

function present(value: unknown, at: Location): unknown {
  if (value !== undefined) return value;
  throw wrong(null, at, 'missing', 'Field required');
}

function forbid(value: unknown, at: Location): never {
  throw wrong(value, at, 'extra_forbidden', 'Extra inputs are not permitted');
}

function within({ from = -Infinity, to = Infinity }: Bounds, value: number, at: Location): number {
  if (value < from)
    throw wrong(
      value,
      at,
      'greater_than_equal',
      `Input should be greater than or equal to ${from}`,
      { ge: from },
    );
  if (value > to)
    throw wrong(value, at, 'less_than_equal', `Input should be less than or equal to ${to}`, {
      le: to,
    });
  return value;
}

/** All values, or all problems. */
function collect<T>(reads: readonly (() => T)[]): T[] {
  const problems: RequestProblem[] = [];
  const values = reads.flatMap((read) => {
    try {
      return [read()];
    } catch (error) {
      if (!(error instanceof ShapeMismatch)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new ShapeMismatch(problems);
  return values;
}

function mismatchOf<T>(error: unknown, otherwise: () => T): T {
  if (!(error instanceof ShapeMismatch)) throw error;
  try {
    return otherwise();
  } catch (second) {
    if (!(second instanceof ShapeMismatch)) throw second;
    throw new ShapeMismatch([...error.problems, ...second.problems]);
  }
}
