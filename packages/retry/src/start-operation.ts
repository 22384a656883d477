import type { AttemptContext } from '@integrations/types';

/** Begins one attempt. What the operation throws at once is a failure like any other. */
export function startOperation<T>(
  operation: (attempt: AttemptContext) => Promise<T>,
  context: AttemptContext,
): Promise<T> {
  try {
    return Promise.resolve(operation(context));
  } catch (error) {
    return Promise.reject(error);
  }
}
