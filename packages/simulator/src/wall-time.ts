/** Milliseconds since 1970. */
export function epochMs(): number {
  return new Date().getTime();
}

/** Whole seconds since 1970, as the providers date things. */
export function epochSeconds(): number {
  return Math.floor(epochMs() / 1000);
}
