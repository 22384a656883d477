/** A number with its thousands set apart: `21,304`. */
export function grouped(value: number): string {
  return value.toLocaleString('en');
}

/** A number in few characters: `930`, `4.1k`, `41k`, `1.2M`. */
export function compact(value: number): string {
  if (value < 1000) return String(value);
  // What rounds to a million is written as one.
  const [scaled, suffix] = value < 999_500 ? [value / 1000, 'k'] : [value / 1_000_000, 'M'];
  return `${scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)}${suffix}`;
}

/** A time in the unit that suits it: `85 ms`, `1.24 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** A time in seconds: `0.4 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A number with its noun: `1 retry`, `2 retries`. */
export function counted(value: number, one: string, many: string = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}
