/** Milliseconds since 1970. */
export function epochMs(): number {
  return new Date().getTime();
}

/** Whole seconds since 1970, as the providers date things. */
export function epochSeconds(): number {
  return Math.floor(epochMs() / 1000);
}

/** Now as ISO 8601 has it, to the second. */
export function isoTime(): string {
  return new Date(epochSeconds() * 1000).toISOString();
}

/** Now, as an ISO 8601 date. */
export function isoNow(): string {
  return new Date(epochMs()).toISOString();
}
