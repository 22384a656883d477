import { equal, ok } from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { AbortedError } from '@integrations/errors';
import type { Watched } from './watched.ts';

/** A signal to abort, with a reason that is typed already: nobody has cause to wrap it. */
export interface Abort {
  readonly signal: AbortSignal;
  readonly reason: Error;
  readonly abort: () => void;
}

export function prepareAbort(): Abort {
  const controller = new AbortController();
  const reason = new AbortedError('The contract suite aborted this call.');
  return { signal: controller.signal, reason, abort: () => controller.abort(reason) };
}

/** A signal that is aborted already. */
export function abortedAlready(): Abort {
  const abort = prepareAbort();
  abort.abort();
  return abort;
}

/** An error is the reason of the signal, or carries it as its cause. */
export function carries(error: unknown, reason: unknown): boolean {
  return error === reason || (error instanceof Error && error.cause === reason);
}

export function assertNoListener(signal: AbortSignal, when: string): void {
  const left = getEventListeners(signal, 'abort').length;
  equal(left, 0, `${left} abort listeners are left on the signal ${when}`);
}

/** Aborts, and looks at once. */
export async function assertAbortsAtOnce(
  watched: Watched<unknown>,
  { signal, reason, abort }: Abort,
): Promise<void> {
  await watched.mustWait('it should wait until it is aborted');
  abort();
  const error = await watched.reason('an abort should reject the waiting call at once');
  ok(error === reason, `it was rejected with ${String(error)}, not with the signal's own reason`);
  assertNoListener(signal, 'after the abort');
}
