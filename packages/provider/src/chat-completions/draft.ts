/** A part of an answer in the making. */
export type Draft = Record<string, unknown>;

/** Texts grow, everything else is replaced by what came last. */
export function merge(target: Draft, addition: object, skipped?: ReadonlySet<string>): void {
  for (const [name, value] of Object.entries<unknown>({ ...addition })) {
    if (skipped?.has(name) === true || value === undefined || value === null) continue;
    const known = Object.hasOwn(target, name) ? target[name] : undefined;
    const merged: unknown =
      typeof known === 'string' && typeof value === 'string' ? known + value : value;
    // Defined, not assigned: a field named __proto__ must stay a field.
    Object.defineProperty(target, name, {
      value: merged,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
}
