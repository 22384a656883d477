import { ValidationError } from '@integrations/errors';

/** What a caller asks of a line. */
export interface WaitRequest {
  readonly signal?: AbortSignal;
  readonly deadline?: number;
  readonly priority?: number;
}

/** The priority of a request. @throws ValidationError when it is not a finite number. */
export function priorityOf(request: WaitRequest): number {
  const { priority = 0 } = request;
  if (Number.isFinite(priority)) return priority;
  throw new ValidationError(`\`priority\` must be a finite number, not ${String(priority)}.`);
}

/** The deadline of a request; `Infinity` without one. @throws ValidationError when it is NaN. */
export function deadlineOf(request: WaitRequest): number {
  const { deadline = Infinity } = request;
  if (!Number.isNaN(deadline)) return deadline;
  throw new ValidationError('`deadline` must be a number, not NaN.');
}
