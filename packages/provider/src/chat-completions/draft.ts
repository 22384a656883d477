/** A part of an answer in the making. */
export type Draft = Record<string, unknown>;

/** Texts grow, everything else is replaced by what came last. */
export function merge(target: Draft, addition: object, skipped?: ReadonlySet<string>): void {
  // A loop over names, not over a list of them: most pieces hold nothing that is merged.
  for (const name in addition) {
    if (skipped?.has(name) === true || !Object.hasOwn(addition, name)) continue;
    const value = (addition as Draft)[name];
    if (value !== undefined && value !== null) mergeField(target, name, value);
  }
}

function mergeField(target: Draft, name: string, value: unknown): void {
  if (Object.hasOwn(target, name)) {
    const known = target[name];
    target[name] = typeof known === 'string' && typeof value === 'string' ? known + value : value;
    return;
  }
  // Defined, not assigned: a field named __proto__ must stay a field.
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
