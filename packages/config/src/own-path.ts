type Members = Readonly<Record<string, unknown>>;

/** Whether a value is an object with members of its own, and no list, date or instance of a class. */
function isTable(value: unknown): value is Members {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** An object's own member. What every object inherits, such as `constructor`, is none. */
export function ownMember(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Members)[name] : undefined;
}

/** The value at a path through tables, or undefined. */
export function valueAt(root: object, path: readonly string[]): unknown {
  let value: unknown = root;
  for (const [index, name] of path.entries()) {
    if (index > 0 && !isTable(value)) return undefined;
    value = ownMember(value as object, name);
  }
  return value;
}

/** The paths to everything in a table that is no table itself. A table inside itself ends there. */
export function leafPaths(table: Members, ancestors: readonly unknown[] = []): string[][] {
  const path = [...ancestors, table];
  return Object.entries(table).flatMap(([name, value]) => {
    if (!isTable(value) || path.includes(value)) return [[name]];
    return leafPaths(value, path).map((rest) => [name, ...rest]);
  });
}
