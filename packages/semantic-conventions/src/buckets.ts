/** Seconds that a call may take, first failures and slow reasoning included. */
export const STREAM_SECONDS: readonly number[] = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Seconds until the first token. */
export const FIRST_TOKEN_SECONDS: readonly number[] = [0.05, 0.1, 0.25, 0.5, 1, 2, 5];

/** Seconds in a queue: from none worth naming to the longest that anyone waits. */
export const WAIT_SECONDS: readonly number[] = [0.001, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60];

/** From a short question to an upload. */
export const BODY_BYTES: readonly number[] = [
  256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
];

/** From a word to the longest context. */
export const CALL_TOKENS: readonly number[] = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576,
];
