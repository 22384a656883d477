import { AttemptTimeoutError, TotalTimeoutError } from '@integrations/errors';

/** One attempt took too long. */
export function attemptTimedOut(label: string, ms: number): AttemptTimeoutError {
  return new AttemptTimeoutError(
    `${label} had no complete answer within ${ms} ms. Raise \`timeout\` if that is too short, or ask for a stream.`,
  );
}

/** All attempts and the waits between them took too long. */
export function totalTimedOut(label: string, ms: number): TotalTimeoutError {
  return new TotalTimeoutError(
    `${label} took longer than the ${ms} ms allowed for all its attempts. Raise \`totalTimeout\` if that is too short.`,
  );
}
