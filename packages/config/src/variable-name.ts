/** `retry.maxAttempts` as `RETRY_MAX_ATTEMPTS`. */
export function variableName(key: string): string {
  return key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z\d]+/g, '_')
    .toUpperCase();
}

/** `MAX_ATTEMPTS` as `maxAttempts`: the plainest key that has this variable. */
export function keyOfVariable(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
